"""The table of formats: the word for `-o`, the function that renders it, and the ending of its files."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from clockeye_cli.output.cells import Table


class RenderOptions(NamedTuple):
    """Options for rendering a table.

    Attributes:
        zone: Returns the zone of local times; called only by formats that show them.
        decimal: Show durations to people as hours with two decimals.
        minutes: Show them without seconds: every one of the table is whole minutes.
        width: Columns of the terminal.
        color: Whether escape sequences are allowed.
        encoding: The encoding of the stream.
        on_terminal: Whether the output goes to a terminal, so that control characters must be escaped.
        single: Whether the table is a single result (in JSON, an object) and not a list.
    """

    zone: Callable[[], tzinfo]
    decimal: bool = False
    minutes: bool = False
    width: int = 80
    color: bool = False
    encoding: str = "utf-8"
    on_terminal: bool = False
    single: bool = False


class Format(NamedTuple):
    """An output format.

    Attributes:
        module: The module of its function, below this package; imported when the format is used.
        function: `(table, options) -> Iterator[str]`: the text of the document in pieces of whole lines.
        ending: The ending of its files, for `--save`; empty for none.
        about: Its purpose, in one line.
    """

    module: str
    function: str
    ending: str
    about: str


FORMATS = {
    "table": Format("terminal.table", "render", "", "for people: fits the terminal, in colour"),
    "tsv": Format("tsv", "render", ".tsv", "for the shell: a header, full values, durations in seconds"),
    "csv": Format("csv", "render", ".csv", "for spreadsheets; durations in seconds"),
    "json": Format("json", "render", ".json", "for programs: one document, with a version and metadata"),
    "ndjson": Format("json", "render_lines", ".ndjson", "for programs: only the rows, one per line"),
    "markdown": Format("markdown", "render", ".md", "for notes and tickets"),
}


DATA = ("tsv", "csv", "json", "ndjson")
"""The formats that programs read: `--decimal` adds hours to their durations."""

UTF8 = ("tsv", "csv", "markdown")
"""The formats that are UTF-8 in every pipe; JSON has escapes of its own."""


def render(name: str, table: Table, options: RenderOptions) -> Iterator[bytes]:
    """A table rendered in a format, in pieces: only `table` needs to know all rows.

    Raises:
        UsageError: The format is unknown.
    """
    from importlib import import_module

    check(name)
    chosen = FORMATS[name]
    module = import_module(f"clockeye_cli.output.{chosen.module}")
    function: Callable[[Table, RenderOptions], Iterator[str]] = getattr(module, chosen.function)
    return (encoded(piece, options) for piece in function(table, options))


def encoded(text: str, options: RenderOptions) -> bytes:
    r"""The bytes of a text; characters that the encoding lacks become escapes such as `\u4f60`.

    On a terminal, control characters become visible escapes.
    """
    if options.on_terminal:
        text = text.replace("\r\n", "\n")
    return text.encode(options.encoding, "backslashreplace")


def check(name: str) -> None:
    """Reject an unknown format.

    Raises:
        UsageError: The format is unknown.
    """
    if name not in FORMATS:
        from clockeye_cli.core.nearest import unknown

        raise unknown("format", name, FORMATS)


def of_file(path: str) -> str:
    """The format of a file, by the ending of its name, ignoring case.

    Raises:
        UsageError: The ending is unknown.
    """
    for name, chosen in FORMATS.items():
        if chosen.ending and path.lower().endswith(chosen.ending):
            return name
    endings = ", ".join(chosen.ending for chosen in FORMATS.values() if chosen.ending)
    raise UsageError(f"Unknown file extension: {path}.", hint=f"Known extensions: {endings}.")
