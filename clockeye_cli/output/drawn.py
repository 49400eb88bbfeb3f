"""A Document as texts and shapes, which a page and a PDF share, so that they say the same."""

from __future__ import annotations

from clockeye_cli.core.duration import decimal
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.cells import Table
from clockeye_cli.output.charts.bars import days, shares
from clockeye_cli.output.charts.heat import heat
from clockeye_cli.output.charts.shapes import day_text
from clockeye_cli.output.choice import shown
from clockeye_cli.output.document import Chart, Figures, Heading, Text
from clockeye_cli.output.figures import as_shown
from clockeye_cli.output.spelling import NUMERIC, people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from clockeye_cli.output.cells import Kind, Row, Section
    from clockeye_cli.output.document import Block, Document
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"bar", "record", "records"})
NAMING = frozenset({"text", "id", "day"})
"""Kinds of a first column that names its rows."""

IN_ONE_LINE = frozenset({"id", "instant", "clock", "day", "flag"})


CHARTS = {"days": days, "shares": shares, "heat": heat}


class GridSection(NamedTuple):
    """A section of a table.

    Attributes:
        title: Its title; empty for none.
        day: The day that the title names, `2026-11-20`; empty for none.
        sum: The sum in the line of the title; empty for none.
        rows: The rows, with one text for each column.
        total: The row of sums; empty for none.
    """

    title: str
    day: str
    sum: str
    rows: list[list[str]]
    total: list[str]


class Grid(NamedTuple):
    """A table.

    Attributes:
        what: `table`.
        caption: Its name.
        titles: The headings of its columns.
        classes: For each column `n` (a number, aligned to the right), `d` (a time or an id, in one line) or,
            for text, an empty one.
        has_names: Whether the first column names the rows.
        sum_at: The column with the sums of titles; 0 for none.
        groups: Its sections.
        total: The row of sums of all; empty for none.
        empty: What to say if it has no rows; empty if it has some.
    """

    what: str
    caption: str
    titles: list[str]
    classes: list[str]
    has_names: bool
    sum_at: int
    groups: list[GridSection]
    total: list[str]
    empty: str


def drawn(document: Document, options: RenderOptions) -> list[tuple[Any, ...]]:
    """The blocks of a document in their order; the first field of each says what it is.

    `("heading", text)`, `("text", text)`, `("figures", [(title, value)])`, `("chart", Diagram)` or a Grid.
    """
    tables = {id(each): each for block in document.blocks for each in _tables_of(block)}
    shown = {key: as_shown(table, options) for key, table in tables.items()}
    # One form for all durations: a page with both 1:15 and 1:15:00 would read as two kinds of numbers.
    options = options._replace(minutes=all(of_table.minutes for _, of_table in shown.values()))
    return [
        _block(block, {key: table for key, (table, _) in shown.items()}, options) for block in document.blocks
    ]


def _tables_of(block: Block) -> tuple[Table, ...]:
    return (block.of,) if isinstance(block, Chart) else (block,) if isinstance(block, Table) else ()


def _block(block: Block, shown: Mapping[int, Table], options: RenderOptions) -> tuple[Any, ...]:
    if isinstance(block, Heading):
        return ("heading", block.text)
    if isinstance(block, Text):
        return ("text", block.text)
    if isinstance(block, Figures):
        figures = [(each.title, _spelling(each.kind, options)(each.value)) for each in block.figures]
        return ("figures", figures)
    if isinstance(block, Chart):
        return ("chart", CHARTS[block.kind](block._replace(of=shown[id(block.of)]), options))
    return _grid(shown[id(block)], options)


def _grid(table: Table, options: RenderOptions) -> Grid:
    places = shown(table, without=LEFT_OUT)
    columns = [column for _, column in places]
    spellings = [(place, _spelling(column.kind, options)) for place, column in places]

    def spelled(row: Row | None) -> list[str]:
        return [] if row is None else [spell(row[place]) for place, spell in spellings]

    def group(section: Section) -> GridSection:
        total = "" if section.title_total is None else people("duration", options)(section.title_total)
        day = section.day.isoformat() if section.day else ""
        return GridSection(
            section.title, day, total, [spelled(row) for row in section.rows], spelled(section.total)
        )

    groups = [group(section) for section in table.sections]
    return Grid(
        "table",
        table.heading,
        [column.title for column in columns],
        [_class(column.kind) for column in columns],
        bool(columns) and columns[0].kind in NAMING,
        next((number for number, column in enumerate(columns) if column.kind == "duration"), 0),
        [each for each in groups if each.rows],
        spelled(table.total),
        "" if any(each.rows for each in groups) else table.empty,
    )


def _class(kind: Kind) -> str:
    return "n" if kind in NUMERIC or kind == "hours" else "d" if kind in IN_ONE_LINE else ""


def _spelling(kind: Kind, options: RenderOptions) -> Callable[[Any], str]:
    if kind == "day":
        return lambda value: value if isinstance(value, str) else "" if value is None else day_text(value)
    if kind == "hours":
        return lambda value: "" if value is None else decimal(value)
    return _text_too(people(kind, options))


def _text_too(spell: Callable[[Any], str]) -> Callable[[Any], str]:
    """The same, for rows of sums: they have a text such as `Total` in place of any value."""
    return lambda value: value if isinstance(value, str) else spell(value)
