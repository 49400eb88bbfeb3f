"""The instants that `--at` means for the timer and for a split, among the boundaries that are stored."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import EntryTimes, TypedSpan
from clockeye_cli.core.moment import Moment, resolve, time_inside
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import boundaries
from clockeye_cli.tracking.last_end import check_length, last_end, with_instant
from clockeye_cli.tracking.overlaps import REFUSE
from clockeye_cli.tracking.timer import on_the_clock

if TYPE_CHECKING:
    from clockeye_cli.core.when import When
    from clockeye_cli.store.state import Write

MINUTE = 60


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
        moment = Moment(last_end(write, write.now))
        times = EntryTimes(moment.instant, write.now, ())
        check_length(write, TypedSpan(when), times, max_timer, "--at")
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
        return Moment(last_end(write, write.now))
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
    typed = with_instant(write, when, ended_at, before.local_id) or when
    if (isinstance(before, Timer) or before.is_open) and when.shift is not None:
        typed = typed._replace(instant=_by_the_clock(write, when).instant)
    return time_inside(typed, before.started_at, ended_at, write.zone, write.now)


def _by_the_clock(write: Write, when: When) -> Moment:
    """The instant of a time; `now` and `10m ago` count from the clock's own time."""
    moment = resolve(when, write.now, write.zone)
    if when.shift is None or when.shift % MINUTE:
        return moment
    return moment._replace(instant=on_the_clock(write, moment.instant))
