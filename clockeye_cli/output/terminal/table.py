"""Tables for people, drawn by Rich: no borders, straight columns, sums under a rule.

Decided here is only what Rich cannot know: which columns are dropped (`layout.py`), where a text is cut, and
what a text is made of: every cell is a `Text` of text that was made safe, so that markup, emoji codes and
escape sequences in it have no effect. Rich measures, aligns, wraps and colours.
"""

from __future__ import annotations

from rich.text import Text

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Marked
from clockeye_cli.output.choice import shown
from clockeye_cli.output.spelling import bar, differences, people, title_of
from clockeye_cli.output.terminal.drawing import Block, Drawing
from clockeye_cli.output.terminal.layout import GAP, Layout, lay_out
from clockeye_cli.output.terminal.measure import width
from clockeye_cli.output.terminal.paper import BOLD, DIM, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from clockeye_cli.output.cells import Column, Row, Section, Table
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"record", "records"})
INDENT = " " * 4
UNMARKED = Marked("")


def render(table: Table, options: RenderOptions) -> Iterator[str]:
    """The table as lines for a terminal of `options.width` columns; `table.empty` if it has no rows."""
    table = table.whole()
    paper = Paper(options)
    if table.heading:
        paper.draw(Text(paper.plain(table.heading), BOLD))
        paper.draw()
    if table.stack == "heat":
        from clockeye_cli.output.terminal import heat

        heat.draw(table, paper)
    elif table.stack and not table.is_empty:
        from clockeye_cli.output.terminal.stack import stack

        stack(table, paper)
    elif not table.is_empty:
        _draw(table, paper)
    else:
        paper.draw(Text(paper.plain(table.empty)))
    yield paper.text()


def _draw(table: Table, paper: Paper) -> None:
    places = shown(table, without=LEFT_OUT)
    columns = [column for _, column in places]
    spellings = [(place, _spelling(column, paper.options)) for place, column in places]

    marked = next((place for place, column in places if column.kind == "marked"), None)

    def spelled(row: Row | None) -> list[str]:
        return [] if row is None else [paper.plain(spell(row[place])) for place, spell in spellings]

    def block(section: Section) -> Block:
        title_sum = paper.plain(title_of(section, paper.options))
        rows = [spelled(row) for row in section.rows]
        if section.is_group:
            rows = [[INDENT + row[0], *row[1:]] for row in rows]
        marks: list[Marked] = []
        if marked is not None:
            marks = [_mark(row and row[marked]) for row in [*section.rows, section.total]]
        title, total = paper.plain(section.title), spelled(section.total)
        return Block(title, title_sum, rows, total, section.is_group, section.strip, marks)

    titles = [paper.plain(column.title) for column in columns]
    blocks = [block(section) for section in table.sections]
    grand = spelled(table.total)
    target = spelled(table.target)
    over = [paper.plain(text) for text in differences(table, places, paper.options)]
    room = _room(columns, titles, blocks, [grand, target, over], paper.options.width)
    _fill_bars(table, places, blocks, room, paper.options.encoding)
    drawing = Drawing(paper, columns, room)
    has_strips = any(each.strip and not each.is_group for each in blocks)
    if any(titles) and not has_strips:
        drawing.rows([titles], DIM)
    for number, each in enumerate(blocks):
        before = blocks[number - 1]
        if number and (each.title or before.title or (each.is_group and (each.rows or before.rows))):
            paper.draw()
        drawing.block(each, titles if has_strips else [])
    if grand and has_strips:
        paper.draw()
    drawing.sums(grand)
    if target:
        drawing.rows([target, over])


def _mark(cell: Any) -> Marked:
    return cell if isinstance(cell, Marked) else UNMARKED


def _spelling(column: Column, options: RenderOptions) -> Callable[[Any], str]:
    # Bars are filled later, when their width is known.
    return (lambda _: "") if column.kind == "bar" else people(column.kind, options)


def _room(
    columns: list[Column], titles: list[str], blocks: list[Block], sums: list[list[str]], most: int
) -> Layout:
    rows = [titles, *(row for block in blocks for row in [*block.rows, block.total]), *sums]
    naturals = [max(width(row[place]) for row in rows if row) for place in range(len(columns))]
    edges = [width(block.title) + GAP + width(block.sum) for block in blocks if block.sum]
    return lay_out(columns, naturals, most, max(edges, default=0))


def _fill_bars(
    table: Table, places: list[tuple[int, Column]], blocks: list[Block], room: Layout, encoding: str
) -> None:
    for cell, (place, column) in enumerate(places):
        if column.kind == "bar":
            for section, block in zip(table.sections, blocks, strict=True):
                rows = [*zip(section.rows, block.rows, strict=True)]
                if section.is_group and section.total:
                    rows.append((section.total, block.total))
                for row, cells in rows:
                    cells[cell] = bar(row[place], room.widths[cell], encoding)
