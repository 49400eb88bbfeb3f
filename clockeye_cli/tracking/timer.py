"""Start, stop, switch, resume, cancel: the rules of the timer that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.core.phrases import stamp
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import remembered
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.overlaps import refuse_clashes

if TYPE_CHECKING:
    from clockeye_cli.core.moment import Moment
    from clockeye_cli.store.state import Write


SMALL_STEP = 5
"""Seconds that a clock may go back (time servers correct that much) before a person must say when it is."""


class Started(NamedTuple):
    """What `start` did.

    Attributes:
        timer: What runs now.
        stopped: The entry that the running timer became.
        is_new: False if a timer ran and was left alone.
    """

    timer: Timer
    stopped: TimeEntry | None
    is_new: bool


class Work(NamedTuple):
    """What is worked on: the description, project and billable of a new timer or entry."""

    description: str
    project_id: str | None
    billable: bool

    @classmethod
    def of(cls, item: TimeEntry | Timer) -> Work:
        """The work of an entry or a timer."""
        return cls(description=item.description, project_id=item.project_id, billable=item.billable)


def start(write: Write, work: Work, at: Moment | None, *, overlap: bool = False) -> Started:
    """Start a timer; one that runs is stopped at the same instant.

    Args:
        write: The transaction.
        work: What to work on.
        at: When; None for now.
        overlap: Store it even where it overlaps other entries.

    Raises:
        UsageError: `at` lies in the future or before the running timer's start.
        ClashError: It overlaps, or the clock went back.
    """
    running = timers.running(write.connection)
    now = settled_now(write, running, asked=at is not None)
    started_at = now if at is None else _checked_start(write, at.instant, running, now)
    if at is not None and not overlap:
        refuse_clashes(write, started_at, now, but=running.local_id if running else None)
    stopped = _finish(write, running, started_at) if running else None
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
        at: When; None for now.
        work: What it turned out to be; None for what was started.

    Raises:
        UsageError: `at` lies before its start or in the future.
        ClashError: None runs, or the clock went back.
    """
    running = required(write)
    now = settled_now(write, running, asked=at is not None)
    ended_at = now if at is None else at.instant
    if not running.started_at <= ended_at <= max(now, running.started_at):
        what = (
            f"in the future; it is {stamp(now, write.zone)}"
            if ended_at > now
            else f"before the timer's start, {stamp(running.started_at, write.zone)}"
        )
        raise UsageError(
            f"The time to stop at, {stamp(ended_at, write.zone)}, lies {what}.",
            hint="It must lie between the start and now.",
            code="out_of_range",
        )
    return _finish(write, running, ended_at, work)


def cancel(write: Write) -> Timer:
    """Take the running timer away without an entry.

    Raises:
        ClashError: None runs.
    """
    running = required(write)
    write.change(running, None)
    return running


def required(write: Write) -> Timer:
    """The timer that runs.

    Raises:
        ClashError: None does.
    """
    running = timers.running(write.connection)
    if running is None:
        raise ClashError("No timer is running.", hint="`clockeye start` starts one.", code="no_timer")
    return running


def settled_now(write: Write, running: Timer | None, *, asked: bool) -> int:
    """The present instant, with small backward steps of the clock taken out.

    Args:
        write: The transaction.
        running: The timer that runs.
        asked: Whether the user said when; then the clock is not needed.

    Raises:
        ClashError: The clock shows a time well before the timer's start.
    """
    if running is None or write.now >= running.started_at:
        return write.now
    if not asked and running.started_at - write.now > SMALL_STEP:
        raise ClashError(
            f"The clock went back: it is {stamp(write.now, write.zone)} now, and the running timer"
            f" started at {stamp(running.started_at, write.zone)}.",
            hint="Set the clock right; or say when with `--at`; or move the start with"
            " `clockeye edit current --from WHEN`.",
            code="clock_went_back",
        )
    return running.started_at


def is_first_start(write: Write) -> bool:
    """Whether no timer was ever started in this store; from now on one was."""
    is_first = remembered.get(write.connection, remembered.WELCOME) is None
    if is_first:
        remembered.put(write.connection, remembered.WELCOME, "said")
    return is_first


def _checked_start(write: Write, at: int, running: Timer | None, now: int) -> int:
    if at > now:
        raise UsageError(
            f"A timer cannot start in the future, at {stamp(at, write.zone)};"
            f" it is {stamp(now, write.zone)}.",
            hint="Give a time up to now.",
            code="in_the_future",
        )
    if running and at < running.started_at:
        raise UsageError(
            f"{stamp(at, write.zone)} lies before the start of the timer that runs,"
            f" {stamp(running.started_at, write.zone)}.",
            hint="`clockeye edit current --from WHEN` moves its start; `clockeye add` stores what is over.",
            code="out_of_range",
        )
    return at


def _finish(write: Write, running: Timer, ended_at: int, work: Work | None = None) -> TimeEntry:
    entry = running.until(ended_at)
    if work:
        entry = entry._replace(**work._asdict())
    write.change(running, None)
    write.change(None, entry)
    return entry
