"""Importers: a file of another program becomes rows of work. No store, no disk, no time zone is looked up.

Each importer is a module with `sniff(head)`, which says by the content whether a file is its own, and
`read(file, choices)`, which gives rows, problems and remarks in the order of the file. The file must be
seekable.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.core.json_text import quote
from clockeye_cli.errors import UsageError
from clockeye_cli.importers.columns import columns_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

EXAMPLE = {"start": "Begin", "end": "End", "project": "Project"}
"""The columns of no table in particular, by field."""


class Source(NamedTuple):
    """A program that times can come from.

    Attributes:
        module: Its file in this folder.
        title: What the file is, for people.
        place: Where the program keeps its file, or where it exports one.
        keeps: What is kept.
        loses: What cannot be kept.
    """

    module: str
    title: str
    place: str
    keeps: str
    loses: str


SOURCES = {
    "toggl": Source(
        "toggl",
        "Toggl Track CSV",
        "Reports, Detailed, Export, CSV",
        "times, description, project, client, task, tags, billable, amount",
        "colours, rates, estimates, the workspace",
    ),
    "clockify": Source(
        "clockify",
        "Clockify CSV",
        "Reports, Detailed, Export, CSV",
        "times, description, project, client, task, tags, billable, amount, approval, invoice",
        "colours, rates of projects, groups, time off",
    ),
    "harvest": Source(
        "harvest",
        "Harvest CSV",
        "Reports, Detailed time, Export, CSV",
        "days, hours, notes, project, client, task, billable, invoiced, amount",
        "clock times (unless timers show them), roles, costs, expenses",
    ),
    "timewarrior": Source(
        "timewarrior",
        "Timewarrior data",
        "~/.timewarrior/data, or `timew export`",
        "times, tags, annotations",
        "exclusions; which tag is the project (--project-from)",
    ),
    "watson": Source(
        "watson",
        "Watson frames",
        "~/.config/watson/frames",
        "times, project, tags, ids",
        "the frame that is running",
    ),
    "klog": Source(
        "klog",
        "klog records",
        "your .klg files",
        "times, summaries, tags; project and client by #project=NAME, #client=NAME",
        "should-totals, open ranges",
    ),
    "timeclock": Source(
        "timeclock",
        "timeclock file",
        "$TIMELOG, or ~/.timelog",
        "times, account (last part: project, first: client), description",
        "the middle parts of accounts, sessions that are open",
    ),
    "gtimelog": Source(
        "gtimelog",
        "gtimelog timelog.txt",
        "~/.local/share/gtimelog/timelog.txt",
        "times, project, description, tags",
        "breaks (**), arrivals",
    ),
    "kimai": Source(
        "kimai",
        "Kimai CSV",
        "Export, CSV",
        "times, description, project, customer, activity, tags, billable, price",
        "rates of customers, teams, custom fields",
    ),
    "solidtime": Source(
        "solidtime",
        "solidtime ZIP",
        "Settings, Export",
        "times, description, project, client, task, tags, billable, ids",
        "rates of projects, colours, members, invitations",
    ),
    "clockeye": Source(
        "clockeye",
        "ClockEye's own files",
        "`clockeye export`",
        "everything that it writes: JSON and NDJSON exactly",
        "the timer, the history, the settings",
    ),
    "csv": Source(
        "any_table",
        "any CSV",
        "a map file (--map) names its columns",
        "the columns that are named",
        "the others",
    ),
}
"""The sources by the words for `--as`."""


def reader(name: str) -> Callable[[BinaryIO, Choices], Reading]:
    """How a file of a source is read."""
    read: Callable[[BinaryIO, Choices], Reading] = _module(name).read
    return read


def certainties(head: Head) -> dict[str, Certainty]:
    """How certain each source is that a file which begins like this is its own."""
    return {name: _module(name).sniff(head) for name in SOURCES}


def recognised(head: Head, columns: Mapping[str, str]) -> str:
    """The name of the source that a file comes from, by its content alone.

    Args:
        head: Its beginning.
        columns: The columns that the user has named; with them, any table can be read.

    Raises:
        UsageError: No source is sure, or several are; or the file has sums, but no times.
    """
    answers = certainties(head)
    sure = [name for name, answer in answers.items() if answer == "sure"]
    if len(sure) == 1:
        return sure[0]
    if len(sure) > 1:
        raise UsageError(
            f"The file may come from {' or '.join(sure)}.",
            hint=f"Nothing was stored. Say which: --as {sure[0]}",
            code="ambiguous_format",
        )
    if columns and answers["csv"] == "maybe":
        return "csv"
    refuse_sums(head)
    names = ", ".join(columns_named(head))
    raise UsageError(
        "The file was not recognised." + (f" Its columns: {names[:200]}" if names else ""),
        hint=(_how_to_map(head) if names else "")
        + "`clockeye import --sources` lists what can be read without a map file.",
        code="unknown_format",
    )


_SUMS = ("time (h)", "time (decimal)", "duration", "hours", "time", "dauer", "stunden")


def refuse_sums(head: Head) -> None:
    """Refuse a summary: lengths of projects or people, without days.

    Raises:
        UsageError: It is one.
    """
    for header in head.headers:
        names = set(header.folded)
        if names.intersection(_SUMS) and not any("date" in name or "start" in name for name in names):
            raise UsageError(
                "The file has sums, but no days and times of entries.",
                hint="Export the detailed report instead of the summary.",
                code="no_times",
            )


def _how_to_map(head: Head) -> str:
    """How to name the columns of a table, with those whose names another source has."""
    shapes = [shape.columns for name in SOURCES if (shape := getattr(_module(name), "SHAPE", None))]
    columns: dict[str, str] = {}
    for name in columns_named(head):
        fields = (field for shape in shapes for field, titles in shape.items() if folded(name) in titles)
        columns.setdefault(next(fields, ""), name)
    columns.pop("", None)
    line = ", ".join(f"{field} = {quote(name)}" for field, name in (columns or EXAMPLE).items())
    return (
        f"Write this into a file, such as names.toml, and correct it: columns = {{ {line} }}\n"
        "`clockeye import FILE --map names.toml` then reads the table. "
    )


def _module(name: str) -> _Importer:
    return import_module(f"clockeye_cli.importers.{SOURCES[name].module}")


if TYPE_CHECKING:
    from typing import Protocol

    class _Importer(Protocol):
        """What the module of each source has."""

        def sniff(self, head: Head) -> Certainty: ...

        def read(self, file: BinaryIO, choices: Choices) -> Reading: ...
