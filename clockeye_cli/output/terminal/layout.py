"""How wide the columns of a table become: pure sums, so that they can be tested without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.output.cells import Column

GAP, NARROW_GAP = 2, 1
"""Blanks between two columns, and where it is too narrow for those."""

COMFORT = 12
"""Text is not cut below this many columns while others can still be left out."""

BAR_LEAST = 4
BAR_MOST = 24

SHRINKS = frozenset({"text", "words"})


class Layout(NamedTuple):
    """Where the columns of a table stand.

    Attributes:
        widths: What each gets; 0 for one that is left out.
        gap: Blanks between two of them.
    """

    widths: list[int]
    gap: int

    @property
    def total(self) -> int:
        """The width of the table, gaps included."""
        return self.edge_of(-1)

    def edge_of(self, place: int) -> int:
        """Where a column ends, counted from the left; -1 for the last."""
        kept = [width for width in self.widths[: place + 1 or None] if width]
        return sum(kept) + self.gap * max(0, len(kept) - 1)


def lay_out(columns: Sequence[Column], naturals: Sequence[int], room: int, edge: int = 0) -> Layout:
    """Find the columns' places.

    Where they are too wide, they first move together; then those that can be left out go; then text is cut.

    Args:
        columns: Their kinds, and which go first when it is too narrow.
        naturals: The widest cell of each, heading included; what a bar says here does not count.
        room: Columns of the terminal.
        edge: The table should be at least this wide, if it has text that can stand wider apart.

    Returns:
        Ids, times and sums are never cut, so a table of little else may be wider than the room.
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
    """The width of the table with its text cut, but not uncomfortably short."""
    pairs = zip(columns, layout.widths, strict=True)
    least = [min(width, COMFORT) if column.kind in SHRINKS else width for column, width in pairs]
    return layout._replace(widths=least).total


def _drop(columns: Sequence[Column], layout: Layout, room: int) -> None:
    """Leaves columns out, the highest number first, until text that is cut to a comfortable width fits."""
    kept = layout.widths
    while _least(columns, layout) > room:
        droppable = [place for place, column in enumerate(columns) if column.drop and kept[place]]
        if not droppable:
            return
        kept[max(droppable, key=lambda place: (columns[place].drop, place))] = 0


def _shrink(columns: Sequence[Column], layout: Layout, room: int) -> None:
    """Cuts the widest texts until all fits: short ones keep their width, the others share what is left."""
    kept = layout.widths
    texts = sorted(
        (place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]),
        key=lambda place: kept[place],
    )
    left = room - layout.total + sum(kept[place] for place in texts)
    for number, place in enumerate(texts):
        kept[place] = max(1, min(kept[place], left // (len(texts) - number)))
        left -= kept[place]


def _stretch(columns: Sequence[Column], layout: Layout, edge: int) -> None:
    """Widens the last text until the table reaches the edge."""
    kept = layout.widths
    texts = [place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]]
    if texts and layout.total < edge:
        kept[texts[-1]] += edge - layout.total
