"""The form that `clockeye edit ENTRY…` opens in the editor, and the changes that were made in it."""

from __future__ import annotations

from clockeye_cli.core.day import local
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.safe_text import tidy, with_plain_lines
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import When, parse_when
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.description import read_description
from clockeye_cli.interpret.work import Typed
from clockeye_cli.tracking.names import NO_PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

TOP = """\
# Edit the lines below, then save and close. Fields that you leave alone do not change.
# Times take the same forms as `clockeye edit --from` and `--to`. The description runs to the end of the file.
"""

TOP_OF_SEVERAL = """\
# Edit the lines below, then save and close. Fields that you leave alone do not change.
# Times take the same forms as `clockeye edit --from` and `--to`. Each entry begins with a line that has its
# id; its description runs to the next such line. All entries are changed, or none.
"""

LINES = ("from", "to", "project", "billable")
YES_OR_NO = {"yes": True, "no": False}
SHORTEST_BAR = 3

Changes = tuple[When | None, When | None, Typed]
"""The changes of an entry: the new start, the new end and the rest; None for unchanged fields."""


def form(items: Sequence[TimeEntry | Timer], names: Mapping[str, str], zone: tzinfo) -> str:
    """The form for an entry or the timer (without `to`), or for several, each under a line with its id."""
    if len(items) == 1:
        return f"{TOP}{_paragraph(items[0], names, zone)}"
    bar = "=" * SHORTEST_BAR
    while any(f"{bar} te_" in item.description for item in items):
        bar += "="
    parts = [f"{bar} {item.local_id} {bar}\n{_paragraph(item, names, zone)}" for item in items]
    return "\n".join([TOP_OF_SEVERAL, *parts])


def _paragraph(item: TimeEntry | Timer, names: Mapping[str, str], zone: tzinfo) -> str:
    fields = {
        "from": _stamp(item.started_at, zone),
        "to": _stamp(item.ended_at, zone) if isinstance(item, TimeEntry) else None,
        "project": names.get(item.project_id or "", ""),
        "billable": "yes" if item.billable else "no",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
    return f"{lines}description: {item.description}\n"


def read(before: str, after: str) -> list[Changes]:
    """The changes made in the form, of each entry in its order.

    Raises:
        UsageError: A line or an entry is missing, or a line cannot be read.
    """
    if not before.startswith(TOP_OF_SEVERAL):
        return [_changes(before, after)]
    bar = next(line for line in before.splitlines() if line.startswith("=")).split()[0]
    old, new = _by_mark(before, bar), _by_mark(after, bar)
    if old.keys() != new.keys():
        marks = ", ".join(sorted(old.keys() ^ new.keys()))
        raise UsageError(f"Missing or unexpected entries in the form: {marks}.")
    return [_changes(text, new[mark]) for mark, text in old.items()]


def _by_mark(text: str, bar: str) -> dict[str, str]:
    """The paragraphs of a form by the line that each begins with."""
    paragraphs: dict[str, str] = {}
    mark = ""
    for line in text.splitlines(keepends=True):
        if line.startswith(f"{bar} te_") and line.rstrip().endswith(f" {bar}"):
            mark = line.strip()
            if mark in paragraphs:
                raise UsageError(f"The line {mark!r} is in the form twice.")
            paragraphs[mark] = ""
        elif mark:
            paragraphs[mark] += line
        elif line.strip() and not line.startswith("#"):
            raise UsageError(f"Unexpected line in the form: {line.strip()[:60]!r}.")
    # The blank lines between two entries belong to the form.
    return {mark: "\n" + paragraph.rstrip("\r\n") + "\n" for mark, paragraph in paragraphs.items()}


def _changes(before: str, after: str) -> Changes:
    old, new = _fields(before), _fields(after)
    if old.keys() != new.keys():
        names = ", ".join(sorted(old.keys() ^ new.keys()))
        raise UsageError(f"Missing or unexpected lines in the form: {names}.")
    changed = {key: value for key, value in new.items() if tidy(value) != tidy(old[key])}
    description, tags = None, list[str]()
    if "description" in changed:
        description, tags = read_description(changed["description"])
    if "project" in changed:
        changed["project"] = changed["project"] or NO_PROJECT
    return (
        parse_when(changed["from"]) if "from" in changed else None,
        parse_when(changed["to"]) if "to" in changed else None,
        Typed(description, tags, changed.get("project"), _truth(changed.get("billable"))),
    )


def _fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    head, mark, description = text.partition("\ndescription:")
    if not mark:
        raise UsageError("The line `description:` is missing from the form.")
    for line in with_plain_lines(head).split("\n"):
        key, _, value = line.partition(":")
        if line.strip() and not line.startswith("#"):
            if key.strip() not in LINES:
                raise UsageError(f"Unexpected line in the form: {line[:60]!r}.")
            fields[key.strip()] = value.strip()
    fields["description"] = description
    return fields


def _truth(text: str | None) -> bool | None:
    if text is not None and text not in YES_OR_NO:
        raise UsageError(f"billable must be yes or no, not {text[:40]!r}.")
    return None if text is None else YES_OR_NO[text]


def _stamp(instant: int, zone: tzinfo) -> str:
    moment = local(instant, zone)
    return f"{moment.year:04}-{moment:%m-%d %H:%M:%S}"
