"""How wide the columns of a table become: pure sums, so that they can be tested without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.output.cells import Column

GAP = 2
"""Blanks between two columns."""

COMFORT = 12
"""Text is not cut below this many columns while others can still be left out."""

BAR_LEAST = 4
BAR_MOST = 24

SHRINKS = frozenset({"text", "words"})


def widths(columns: Sequence[Column], naturals: Sequence[int], room: int, edge: int = 0) -> list[int]:
    """What each column gets; 0 for one that is left out.

    Args:
        columns: Their kinds, and which go first when it is too narrow.
        naturals: The widest cell of each, heading included; what a bar says here does not count.
        room: Columns of the terminal.
        edge: The table should be at least this wide, if it has text that can stand wider apart.

    Returns:
        The widths. Ids, times and sums are never cut, so a table of little else may be wider than the room.
    """
    pairs = zip(columns, naturals, strict=True)
    kept = [BAR_LEAST if column.kind == "bar" else natural for column, natural in pairs]
    _drop(columns, kept, room)
    _shrink(columns, kept, room)
    _stretch(columns, kept, min(edge, room))
    for place, column in enumerate(columns):
        if column.kind == "bar" and kept[place]:
            kept[place] = min(BAR_LEAST + room - total(kept), BAR_MOST)
    return kept


def total(kept: Sequence[int]) -> int:
    """The width of the table, gaps included."""
    return sum(kept) + GAP * max(0, sum(1 for width in kept if width) - 1)


def _drop(columns: Sequence[Column], kept: list[int], room: int) -> None:
    """Leaves columns out, the highest number first, until text that is cut to a comfortable width fits."""

    def least() -> list[int]:
        pairs = zip(columns, kept, strict=True)
        return [min(width, COMFORT) if column.kind in SHRINKS else width for column, width in pairs]

    while total(least()) > room:
        droppable = [place for place, column in enumerate(columns) if column.drop and kept[place]]
        if not droppable:
            return
        kept[max(droppable, key=lambda place: (columns[place].drop, place))] = 0


def _shrink(columns: Sequence[Column], kept: list[int], room: int) -> None:
    """Cuts the widest texts until all fits: short ones keep their width, the others share what is left."""
    texts = sorted(
        (place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]),
        key=lambda place: kept[place],
    )
    left = room - total(kept) + sum(kept[place] for place in texts)
    for number, place in enumerate(texts):
        kept[place] = max(1, min(kept[place], left // (len(texts) - number)))
        left -= kept[place]


def _stretch(columns: Sequence[Column], kept: list[int], edge: int) -> None:
    """Widens the last text until the table reaches the edge."""
    texts = [place for place, column in enumerate(columns) if column.kind in SHRINKS and kept[place]]
    if texts and total(kept) < edge:
        kept[texts[-1]] += edge - total(kept)
