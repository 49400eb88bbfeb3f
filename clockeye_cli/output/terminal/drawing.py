"""The rows of a table as rows of Rich's: in columns that there is room for, in the styles of their kinds."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.spelling import NUMERIC
from clockeye_cli.output.terminal.layout import GAP, Layout
from clockeye_cli.output.terminal.measure import cut, width
from clockeye_cli.output.terminal.paper import BOLD, DIM, Cell, Paper, grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.strip import Strip
    from clockeye_cli.output.cells import Column, Kind, Marked

STYLES = {"id": DIM, "bar": Style(color="cyan")}
STRIP_EDGE = 80
"""The sum above a strip ends here, or at the edge of a narrower terminal."""

PAINTED = frozenset({"bar", "marked"})


class Block(NamedTuple):
    """A section with its cells as text.

    Attributes:
        title: Safe text.
        sum: The text at the right end of the title's line.
        rows: The rows, with one cell per column.
        total: The row of sums; empty for none.
        is_group: Whether that is the line above the rows.
        strip: What was tracked when; None for none.
        marks: What gives the rows, and last the row of sums, their colours; empty if none has one.
    """

    title: str
    sum: str
    rows: list[list[str]]
    total: list[str]
    is_group: bool = False
    strip: Strip | None = None
    marks: Sequence[Marked] = ()


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

    def rows(
        self,
        rows: Sequence[list[str]],
        style: Style | None = None,
        marks: Sequence[Marked] = (),
        *,
        wraps: bool = False,
    ) -> None:
        """Draw rows.

        They are one row of Rich's table, whose cells have a line for each of them: that takes a third of the
        time of a row for each.

        Args:
            rows: The rows, with one text per column.
            style: Replaces the styles of the columns, but not of bars.
            marks: What gives the rows their colours; empty if none has one.
            wraps: A text of the only row that is too long is wrapped instead of cut.
        """
        cells: list[Text] = []
        for place in self._kept if rows else []:
            wide, kind = self._room.widths[place], self._columns[place].kind
            lines = [cut(row[place], wide, self._paper.ellipsis) for row in rows]
            if kind in NUMERIC:
                lines = [line.rjust(wide) for line in lines]
            usual = STYLES.get(kind) if kind == "bar" else style or STYLES.get(kind)
            if marks and kind in PAINTED:
                cells.append(self._painted(kind, lines, marks, usual))
            elif wraps and width(rows[0][place]) > wide:
                cells.append(Text(rows[0][place], usual or ""))
            else:
                cells.append(Cell().append("\n".join(lines), usual))
        if cells:
            self._draw(cells)

    def _painted(self, kind: Kind, lines: list[str], marks: Sequence[Marked], usual: Style | None) -> Cell:
        """A cell whose bars, or the marks before its texts, have the colours of their rows."""
        cell = Cell()
        for number, (line, mark) in enumerate(zip(lines, marks, strict=True)):
            blank = len(line) - len(line.lstrip(" "))
            head = len(line) if kind == "bar" else blank + len(mark.mark)
            cell.append("\n" if number else "")
            cell.append(line[:head], self._paper.color(mark.slot) or usual).append(line[head:], usual)
        return cell

    def block(self, block: Block, titles: list[str]) -> None:
        """Draw a section, with the titles of the columns, if given, above its rows."""
        if block.title:
            self.title(block)
        if block.is_group:
            self.rows([block.total], BOLD, block.marks[-1:])
        if block.strip:
            from clockeye_cli.output.terminal import strip

            strip.draw(block.strip, self._paper)
        if titles and not block.is_group:
            self.rows([titles], DIM)
        self.rows(block.rows, None, block.marks[:-1])
        if not block.is_group:
            self.sums(block.total)

    def title(self, block: Block) -> None:
        """Draw a section's title, its sum aligned with the durations, or with the table if it is too long."""
        ellipsis, most = self._paper.ellipsis, self._paper.options.width
        if not block.sum:
            self._paper.draw(Text(cut(block.title, most, ellipsis), BOLD))
            return
        edge, least = self._edge, width(block.sum) + GAP
        if block.strip:
            edge = min(most, STRIP_EDGE)
        elif width(block.title) + least > edge:
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
        self.rows([cells], BOLD, wraps=True)

    def _draw(self, cells: list[Text]) -> None:
        widths = [self._room.widths[place] for place in self._kept]
        self._paper.draw(grid(cells, widths, self._room.gap))
