"""The table of formats: the word for `-o`, the function that writes it, and the ending of its files."""

from __future__ import annotations

import sys

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import tzinfo
    from typing import BinaryIO, TextIO

    from clockeye_cli.output.document import Document


class RenderOptions(NamedTuple):
    """Options for writing a document.

    Attributes:
        zone: Returns the zone of local times; called only by formats that show them.
        decimal: Show durations to people as hours with two decimals.
        minutes: Show them without seconds: every one of the table is whole minutes.
        width: Columns of the terminal.
        colors: How many colours may be used: 0 (no escape sequences at all), 16 or 256.
        encoding: The encoding of the stream.
        on_terminal: Whether the output goes to a terminal, so that control characters must be escaped.
        single: Whether the table is a single result (in JSON, an object) and not a list.
    """

    zone: Callable[[], tzinfo]
    decimal: bool = False
    minutes: bool = False
    width: int = 80
    colors: int = 0
    encoding: str = "utf-8"
    on_terminal: bool = False
    single: bool = False


class Format(NamedTuple):
    """An output format.

    Attributes:
        module: The module of its function, below this package; imported when the format is used. Empty for
            `table`, which `results.py` draws.
        function: `(document, options, file) -> None`: writes a document into a binary file.
        ending: The ending of its files, for `--save`; empty for none.
        about: Its purpose, in one line.
        is_page: Whether it draws whole documents, for people who are handed a file; not for terminals.
        most_rows: How many entries such a document may list; None for all.
        extra: The library of an optional part of clockeye that it needs, which is named after the format.
    """

    module: str
    function: str
    ending: str
    about: str
    is_page: bool = False
    most_rows: int | None = None
    extra: str = ""

    def write(self, document: Document, options: RenderOptions, file: BinaryIO) -> None:
        """Write a document into a file, which may also be read and seeked in.

        Formats for programs, and markdown, write the first table alone, row by row as they are read.
        """
        module = f"clockeye_cli.output.{self.module}"
        __import__(module)  # importlib itself takes a millisecond to import
        function: Callable[[Document, RenderOptions, BinaryIO], None] = getattr(
            sys.modules[module], self.function
        )
        function(document, options, file)


FORMATS = {
    "table": Format("", "", "", "for people: fits the terminal, in colour"),  # drawn by Results, at its width
    "tsv": Format("tsv", "write", ".tsv", "for the shell: a header, full values, durations in seconds"),
    "csv": Format("csv", "write", ".csv", "for spreadsheets; durations in seconds"),
    "json": Format("json", "write", ".json", "for programs: one document, with a version and metadata"),
    "ndjson": Format("json", "write_lines", ".ndjson", "for programs: only the rows, one per line"),
    "markdown": Format("markdown", "write", ".md", "for notes and tickets"),
    "html": Format(
        "html.page",
        "write",
        ".html",
        "for clients: a page to send or print",
        is_page=True,
        most_rows=2_000,
    ),
    "pdf": Format(
        "pdf.page",
        "write",
        ".pdf",
        "for clients: the same to file away (PDF/A)",
        is_page=True,
        most_rows=3_000,
        extra="typst",
    ),
    "xlsx": Format(
        "xlsx.book",
        "write",
        ".xlsx",
        "for clients: a spreadsheet to compute with",
        is_page=True,
        extra="xlsxwriter",
    ),
}


EXPORTS = {"ics": ".ics", "klog": ".klg", "timeclock": ".timeclock"}
"""The formats that only `export` has (`exporters/`), with the endings of their files."""

NO_OTHERS: Mapping[str, str] = {}

DATA = ("tsv", "csv", "json", "ndjson", "xlsx")
"""The formats that programs read: `--decimal` adds hours to their durations."""

INSTEAD = {"pdf": ".html and print it", "xlsx": ".csv"}
"""What can be saved without the library of an optional part."""

FLAT = ("tsv", "csv", "xlsx")
"""Those that have a column for each currency, as a cell of theirs is one value."""

UTF8 = ("tsv", "csv", "markdown", "html")
"""The formats that are UTF-8 in every pipe; JSON has escapes of its own."""


def write_text(file: BinaryIO, pieces: Iterable[str], options: RenderOptions) -> None:
    """Write a text, in pieces, in the encoding of the options."""
    for piece in pieces:
        file.write(encoded(piece, options))


def encoded(text: str, options: RenderOptions) -> bytes:
    r"""The bytes of a text; characters that the encoding lacks become escapes such as `\u4f60`.

    On a terminal, lines end in a plain newline.
    """
    if options.on_terminal:
        text = text.replace("\r\n", "\n")
    return text.encode(options.encoding, "backslashreplace")


def check(name: str) -> None:
    """Reject a format that is unknown or cannot be written here.

    Raises:
        UsageError: The format is unknown, or its library is not installed (`extra_missing`).
    """
    if name not in FORMATS:
        from clockeye_cli.core.nearest import unknown

        raise unknown("format", name, FORMATS)
    if extra := FORMATS[name].extra:
        from importlib.util import find_spec

        if find_spec(extra) is None:
            raise UsageError(
                f"{name} needs the library {extra}, which is not installed.",
                hint=f"Run `uv tool install 'clockeye[{name}]'`, or save {INSTEAD[name]}.",
                code="extra_missing",
            )


def check_stream(name: str, stdout: TextIO | None) -> None:
    """Refuse to write a file's format to a terminal.

    Raises:
        UsageError: A person would see its source, or worse.
    """
    ending = EXPORTS.get(name) or (FORMATS[name].is_page and FORMATS[name].ending)
    if ending and stdout is not None and stdout.isatty():
        raise UsageError(
            f"-o {name} writes a file, which a terminal cannot show.",
            hint=f"Redirect it: > FILE{ending}. Lists can also be saved: --save FILE{ending}.",
        )


def of_file(path: str, own: Mapping[str, str] = NO_OTHERS) -> str:
    """The format of a file, by the ending of its name, ignoring case.

    Args:
        path: The file.
        own: The formats that only this command has, with their endings.

    Raises:
        UsageError: The ending is unknown, or its format cannot be written here (see `check`).
    """
    endings = {name: chosen.ending for name, chosen in FORMATS.items() if chosen.ending} | {**own}
    for name, ending in endings.items():
        if path.lower().endswith(ending):
            if name not in own:
                check(name)
            return name
    known = ", ".join(endings.values())
    raise UsageError(f"Unknown file extension: {path}.", hint=f"Known extensions: {known}.")
