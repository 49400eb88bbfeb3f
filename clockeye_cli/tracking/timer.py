"""The rules for the running timer: start, stop, switch, resume, cancel.

A timer that runs on the account and not here (`store/timer.py: current`) is stopped like one that runs here.
"""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.moment import minute_of
from clockeye_cli.core.phrases import stamp, stamps_apart
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import boundaries, remembered
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.core.moment import Moment
    from clockeye_cli.store.state import Write


SMALL_STEP = 5
"""Seconds that the clock may go back unnoticed: time servers correct that much."""


class Started(NamedTuple):
    """The result of `start`.

    Attributes:
        timer: The timer that is running now.
        stopped: The entry that the previous timer became; None if none was running.
        is_new: False if a timer was already running and was left alone.
    """

    timer: Timer
    stopped: TimeEntry | None
    is_new: bool


class Work(NamedTuple):
    """The content of a timer or an entry, without its times."""

    description: str
    project_id: str | None
    billable: bool

    @classmethod
    def of(cls, item: TimeEntry | Timer) -> Work:
        """The work of an entry or a timer."""
        return cls(description=item.description, project_id=item.project_id, billable=item.billable)


def start(
    write: Write, work: Work, at: Moment | None, *, overlap: bool = False, ended: Moment | None = None
) -> Started:
    """Start a timer; a running one is stopped at the same instant.

    Args:
        write: The transaction.
        work: The new timer's content.
        at: When to start; None for now.
        overlap: Start it even if it overlaps other entries.
        ended: When the running one ended, if it was forgotten; None for the new one's start.

    Raises:
        UsageError: `at` is in the future or before the running timer's start.
        ClashError: It overlaps other entries, or the clock went back.
    """
    running = timers.current(write.connection)
    now = settled_now(write, running, has_time=at is not None)
    started_at = on_the_clock(write, now) if at is None else _checked_start(write, at.instant, running, now)
    if at is not None and not overlap:
        from clockeye_cli.tracking.room import refuse_clashes  # late: most timers start now

        refuse_clashes(write, started_at, now, but=running.local_id if running else None)
    stopped = _finish(write, running, ended.instant if ended else started_at) if running else None
    timer = Timer(
        local_id=new_id("te"),
        description=work.description,
        project_id=work.project_id,
        started_at=started_at,
        billable=work.billable,
    )
    write.change(None, timer)
    return Started(timer, stopped, is_new=True)


def stop(write: Write, at: Moment | None, work: Work | None = None) -> TimeEntry:
    """Stop the timer.

    Args:
        write: The transaction.
        at: When to stop; None for now.
        work: The entry's content; None to keep the timer's.

    Raises:
        UsageError: `at` is before the timer's start or in the future.
        ClashError: No timer is running, or the clock went back.
    """
    running = required(write)
    now = settled_now(write, running, has_time=at is not None)
    ended_at = on_the_clock(write, now) if at is None else at.instant
    if not running.started_at <= ended_at <= max(now, running.started_at):
        problem = (
            f"in the future; it is {stamp(now, write.zone, exact=True)} now"
            if ended_at > now
            else f"before the timer's start, {stamp(running.started_at, write.zone, exact=True)}"
        )
        raise UsageError(
            f"The time to stop at, {stamp(ended_at, write.zone, exact=True)}, is {problem}.",
            hint="Give a time between the start and now.",
            code="out_of_range",
        )
    return _finish(write, running, ended_at, work)


def cancel(write: Write) -> Timer:
    """Discard the running timer without storing an entry.

    Raises:
        ClashError: No timer is running.
    """
    running = required(write)
    write.change(timers.on_account(write.connection) or running, None)
    return running


def required(write: Write) -> Timer:
    """The running timer.

    Raises:
        ClashError: No timer is running.
    """
    running = timers.current(write.connection)
    if running is None:
        raise ClashError("No timer is running.", hint="`clockeye start` starts one.", code="no_timer")
    return running


def refuse_changed(timer: Timer | TimeEntry | None, agreed: Timer | TimeEntry | None) -> None:
    """Refuse to continue if the running timer is not the one that the user was asked about.

    Raises:
        ClashError: They differ.
    """
    if timer != agreed:
        raise ClashError(
            "The running timer has changed in the meantime.",
            hint="`clockeye status` shows it.",
            code="changed_since",
        )


def settled_now(write: Write, running: Timer | None, *, has_time: bool) -> int:
    """The present instant, never before the running timer's start: small steps back of the clock are ignored.

    Args:
        write: The transaction.
        running: The running timer.
        has_time: Whether the user gave a time, so that the clock is not needed.

    Raises:
        ClashError: The clock shows a time well before the timer's start.
    """
    if running is None or write.now >= running.started_at:
        return write.now
    if not has_time and running.started_at - write.now > SMALL_STEP:
        now, start = stamps_apart(write.now, running.started_at, write.zone)
        raise ClashError(
            f"The clock went back: it is {now} now, but the running timer started at {start}.",
            hint="Correct the clock, give the time with --at, or move the timer's start with"
            " `clockeye edit current --from WHEN`.",
            code="clock_went_back",
        )
    return running.started_at


def on_the_clock(write: Write, instant: int) -> int:
    """The instant at which something happens now: with `precision` minute, the beginning of the minute.

    It is never before the running timer's start or the end of an own entry in that minute: entries that touch
    still touch, and none ends before it begins.

    Args:
        write: The transaction.
        instant: The present instant, or one counted from it.
    """
    if not write.to_the_minute:
        return instant
    minute = minute_of(instant, write.zone)
    running = timers.current(write.connection)
    started_at = running.started_at if running and running.started_at <= instant else minute
    return max(minute, started_at, boundaries.latest_end(write.connection, minute, instant) or minute)


def is_first_start(write: Write) -> bool:
    """Whether this is the first timer ever started in this store; records that it was started."""
    is_first = remembered.get(write.connection, remembered.WELCOME) is None
    if is_first:
        remembered.put(write.connection, remembered.WELCOME, "said")
    return is_first


def _checked_start(write: Write, at: int, running: Timer | None, now: int) -> int:
    if at > now:
        raise UsageError(
            f"A timer cannot start in the future, at {stamp(at, write.zone, exact=True)};"
            f" it is {stamp(now, write.zone, exact=True)} now.",
            hint="Give a time in the past.",
            code="in_the_future",
        )
    if running and at < running.started_at:
        raise UsageError(
            f"{stamp(at, write.zone, exact=True)} is before the start of the running timer,"
            f" {stamp(running.started_at, write.zone, exact=True)}.",
            hint="`clockeye edit current --from WHEN` moves its start;"
            " `clockeye add DESCRIPTION --from WHEN --to WHEN` stores finished work.",
            code="out_of_range",
        )
    return at


def _finish(write: Write, running: Timer, ended_at: int, work: Work | None = None) -> TimeEntry:
    entry = running.until(ended_at)
    if work:
        entry = entry._replace(**work._asdict())
    on_account = timers.on_account(write.connection)
    if on_account:
        write.change(on_account, entry)
    else:
        write.change(running, None)
        write.change(None, entry)
    return entry
