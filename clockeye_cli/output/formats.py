"""The table of formats: the word after `-o`, where it is written, and what file names mean it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from clockeye_cli.output.cells import Table


class Options(NamedTuple):
    """What a format may need to know.

    Attributes:
        zone: Gives the zone of local times; called only by formats that show one.
        decimal: Durations as hours with two decimals, for people.
        width: Columns of the terminal.
        color: Escape sequences are allowed.
        encoding: What the stream can take.
        on_terminal: A person reads it: nothing that controls a terminal may pass.
        single: The table is one thing (JSON: an object), not a list.
    """

    zone: Callable[[], tzinfo]
    decimal: bool = False
    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    on_terminal: bool = False
    single: bool = False


class Format(NamedTuple):
    """One format.

    Attributes:
        module: Where its function is, below this package; imported when it is chosen.
        function: `(table, options) -> text`.
        ending: Of the files that `--save` writes in it; empty for none.
        about: What it is, in a line.
    """

    module: str
    function: str
    ending: str
    about: str


FORMATS = {
    "table": Format(
        "terminal.table", "render", "", "for people: as wide as the terminal, with colours there"
    ),
    "tsv": Format("tsv", "render", ".tsv", "for the shell: a header, whole cells, durations in seconds"),
    "csv": Format("csv", "render", ".csv", "for spreadsheets; durations in seconds"),
    "json": Format(
        "json", "render", ".json", "for programs: one document, with its version and what it is about"
    ),
    "ndjson": Format("json", "render_lines", ".ndjson", "for programs: the rows alone, one a line"),
    "markdown": Format("markdown", "render", ".md", "for notes and tickets"),
}


def render(name: str, table: Table, options: Options) -> str:
    """The table in a format.

    Raises:
        UsageError: There is no such format.
    """
    from importlib import import_module

    check(name)
    chosen = FORMATS[name]
    module = import_module(f"clockeye_cli.output.{chosen.module}")
    function: Callable[[Table, Options], str] = getattr(module, chosen.function)
    return function(table, options)


def check(name: str) -> None:
    """Refuses a format that there is not.

    Raises:
        UsageError: Names all there are.
    """
    if name not in FORMATS:
        raise UsageError(f"There is no format {name!r}.", hint=f"Formats: {', '.join(FORMATS)}.")


def of_file(path: str) -> str:
    """The format that a file's name asks for, in any case.

    Raises:
        UsageError: No format has this ending; names those that have one.
    """
    for name, chosen in FORMATS.items():
        if chosen.ending and path.lower().endswith(chosen.ending):
            return name
    endings = ", ".join(chosen.ending for chosen in FORMATS.values() if chosen.ending)
    raise UsageError(f"The name {path} does not say which format to save.", hint=f"Known endings: {endings}.")
