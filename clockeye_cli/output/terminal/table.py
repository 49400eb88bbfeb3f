"""Draws tables for people: no borders, straight columns, sums under a rule.

Only Rich's character widths are used: `rich.cells` loads in a quarter of the time of `rich.table`, and rows
of cells in four styles need no more. Cells become safe text first, so that markup, emoji codes and escape
sequences in them have no effect.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.choice import shown
from clockeye_cli.output.spelling import NUMERIC, bar, people
from clockeye_cli.output.streams import for_people
from clockeye_cli.output.terminal.layout import GAP, Layout, lay_out
from clockeye_cli.output.terminal.measure import cut, steady, width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from clockeye_cli.output.cells import Column, Row, Section, Table
    from clockeye_cli.output.formats import RenderOptions

LEFT_OUT = frozenset({"record"})
BOLD, DIM, YELLOW, CYAN = "1", "2", "33", "36"
STYLES = {"id": YELLOW, "bar": CYAN}


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
    pen = Pen(options)
    heading = [pen.styled(line, BOLD) for line in wrapped(pen.plain(table.heading), options.width)]
    lines = [*heading, ""] if table.heading else []
    if table.stack and not table.is_empty:
        from clockeye_cli.output.terminal.stack import stacked

        lines += stacked(table, pen.options, pen.styled)
    elif not table.is_empty:
        lines += _lines(table, pen)
    else:
        lines += wrapped(pen.plain(table.empty), options.width)
    yield "".join(f"{line}\n" for line in lines)


class Pen:
    """Formats text and rows for the capabilities of the terminal."""

    def __init__(self, options: RenderOptions) -> None:
        self.options = options
        has_lines = for_people("…─", options.encoding) == "…─"
        self.ellipsis, self.rule = ("…", "─") if has_lines else ("~", "-")

    def plain(self, text: str) -> str:
        """The text as safe text with the same width on all terminals."""
        return steady(text, self.options.encoding)

    def styled(self, text: str, style: str) -> str:
        """The text in a style, if colours are allowed."""
        return f"\x1b[{style}m{text}\x1b[0m" if text and style and self.options.color else text

    def row(self, columns: list[Column], cells: list[str], room: Layout, style: str = "") -> str:
        """A line of cells, each in its column; `style` overrides the styles of the columns."""
        parts = []
        for column, cell, columns_wide in zip(columns, cells, room.widths, strict=True):
            if columns_wide:
                text = cut(cell, columns_wide, self.ellipsis)
                blank = " " * (columns_wide - width(text))
                painted = self.styled(text, style or STYLES.get(column.kind, ""))
                parts.append(blank + painted if column.kind in NUMERIC else painted + blank)
        return (" " * room.gap).join(parts).rstrip()

    def title(self, block: Block, room: Layout, edge: int) -> str:
        """A section's title; its sum is aligned with the durations, or with the table's edge if too long."""
        if not block.sum:
            return self.styled(cut(block.title, self.options.width, self.ellipsis), BOLD)
        if width(block.title) + GAP + width(block.sum) > edge:
            edge = room.total
        title = cut(block.title, max(edge - width(block.sum) - GAP, 1), self.ellipsis)
        blank = " " * (edge - width(title) - width(block.sum))
        return self.styled(title, BOLD) + blank + self.styled(block.sum, BOLD)

    def sum(self, columns: list[Column], cells: list[str], room: Layout) -> list[str]:
        """A row of sums, with a rule above each; empty without sums."""
        if not cells:
            return []
        pairs = zip(columns, cells, room.widths, strict=True)
        rules = [self.rule * wide if cell and column.kind in NUMERIC else "" for column, cell, wide in pairs]
        return [
            *([self.row(columns, rules, room, DIM)] if any(rules) else []),
            self.row(columns, cells, room, BOLD),
        ]


def _lines(table: Table, pen: Pen) -> list[str]:
    places = shown(table, without=LEFT_OUT)
    columns = [column for _, column in places]
    spellings = [(place, _spelling(column, pen.options)) for place, column in places]

    def spelled(row: Row | None) -> list[str]:
        return [] if row is None else [pen.plain(spell(row[place])) for place, spell in spellings]

    def block(section: Section) -> Block:
        title_sum = people("duration", pen.options)(section.title_total)
        rows = [spelled(row) for row in section.rows]
        return Block(pen.plain(section.title), title_sum, rows, spelled(section.total))

    titles = [pen.plain(column.title) for column in columns]
    blocks = [block(section) for section in table.sections]
    grand = spelled(table.total)
    room = _room(columns, titles, blocks, grand, pen.options.width)
    _draw_bars(table, places, blocks, room, pen.options.encoding)
    edge = room.edge_of(next((place for place, each in enumerate(columns) if each.kind == "duration"), -1))
    lines = [pen.row(columns, titles, room, DIM)] if any(titles) else []
    for number, each in enumerate(blocks):
        lines += [""] if number and (each.title or blocks[number - 1].title) else []
        lines += [pen.title(each, room, edge)] if each.title else []
        lines += [pen.row(columns, cells, room) for cells in each.rows]
        lines += pen.sum(columns, each.total, room)
    return lines + pen.sum(columns, grand, room)


def _spelling(column: Column, options: RenderOptions) -> Callable[[Any], str]:
    # Bars are drawn later, when their width is known.
    return (lambda _: "") if column.kind == "bar" else people(column.kind, options)


def _room(
    columns: list[Column], titles: list[str], blocks: list[Block], grand: list[str], most: int
) -> Layout:
    rows = [titles, *(row for block in blocks for row in [*block.rows, block.total]), grand]
    naturals = [max(width(row[place]) for row in rows if row) for place in range(len(columns))]
    edges = [width(block.title) + GAP + width(block.sum) for block in blocks if block.sum]
    return lay_out(columns, naturals, most, max(edges, default=0))


def _draw_bars(
    table: Table, places: list[tuple[int, Column]], blocks: list[Block], room: Layout, encoding: str
) -> None:
    for cell, (place, column) in enumerate(places):
        if column.kind == "bar":
            for section, block in zip(table.sections, blocks, strict=True):
                for row, cells in zip(section.rows, block.rows, strict=True):
                    cells[cell] = bar(row[place], room.widths[cell], encoding)
