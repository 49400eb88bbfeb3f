"""Entries that overlap each other: the pairs, and the time that is counted twice."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.totals import Span


class Overlap(NamedTuple):
    """Two entries that overlap; the earlier start is first."""

    first: TimeEntry
    second: TimeEntry

    @property
    def duration(self) -> int:
        """The seconds that they share."""
        return min(self.first.ended_at, self.second.ended_at) - self.second.started_at


def overlaps(entries: Sequence[TimeEntry], span: Span) -> list[Overlap]:
    """The overlaps of entries that share time within a span, by time.

    Args:
        entries: The entries, by their starts.
        span: The instants that count.
    """
    pairs: list[Overlap] = []
    open_entries: list[TimeEntry] = []
    for entry in entries:
        open_entries = [other for other in open_entries if other.ended_at > entry.started_at]
        if entry.ended_at > entry.started_at:
            pairs += [Overlap(other, entry) for other in open_entries]
            open_entries.append(entry)
    return [
        pair
        for pair in pairs
        if max(pair.second.started_at, span.start) < min(pair.first.ended_at, pair.second.ended_at, span.end)
    ]


def counted_twice(entries: Sequence[TimeEntry], span: Span) -> int:
    """The seconds of a span that entries count more often than once: their sum less the time that they cover.

    Args:
        entries: The entries, by their starts.
        span: The instants that count.
    """
    seconds, until = 0, span.start
    for entry in entries:
        start, end = max(entry.started_at, span.start), min(entry.ended_at, span.end)
        seconds += max(0, min(end, until) - start)
        until = max(until, end)
    return seconds
