"""`clockeye check`: look whether a timer was forgotten, or its start was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import ONE_DAY, first_instant, local, wall_time
from clockeye_cli.core.duration import clock, parse_duration
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer
    from clockeye_cli.store.database import Connection

COLUMNS = (
    Column("found", "Found", "id"),
    Column("since", "Since", "instant"),
    Column("duration", "Duration", "duration"),
    Column("limit", "Limit", "duration"),
    Column("local_id", "Id", "id"),
)


class Finding(NamedTuple):
    """What is not as it should be.

    Attributes:
        line: In words, with what to do about it.
        found: `max` or `idle`, the option that has found it.
        since: Instant.
        limit: Seconds; more have passed since then.
        local_id: The timer's, if it is about one.
    """

    line: str
    found: str
    since: int
    limit: int
    local_id: str | None = None


def check(ctx: Context, *, longest: str = "", idle: str = "") -> None:
    """Say what is found, and end with exit code 1; say nothing if all is well.

    Args:
        ctx: What the command works with.
        longest: A DURATION that the running timer should not exceed; without both, it is `max_timer`.
        idle: A DURATION without a timer or an entry, within the hours of work.

    Raises:
        UsageError: One is no DURATION.
    """
    most = parse_duration(longest) if longest else None
    quiet = parse_duration(idle) if idle else None
    if most is None and quiet is None:
        most = ctx.settings.max_timer
    ctx.has_listed_outbox = True  # no word of it: cron would mail it each time
    with ctx.store.read() as connection:
        runs = timers.running(connection)
        found: Finding | None = None
        if runs and most is not None:
            found = _too_long(ctx, runs, projects.names(connection), most)
        elif runs is None and quiet is not None:
            found = _idle(ctx, connection, quiet)
    if found is None:
        ctx.out.result([], None)
        return
    cells = (found.found, found.since, ctx.now - found.since, found.limit, found.local_id)
    ctx.out.result(found.line, Record(COLUMNS, cells))
    ctx.exit_code = 1


def _too_long(ctx: Context, runs: Timer, names: dict[str, str], most: int) -> Finding | None:
    length = ctx.now - runs.started_at
    if length <= most:
        return None
    line = (
        f"The timer has been running for {clock(length)}, over {clock(most)}:"
        f" {describe(runs, names, ctx.zone, ctx.now)}."
        " `clockeye stop --at WHEN` stops it when it should have stopped."
    )
    return Finding(line, "max", runs.started_at, most, runs.local_id)


def _idle(ctx: Context, connection: Connection, quiet: int) -> Finding | None:
    began = _work_began(ctx)
    if began is None or entries.running_elsewhere(connection):
        return None
    last = entries.latest(connection)
    since = max(began, last.ended_at if last else began)
    if ctx.now - since < quiet:
        return None
    line = (
        f"Nothing was tracked for {clock(ctx.now - since)}, since {stamp(since, ctx.zone, ctx.now)}."
        " `clockeye start --at WHEN` starts a timer, `clockeye add` stores what is over."
    )
    return Finding(line, "idle", since, quiet)


def _work_began(ctx: Context) -> int | None:
    """When the hours of work began that it is now; None outside of them."""
    first, last = ctx.settings.work_hours
    days = ctx.settings.work_days
    today = local(ctx.now, ctx.zone).date()
    for day in (today, today - ONE_DAY):
        # Hours that end no later than they begin go over midnight, and belong to the day of their beginning.
        end_day = day + timedelta(days=last <= first)
        began, ended = (
            first_instant(wall_time(of, seconds), ctx.zone) for of, seconds in ((day, first), (end_day, last))
        )
        if day.weekday() in days and began <= ctx.now < ended:
            return began
    return None
