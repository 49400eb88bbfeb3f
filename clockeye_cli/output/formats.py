"""The table of formats: the word after `-o`, what writes it, and the endings of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from clockeye_cli.output.cells import Table


class RenderOptions(NamedTuple):
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
        function: `(table, options) -> bytes`, or text, which `render` encodes.
        ending: Of the files that `--save` writes in it; empty for none.
        about: What it is for, in a line.
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


def render(name: str, table: Table, options: RenderOptions) -> bytes:
    """The document that a format makes of a table.

    Raises:
        UsageError: There is no such format.
    """
    from importlib import import_module

    check(name)
    chosen = FORMATS[name]
    module = import_module(f"clockeye_cli.output.{chosen.module}")
    function: Callable[[Table, RenderOptions], str | bytes] = getattr(module, chosen.function)
    document = function(table, options)
    return document if isinstance(document, bytes) else encoded(document, options)


def encoded(text: str, options: RenderOptions) -> bytes:
    r"""The bytes of a document that is text: `\u4f60` for what the encoding lacks.

    On a terminal, whatever would control it becomes a visible escape.
    """
    if options.on_terminal:
        text = safe(text.replace("\r\n", "\n"), keep_newlines=True)
    return text.encode(options.encoding, "backslashreplace")


def check(name: str) -> None:
    """Refuses an unknown format.

    Raises:
        UsageError: Names the known ones.
    """
    if name not in FORMATS:
        from clockeye_cli.core.nearest import unknown

        raise unknown("format", name, FORMATS)


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
