"""The spans that people type, among the stored ones: of a new entry, and of one that is edited or moved.

A timer stops in the middle of a minute, and people type the minute. A clock time without seconds therefore
means the end or start of an own entry, or the timer's start, in the same minute (`tracking/boundaries.py`).
"""

from __future__ import annotations

from clockeye_cli.core.day import local
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import (
    Ends,
    EntryTimes,
    TypedSpan,
    edited_span,
    entry_times,
    kept_times,
    over_max_timer,
    typed_span,
)
from clockeye_cli.core.moment import Moment, resolve
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.tracking import boundaries
from clockeye_cli.tracking.last_end import check_length, last_end, with_instant
from clockeye_cli.tracking.overlaps import REFUSE
from clockeye_cli.tracking.timer import on_the_clock

if TYPE_CHECKING:
    from datetime import tzinfo

    from clockeye_cli.core.move import TypedMove
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.overlaps import Ways

LAST = -(2**40)
"""Stands for `last` in the content of a key, which must not depend on what `last` means by now."""


def asked_span(write: Write, typed: TypedSpan, max_timer: int) -> tuple[int, int]:
    """The start and end that `add` was asked for: the same in a repeated call, for the content of its key.

    They are taken by the clock alone, before boundaries and `last`. A duration that ends now has no instants.

    Raises:
        UsageError: As `typed_span`.
    """
    start, end, duration = typed
    if start is None and end is None and duration is not None:
        return 0, duration
    if not typed.lasts:
        ends = typed_span(typed, write.now, write.zone, max_timer)
        return ends.start.instant, ends.end.instant
    first, last = (
        None if when is None else LAST if when.is_last else resolve(when, write.now, write.zone).instant
        for when in (start, end)
    )
    seconds = duration or 0
    if first is None:
        return (last or 0) - seconds, last or 0
    return first, first + seconds if last is None else last


def new_span(write: Write, typed: TypedSpan, max_timer: int, ways: Ways = REFUSE) -> EntryTimes:
    """The span of a new entry.

    Args:
        write: The transaction.
        typed: What was typed.
        max_timer: The longest span, in seconds, with `last` or with an end without a day.
        ways: What the command may do about overlaps.

    Raises:
        UsageError: The times make no entry.
        ClashError: No entry can be `last`.
    """
    start, end, duration = typed
    now = on_the_clock(write, write.now) if start is None and end is None else write.now
    if start is not None and start.is_last and end is not None and not end.is_last and duration is None:
        ended = resolve(end, now, write.zone)
        ends = Ends(Moment(last_end(write, ended.instant)), ended)
    else:
        start, end = (with_instant(write, when, now) for when in (start, end))
        ends = typed_span(TypedSpan(start, end, duration), now, write.zone, max_timer)
    times = boundaries.fitting(write, boundaries.spans(write, typed, ends), ends, ways)
    check_length(write, typed, times, max_timer)
    return times


def edited_times(
    write: Write, before: TimeEntry | Timer, typed: TypedSpan, max_timer: int, ways: Ways = REFUSE
) -> EntryTimes:
    """The new span of an edited entry, or of the running timer, which ends now.

    Args:
        write: The transaction.
        before: The entry.
        typed: What was typed; nothing keeps the times.
        max_timer: The longest span, in seconds, with `last` or with a time without a day.
        ways: What the command may do about overlaps.

    Raises:
        UsageError: The times make no entry.
        ClashError: No entry can be `last`.
    """
    kept = kept_times(before, write.now)
    if typed == TypedSpan():
        return kept
    old_end = None if isinstance(before, Timer) else kept.ended_at

    def span(each: TypedSpan) -> Ends:
        return edited_span(each, before.started_at, old_end, write.now, write.zone)

    start, end, duration = typed
    end = with_instant(write, end, write.now, before.local_id)
    if start is not None and start.is_last and duration is None:
        # An end without a day is the first after the start, which is in turn the last end before it.
        start = with_instant(write, start, write.now if old_end is None else old_end, before.local_id)
        ended = span(TypedSpan(start, end)).end
        ends = Ends(Moment(last_end(write, ended.instant, before.local_id)), ended)
    else:
        start = with_instant(write, start, write.now, before.local_id)
        ends = span(TypedSpan(start, end, duration))
    times = boundaries.fitting(write, boundaries.spans(write, typed, ends, before), ends, ways, before)
    check_length(write, typed, times, max_timer)
    if duration is None:
        longest = max(max_timer, kept.ended_at - kept.started_at)
        _check_days(TypedSpan(start, end), times, write.zone, longest, max_timer)
    return times


def _check_days(typed: TypedSpan, times: EntryTimes, zone: tzinfo, longest: int, max_timer: int) -> None:
    """Make sure that a time without a day makes no entry over midnight that is longer than `longest`.

    Within a day a long entry is what was typed.

    Raises:
        UsageError: It does.
    """
    started_at, ended_at, _ = times
    is_of_a_day = local(started_at, zone).date() == local(ended_at, zone).date()
    if is_of_a_day or ended_at - started_at <= longest:
        return
    when, option = (typed.start, "--from") if typed.end is None else (typed.end, "--to")
    if when is not None and when.is_bare:
        raise over_max_timer(started_at, ended_at, when, zone, max_timer, option)


def moved_times(write: Write, before: TimeEntry | Timer, move: TypedMove) -> EntryTimes:
    """The new span of an entry that is moved, or of the running timer, of which only the start moves.

    Raises:
        UsageError: It would end in the future, or a clock change skips its start.
    """
    ended_at = write.now if isinstance(before, Timer) or before.is_open else before.ended_at
    from clockeye_cli.core.move import moved_span  # late: only `edit --move` needs it

    ends = moved_span(move, before.started_at, ended_at, write.now, write.zone)
    if isinstance(before, Timer) or before.is_open:
        ends = ends._replace(end=Moment(write.now))
    return entry_times(ends, write.now, write.zone)
