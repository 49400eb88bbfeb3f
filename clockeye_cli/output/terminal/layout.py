"""The widths of a table's columns: pure arithmetic, testable without a terminal."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.output.cells import Column

GAP, NARROW_GAP = 2, 1
"""Blanks between two columns, usually and on a narrow terminal."""

COMFORT = 12
"""Text is not cut below this width while other columns can be dropped."""

BAR_LEAST = 4
BAR_MOST = 24

SHRINKS = frozenset({"text", "words", "marked"})


class Layout(NamedTuple):
    """The placement of a table's columns.

    Attributes:
        widths: The width of each column; 0 for a dropped one.
        gap: Blanks between two columns.
    """

    widths: list[int]
    gap: int

    @property
    def total(self) -> int:
        """The width of the table, gaps included."""
        return self.edge_of(-1)

    def edge_of(self, place: int) -> int:
        """The distance from the left edge to the end of a column; -1 for the last column."""
        kept = [width for width in self.widths[: place + 1 or None] if width]
        return sum(kept) + self.gap * max(0, len(kept) - 1)


def lay_out(columns: Sequence[Column], naturals: Sequence[int], room: int, edge: int = 0) -> Layout:
    """Place the columns of a table.

    If they are too wide, first the gaps shrink, then columns are dropped, then text is cut.

    Args:
        columns: The columns.
        naturals: The widest cell of each column, including the heading; ignored for bars.
        room: The width of the terminal.
        edge: The minimum width of the table, if it has text that can be widened.

    Returns:
        The layout. It may be wider than `room`, since ids, times and sums are never cut.
    """
    pairs = zip(columns, naturals, strict=True)
    kept = [BAR_LEAST if column.kind == "bar" else natural for column, natural in pairs]
    layout = Layout(kept, GAP if _least(columns, Layout(kept, GAP)) <= room else NARROW_GAP)
    _drop(columns, layout, room)
    _shrink(columns, layout, room)
    _stretch(columns, layout, min(edge, room))
    for place, column in enumerate(columns):
        if column.kind == "bar" and kept[place]:
            kept[place] = min(BAR_LEAST + room - layout.total, BAR_MOST)
    return layout


def _least(columns: Sequence[Column], layout: Layout) -> int:
    """The width of the table with its text cut to a comfortable width."""
    pairs = zip(columns, layout.widths, strict=True)
    least = [min(width, COMFORT) if column.kind in SHRINKS else width for column, width in pairs]
    return layout._replace(widths=least).total


def _drop(columns: Sequence[Column], layout: Layout, room: int) -> None:
    """Drop columns, highest number first, until the table fits with its text cut to a comfortable width."""
    kept = layout.widths
    while _least(columns, layout) > room:
        droppable = [place for place, column in enumerate(columns) if column.drop and kept[place]]
        if not droppable:
            return
        kept[max(droppable, key=lambda place: (columns[place].drop, place))] = 0


def _shrink(columns: Sequence[Column], layout: Layout, room: int) -> None:
    """Cut the widest texts until the table fits: short ones keep their width, the others share the rest."""
    kept = layout.widths
    texts = sorted(
        (place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]),
        key=lambda place: kept[place],
    )
    rest = room - layout.total + sum(kept[place] for place in texts)
    for number, place in enumerate(texts):
        kept[place] = max(1, min(kept[place], rest // (len(texts) - number)))
        rest -= kept[place]


def _stretch(columns: Sequence[Column], layout: Layout, edge: int) -> None:
    """Widen the last text until the table reaches the edge."""
    kept = layout.widths
    texts = [place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]]
    if texts and layout.total < edge:
        kept[texts[-1]] += edge - layout.total
