"""Boundaries of entries within the minute that was typed, and which of them, or the minute, fits in."""

from __future__ import annotations

from itertools import product

from clockeye_cli.core.day import local
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import Ends, entry_times
from clockeye_cli.core.moment import minute_of
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import boundaries as stored_boundaries
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.overlaps import REFUSE, clashes
from clockeye_cli.tracking.room import is_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.core.entry_times import EntryTimes, TypedSpan
    from clockeye_cli.core.when import When
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.overlaps import Ways

    Pair = tuple[int, int]

SECONDS_LATER = 59
"""From the first second of a minute to its last."""


def end_in(write: Write, when: When | None, at: int, but: str | None = None) -> list[int]:
    """The latest end of an own entry in the minute that was typed, in a list; or an empty list.

    Args:
        write: The transaction.
        when: The typed time; only one without seconds has a minute.
        at: Its instant.
        but: The id of an entry to leave out.
    """
    if when is None or not when.snaps:
        return []
    ended_at = stored_boundaries.latest_end(write.connection, at, at + SECONDS_LATER, but)
    return [] if ended_at is None else same_minute(write, when, at, ended_at)


def start_in(write: Write, when: When | None, at: int, but: str | None = None) -> list[int]:
    """The earliest start of an own entry or of the timer in the minute, as `end_in`."""
    if when is None or not when.snaps:
        return []
    started_at = stored_boundaries.earliest_start(write.connection, at, at + SECONDS_LATER, but)
    starts = [] if started_at is None else same_minute(write, when, at, started_at)
    running = timers.running(write.connection)
    if running is not None and running.local_id != but:
        starts += same_minute(write, when, at, running.started_at)
    return sorted(starts)[:1]


def same_minute(write: Write, when: When, at: int, boundary: int) -> list[int]:
    """A boundary if it is in the minute that was typed, in a list; or an empty list."""
    return [boundary] if when.snaps and minute_of(boundary, write.zone) == at else []


def spans(write: Write, typed: TypedSpan, ends: Ends, before: TimeEntry | Timer | None = None) -> list[Pair]:
    """The spans that typed times may mean, the ones to prefer first; the one by the clock alone is last.

    Args:
        write: The transaction.
        typed: What was typed.
        ends: What it means by the clock alone.
        before: The entry that is edited.
    """
    start, end, duration = typed
    first, last = ends.start.instant, ends.end.instant
    if isinstance(before, TimeEntry) and not before.is_own:
        return [(first, last)]
    but = None if before is None else before.local_id
    starts = [*end_in(write, start, first, but), first]
    lasts = [*(each for at in _minutes(write, end, ends) for each in _lasts(write, end, at, before)), last]
    if duration is None:
        return list(product(starts, lasts))
    if end is None:
        return [(each, each + duration) for each in starts]
    return [(each - duration, each) for each in lasts]


def fitting(
    write: Write, pairs: Sequence[Pair], ends: Ends, ways: Ways, before: TimeEntry | Timer | None = None
) -> EntryTimes:
    """The first of some spans that fits in, with the notes of the typed times.

    Args:
        write: The transaction.
        pairs: The spans.
        ends: The typed times by the clock alone.
        ways: What the command may do about overlaps.
        before: The entry that is edited.

    Raises:
        UsageError: None of them can be an entry.
    """
    pair = first_fitting(write, pairs, ways, before)
    if pair is not None:
        ends = Ends(ends.start._replace(instant=pair[0]), ends.end._replace(instant=pair[1]))
    return entry_times(ends, write.now, write.zone)


def first_fitting(
    write: Write, pairs: Sequence[Pair], ways: Ways, before: TimeEntry | Timer | None = None
) -> Pair | None:
    """The first span that overlaps nothing, or else is allowed, or else can be an entry at all; or None."""
    possible = list(dict.fromkeys(pair for pair in pairs if 0 <= pair[0] <= pair[1] <= write.now))
    if len(possible) > 1:
        but = before.local_id if before else None
        for pair in possible:
            if not clashes(write.connection, *pair, write.now, but):
                return pair
        for pair in possible if ways != REFUSE else ():
            if is_allowed(write, *pair, ways, but):
                return pair
    return possible[0] if possible else None


def _minutes(write: Write, end: When | None, ends: Ends) -> list[int]:
    """The minutes in which an end may be: the one that was typed, and before it that of the start.

    An end without a day is the first such time after the start. That of a start at 12:00:31 could otherwise
    never be 12:00:50, typed as 12:00.
    """
    minute = minute_of(ends.start.instant, write.zone)
    wall = local(minute, write.zone)
    is_same = end is not None and end.is_bare and wall.hour * 3_600 + wall.minute * 60 == end.clock
    return [minute, ends.end.instant] if is_same else [ends.end.instant]


def _lasts(write: Write, end: When | None, at: int, before: TimeEntry | Timer | None) -> list[int]:
    """The ends that a typed end may mean in a minute: the entry's own, or the earliest start of another."""
    if end is None or not end.snaps:
        return []
    own_ends = same_minute(write, end, at, before.ended_at) if isinstance(before, TimeEntry) else []
    return [*own_ends, *start_in(write, end, at, before.local_id if before else None)]
