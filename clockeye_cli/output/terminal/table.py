"""Tables for people, drawn by Rich: no borders, straight columns, sums under a rule.

Decided here is only what Rich cannot know: which columns are dropped (`layout.py`), where a text is cut, and
what a text is made of: every cell is a `Text` of text that was made safe, so that markup, emoji codes and
escape sequences in it have no effect. Rich measures, aligns, wraps and colours.
"""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.choice import shown
from clockeye_cli.output.spelling import NUMERIC, bar, differences, people, title_of
from clockeye_cli.output.terminal.layout import GAP, Layout, lay_out
from clockeye_cli.output.terminal.measure import cut, width
from clockeye_cli.output.terminal.paper import BOLD, DIM, Cell, Paper, grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from clockeye_cli.output.cells import Column, Row, Section, Table
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"record"})
STYLES = {"id": DIM, "bar": Style(color="cyan")}


class Block(NamedTuple):
    """A section with its cells as text.

    Attributes:
        title: Safe text.
        sum: The text at the right end of the title's line.
        rows: The rows, with one cell per column.
        total: The row of sums; empty for none.
    """

    title: str
    sum: str
    rows: list[list[str]]
    total: list[str]


def render(table: Table, options: RenderOptions) -> Iterator[str]:
    """The table as lines for a terminal of `options.width` columns; `table.empty` if it has no rows."""
    table = table.whole()
    paper = Paper(options)
    if table.heading:
        paper.draw(Text(paper.plain(table.heading), BOLD))
        paper.draw()
    if table.stack and not table.is_empty:
        from clockeye_cli.output.terminal.stack import stack

        stack(table, paper)
    elif not table.is_empty:
        _draw(table, paper)
    else:
        paper.draw(Text(paper.plain(table.empty)))
    yield paper.text()


class Drawing:
    """The rows of a table, drawn in the columns that there is room for.

    Args:
        paper: Where they are drawn.
        columns: All columns that the table shows.
        room: Their widths.
    """

    def __init__(self, paper: Paper, columns: list[Column], room: Layout) -> None:
        self._paper = paper
        self._room = room
        self._kept = [place for place, wide in enumerate(room.widths) if wide]
        self._columns = columns
        durations = [place for place, column in enumerate(columns) if column.kind == "duration"]
        self._edge = room.edge_of(durations[0] if durations else -1)

    def rows(self, rows: Sequence[list[str]], style: Style | None = None) -> None:
        """Draw rows; `style` replaces the styles of their columns.

        They are one row of Rich's table, whose cells have a line for each of them: that takes a third of the
        time of a row for each.
        """
        cells = []
        for place in self._kept:
            wide, column = self._room.widths[place], self._columns[place]
            lines = [cut(row[place], wide, self._paper.ellipsis) for row in rows]
            if column.kind in NUMERIC:
                lines = [line.rjust(wide) for line in lines]
            cells.append(Cell().append("\n".join(lines), style or STYLES.get(column.kind)))
        if rows:
            self._draw(cells)

    def title(self, block: Block) -> None:
        """Draw a section's title, its sum aligned with the durations, or with the table if it is too long."""
        ellipsis, most = self._paper.ellipsis, self._paper.options.width
        if not block.sum:
            self._paper.draw(Text(cut(block.title, most, ellipsis), BOLD))
            return
        edge, least = self._edge, width(block.sum) + GAP
        if width(block.title) + least > edge:
            edge = self._room.total
        title = cut(block.title, max(edge - least, 1), ellipsis)
        cells = Cell().append(title, BOLD), Cell().append(block.sum, BOLD)
        widths = max(edge - least, width(title)), width(block.sum)
        self._paper.draw(grid(cells, widths, GAP))

    def sums(self, cells: list[str]) -> None:
        """Draw a row of sums, with a rule above each; nothing without sums."""
        if not cells:
            return
        rules = [
            self._paper.rule * wide if cell and column.kind in NUMERIC else ""
            for column, cell, wide in zip(self._columns, cells, self._room.widths, strict=True)
        ]
        if any(rules):
            self.rows([rules], DIM)
        self.rows([cells], BOLD)

    def _draw(self, cells: list[Text]) -> None:
        widths = [self._room.widths[place] for place in self._kept]
        self._paper.draw(grid(cells, widths, self._room.gap))


def _draw(table: Table, paper: Paper) -> None:
    places = shown(table, without=LEFT_OUT)
    columns = [column for _, column in places]
    spellings = [(place, _spelling(column, paper.options)) for place, column in places]

    def spelled(row: Row | None) -> list[str]:
        return [] if row is None else [paper.plain(spell(row[place])) for place, spell in spellings]

    def block(section: Section) -> Block:
        title_sum = paper.plain(title_of(section, paper.options))
        rows = [spelled(row) for row in section.rows]
        return Block(paper.plain(section.title), title_sum, rows, spelled(section.total))

    titles = [paper.plain(column.title) for column in columns]
    blocks = [block(section) for section in table.sections]
    grand = spelled(table.total)
    target = spelled(table.target)
    over = [paper.plain(text) for text in differences(table, places, paper.options)]
    room = _room(columns, titles, blocks, [grand, target, over], paper.options.width)
    _fill_bars(table, places, blocks, room, paper.options.encoding)
    drawing = Drawing(paper, columns, room)
    if any(titles):
        drawing.rows([titles], DIM)
    for number, each in enumerate(blocks):
        if number and (each.title or blocks[number - 1].title):
            paper.draw()
        if each.title:
            drawing.title(each)
        drawing.rows(each.rows)
        drawing.sums(each.total)
    drawing.sums(grand)
    if target:
        drawing.rows([target, over])


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
                for row, cells in zip(section.rows, block.rows, strict=True):
                    cells[cell] = bar(row[place], room.widths[cell], encoding)
