"""Markdown: tables in GitHub's flavour (https://github.github.com/gfm), for people."""

from __future__ import annotations

import re

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import in_pieces
from clockeye_cli.output.choice import shown
from clockeye_cli.output.formats import write_text
from clockeye_cli.output.spelling import NUMERIC, TEXTUAL, bar, differences, people, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO

    from clockeye_cli.output.cells import Column, Row, Section, Table
    from clockeye_cli.output.document import Document
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"record", "records"})
BAR_CELLS = 16
MARKUP = re.compile(r"[\\`*\[\]<>|~&$]|_(?:(?<![^\W_]_)|(?![^\W_]))|:(?=[a-z0-9_+-]+:)")
"""Characters that begin inline markup (`_` at the edge of a word), and `:smile:`, which GitHub replaces."""
LINE_END = re.compile(r"\r\n|[\r\n]")


def write(document: Document, options: RenderOptions, file: BinaryIO) -> None:
    """Write the table: its heading, one table per section, each under its title, and notes. Sums are bold."""
    write_text(file, _render(document.table, options), options)
    write_text(file, [f"\n{escaped(note)}\n" for note in document.table.notes], options)


def _render(table: Table, options: RenderOptions) -> Iterator[str]:
    columns = shown(table, without=LEFT_OUT)
    write = _writer(columns, options)
    head = "".join(f"{line}\n" for line in _head([column for _, column in columns]))
    if table.heading:
        yield f"## {escaped(table.heading)}\n\n"
    before, has_rows = "", False  # what precedes the first row is written only if there is one
    for number, section in enumerate(table.sections):
        before += ("\n" if number else "") + _title(section, options) + head
        for rows in in_pieces(section.rows):
            yield before + "".join([f"{write(row, '')}\n" for row in rows])
            before, has_rows = "", True
        if section.total is not None:
            before += f"{write(section.total, '**')}\n"
    if not has_rows:
        yield f"{escaped(table.empty)}\n"
        return
    if table.total is not None:
        # The sum of a single section without a title is its last row; that of several is a table of its own.
        is_plain = len(table.sections) == 1 and not table.sections[0].title
        before += ("" if is_plain else "\n" + head) + f"{write(table.total, '**')}\n"
    if table.target is not None:
        before += f"{write(table.target, '')}\n{_line(differences(table, columns, options))}\n"
    yield before


def escaped(text: str) -> str:
    """The text without markup, on one line: newlines become `<br>`."""
    return safe(LINE_END.sub("<br>", MARKUP.sub(r"\\\g<0>", text)), keep_newlines=True)


def _head(columns: list[Column]) -> list[str]:
    rules = ["---:" if column.kind in NUMERIC else "---" for column in columns]
    return [_line([escaped(column.title) for column in columns]), _line(rules)]


def _title(section: Section, options: RenderOptions) -> str:
    if not section.title:
        return ""
    total = title_of(section, options)
    return f"### {escaped(section.title)}{f' ({total})' if total else ''}\n\n"


def _writer(columns: list[tuple[int, Column]], options: RenderOptions) -> Callable[[Row, str], str]:
    spellings = [(place, _spelling(column, options)) for place, column in columns]

    def write(row: Row, around: str) -> str:
        cells = [spell(row[place]) for place, spell in spellings]
        return _line([f"{around}{cell}{around}" if cell else "" for cell in cells])

    return write


def _spelling(column: Column, options: RenderOptions) -> Callable[[Any], str]:
    if column.kind == "bar":
        return lambda value: bar(value, BAR_CELLS)
    spell = people(column.kind, options)
    return (lambda value: escaped(spell(value))) if column.kind in TEXTUAL else spell


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
