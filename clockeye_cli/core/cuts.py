"""A span of time, cut into the pieces that sums tell apart."""

from __future__ import annotations

from bisect import bisect_right

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.core.entry import TimeEntry


class Cuts(NamedTuple):
    """A span of time, cut into the pieces that the sums tell apart.

    Attributes:
        instants: Where it is cut, ascending, with the span's ends: piece N is from N to N + 1.
        labels: The labels of each piece, by keys of time.
    """

    instants: list[int]
    labels: list[dict[str, Any]]

    def cross(self, entry: TimeEntry) -> bool:
        """Whether an entry with a part in the span is in several pieces, or partly outside."""
        return entry.ended_at > self.instants[bisect_right(self.instants, entry.started_at)]

    def parts(self, started_at: int, ended_at: int) -> list[tuple[int, int]]:
        """The number of each piece that an entry has a part in, and the seconds of that part."""
        at, end = max(started_at, self.instants[0]), min(ended_at, self.instants[-1])
        parts = []
        number = bisect_right(self.instants, at) - 1
        while self.instants[number + 1] < end:
            if self.instants[number + 1] > at:  # a zone may skip a whole day
                parts.append((number, self.instants[number + 1] - at))
                at = self.instants[number + 1]
            number += 1
        return [*parts, (number, max(0, end - at))]
