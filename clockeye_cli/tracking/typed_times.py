"""The times that people type, among the stored ones: the instant of `last`, and boundaries within a minute.

A timer stops in the middle of a minute, and people type the minute. A clock time without seconds therefore
means the end or start of an own entry, or the timer's start, in the same minute (`tracking/boundaries.py`).
"""

from __future__ import annotations

from clockeye_cli.core.duration import short
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import Ends, EntryTimes, TypedSpan, edited_span, time_inside, typed_span
from clockeye_cli.core.moment import Moment, resolve, wall_text
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import boundaries as stored_boundaries
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import boundaries
from clockeye_cli.tracking.overlaps import REFUSE
from clockeye_cli.tracking.timer import on_the_clock

if TYPE_CHECKING:
    from clockeye_cli.core.when import When
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.overlaps import Ways

LAST = -(2**40)
"""Stands for `last` in the content of a key, which must not depend on what `last` means by now."""

MINUTE = 60


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
        ends = Ends(Moment(_last(write, ended.instant)), ended)
    else:
        start, end = (_with_instant(write, when, now) for when in (start, end))
        ends = typed_span(TypedSpan(start, end, duration), now, write.zone, max_timer)
    times = boundaries.fitting(write, boundaries.spans(write, typed, ends), ends, ways)
    _check_length(write, typed, times, max_timer)
    return times


def edited_times(
    write: Write, before: TimeEntry | Timer, typed: TypedSpan, max_timer: int, ways: Ways = REFUSE
) -> EntryTimes:
    """The new span of an edited entry, or of the running timer, which ends now.

    Args:
        write: The transaction.
        before: The entry.
        typed: What was typed; nothing keeps the times.
        max_timer: The longest span, in seconds, with `last`.
        ways: What the command may do about overlaps.

    Raises:
        UsageError: The times make no entry.
        ClashError: No entry can be `last`.
    """
    old_end = None if isinstance(before, Timer) else write.now if before.is_open else before.ended_at
    if typed == TypedSpan():
        return EntryTimes(before.started_at, write.now if old_end is None else old_end, ())

    def span(each: TypedSpan) -> Ends:
        return edited_span(each, before.started_at, old_end, write.now, write.zone)

    start, end, duration = typed
    end = _with_instant(write, end, write.now, before.local_id)
    if start is not None and start.is_last and duration is None:
        # An end without a day is the first after the start, which is in turn the last end before it.
        start = _with_instant(write, start, write.now if old_end is None else old_end, before.local_id)
        ended = span(TypedSpan(start, end)).end
        ends = Ends(Moment(_last(write, ended.instant, before.local_id)), ended)
    else:
        start = _with_instant(write, start, write.now, before.local_id)
        ends = span(TypedSpan(start, end, duration))
    times = boundaries.fitting(write, boundaries.spans(write, typed, ends, before), ends, ways, before)
    _check_length(write, typed, times, max_timer)
    return times


def start_moment(write: Write, when: When, max_timer: int) -> Moment:
    """The instant that `start --at` or `resume --at` means.

    Raises:
        UsageError: A clock change skips the time; or it is `last`, and that was more than `max_timer` seconds
            ago or a timer is running.
        ClashError: No entry can be `last`.
    """
    running = timers.current(write.connection)
    if when.is_last:
        if running is not None:
            raise UsageError(
                "--at last: a timer is running, and your latest entry ended before it.",
                hint="Stop it first, or give the time of the switch.",
                code="out_of_range",
            )
        moment = Moment(_last(write, write.now))
        times = EntryTimes(moment.instant, write.now, ())
        _check_length(write, TypedSpan(when), times, max_timer, "--at")
        return moment
    moment = _by_the_clock(write, when)
    starts = [*boundaries.end_in(write, when, moment.instant), moment.instant]
    if running is not None:
        starts += boundaries.same_minute(write, when, moment.instant, running.started_at)
        starts = [each for each in starts if running.started_at <= each]
    spans = [(each, write.now) for each in starts]
    started_at = boundaries.first_fitting(write, spans, REFUSE, running)
    return moment if started_at is None else moment._replace(instant=started_at[0])


def stop_moment(write: Write, when: When) -> Moment:
    """The instant that `stop --at` means.

    Raises:
        UsageError: A clock change skips the time.
        ClashError: No entry can be `last`.
    """
    running = timers.current(write.connection)
    if when.is_last:
        return Moment(_last(write, write.now))
    moment = _by_the_clock(write, when)
    if running is None:
        return moment
    ends = [*boundaries.start_in(write, when, moment.instant, running.local_id), moment.instant]
    ends += boundaries.same_minute(write, when, moment.instant, running.started_at)
    spans = [(running.started_at, each) for each in ends]
    ended_at = boundaries.first_fitting(write, spans, REFUSE, running)
    return moment if ended_at is None else moment._replace(instant=ended_at[1])


def split_moment(write: Write, before: TimeEntry | Timer, when: When) -> Moment:
    """The instant within an entry, or within the running timer, that `split --at` means.

    Raises:
        UsageError: It is outside the entry, or a clock change skips it.
        ClashError: No entry can be `last`.
    """
    ended_at = write.now if isinstance(before, Timer) or before.is_open else before.ended_at
    typed = _with_instant(write, when, ended_at, before.local_id) or when
    if (isinstance(before, Timer) or before.is_open) and when.shift is not None:
        typed = typed._replace(instant=_by_the_clock(write, when).instant)
    return time_inside(typed, before.started_at, ended_at, write.zone, write.now)


def _by_the_clock(write: Write, when: When) -> Moment:
    """The instant of a time; `now` and `10m ago` count from the clock's own time."""
    moment = resolve(when, write.now, write.zone)
    if when.shift is None or when.shift % MINUTE:
        return moment
    return moment._replace(instant=on_the_clock(write, moment.instant))


def _with_instant(write: Write, when: When | None, until: int, but: str | None = None) -> When | None:
    """The time as typed; `last` with its instant."""
    if when is None or not when.is_last:
        return when
    return when._replace(instant=_last(write, until, but))


def _last(write: Write, until: int, but: str | None = None) -> int:
    """The end of the latest own entry that ended at or before an instant; `but` is left out."""
    ended_at = stored_boundaries.latest_end(write.connection, 0, until, but)
    if ended_at is not None:
        return ended_at
    if entries.latest(write.connection, write.now) is None:
        raise ClashError("You have no entries yet.", hint="Give a time.", code="entry_not_found")
    raise ClashError(
        f"No other entry of yours ended by {wall_text(until, write.zone)}, so there is no `last`.",
        hint="Give a time.",
        code="entry_not_found",
    )


def _check_length(
    write: Write, typed: TypedSpan, times: EntryTimes, max_timer: int, option: str = "--from"
) -> None:
    length = times.ended_at - times.started_at
    if not typed.lasts or length <= max_timer:
        return
    if typed.start is None or not typed.start.is_last:
        option = "--to"
    last = wall_text(times.ended_at if option == "--to" else times.started_at, write.zone)
    raise UsageError(
        f"Your latest entry ended at {last}: {option} last would make this one {short(length)} long,"
        f" which is longer than max_timer ({short(max_timer)}).",
        hint=f'If that is correct, give the time itself: {option} "{last}"',
        code="out_of_range",
    )
