r"""Comma-separated values (RFC 4180): a header, lines that end in CR LF, quotes where needed.

Spreadsheets evaluate cells that begin with `=`, `+`, `-`, `@`, a tab or a CR (https://owasp.org: CSV
injection). Such text gets an apostrophe in front, and so does text that begins with an apostrophe. Characters
that could control a terminal, or hide, are visible escapes (`\x1b`); tabs and newlines stay. JSON is exact.
"""

from __future__ import annotations

import csv
import io

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import in_pieces
from clockeye_cli.output.choice import shown
from clockeye_cli.output.formats import write_text
from clockeye_cli.output.spelling import TEXTUAL, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, BinaryIO

    from clockeye_cli.output.cells import Column, Table
    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"bar", "record", "records"})
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the rows of the document's table, without headings and sums, which are for people."""
    write_text(file, _render(document.table, options), options)


def _render(table: Table, options: RenderOptions) -> Iterator[str]:
    columns = shown(table, without=LEFT_OUT)
    spellings = [(place, _spelling(column, options)) for place, column in columns]
    yield _lines([[column.key for _, column in columns]])
    for rows in in_pieces(table.rows):
        cells = [*zip(*rows, strict=True)]
        yield _lines(zip(*[spell(cells[place]) for place, spell in spellings], strict=True))


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet evaluates and that controls no terminal."""
    cell = f"'{text}" if text.startswith(GUARDED) else text
    return safe(cell, keep_newlines=True)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    lines = io.StringIO(newline="")
    csv.writer(lines).writerows(rows)  # its own defaults are RFC 4180
    return lines.getvalue()


def _spelling(column: Column, options: RenderOptions) -> Callable[[Iterable[Any]], list[str]]:
    spell = programs(column.kind, options)
    return (lambda values: [*map(guarded, spell(values))]) if column.kind in TEXTUAL else spell
