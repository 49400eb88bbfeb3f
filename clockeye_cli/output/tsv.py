r"""Tab-separated values: a header of keys, full values.

A backslash is doubled. A character that could control a terminal, or hide, is an escape with one backslash,
as in `\x1b` or `\u202e`, so a reader can recover the exact text.
"""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import in_pieces
from clockeye_cli.output.choice import shown
from clockeye_cli.output.formats import write_text
from clockeye_cli.output.spelling import TEXTUAL, programs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, BinaryIO

    from clockeye_cli.output.cells import Column, Table
    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"bar", "record", "records"})


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the rows of the document's table, without headings and sums, which are for people."""
    write_text(file, _render(document.table, options), options)


def _render(table: Table, options: RenderOptions) -> Iterator[str]:
    columns = shown(table, without=LEFT_OUT)
    spellings = [(place, _spelling(column, options)) for place, column in columns]
    yield "\t".join(escaped(column.key) for _, column in columns) + "\n"
    for rows in in_pieces(table.rows):
        cells = [*zip(*rows, strict=True)]
        lines = map("\t".join, zip(*[spell(cells[place]) for place, spell in spellings], strict=True))
        yield "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """The text as one field; a reader replaces the escapes from left to right."""
    return safe(text.replace("\\", "\\\\"))


def _spelling(column: Column, options: RenderOptions) -> Callable[[Iterable[Any]], list[str]]:
    spell = programs(column.kind, options)
    return (lambda values: [*map(escaped, spell(values))]) if column.kind in TEXTUAL else spell
