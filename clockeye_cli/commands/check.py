"""`clockeye check`: report a timer that was left running, or one that was not started."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.day import ONE_DAY, first_instant, local, wall_time
from clockeye_cli.core.duration import clock, parse_duration
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
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


class Alarm(NamedTuple):
    """A problem to report.

    Attributes:
        line: The problem in words, and the command that solves it.
        option: `max` or `idle`, the option that it exceeds.
        since: The instant when it began.
        limit: Seconds; at least as many have passed since then.
        local_id: The timer's id, if the problem is a timer.
    """

    line: str
    option: str
    since: int
    limit: int
    local_id: str | None = None


def check(ctx: Context, *, longest: str = "", idle: str = "") -> None:
    """Report a problem and end with exit code 1; print nothing if there is none.

    Args:
        ctx: The run.
        longest: A DURATION that the running timer must not exceed; `max_timer` if neither option is given.
        idle: A DURATION without a timer or an entry within working hours.

    Raises:
        UsageError: A value is not a DURATION.
    """
    most = parse_duration(longest) if longest else None
    quiet = parse_duration(idle) if idle else None
    if most is None and quiet is None:
        most = ctx.settings.max_timer
    ctx.has_listed_outbox = True  # no notice: cron would mail it every time
    with ctx.store.read() as connection:
        runs = timers.current(connection)
        finding: Alarm | None = None
        if runs and most is not None:
            finding = _too_long(ctx, runs, projects.names(connection), most)
        elif runs is None and quiet is not None:
            finding = _idle(ctx, connection, quiet)
    if finding is None:
        ctx.out.result([], None)
        return
    cells = (finding.option, finding.since, ctx.now - finding.since, finding.limit, finding.local_id)
    ctx.out.result(finding.line, Record(COLUMNS, cells))
    ctx.exit_code = 1


def _too_long(ctx: Context, runs: Timer, names: dict[str, str], most: int) -> Alarm | None:
    length = ctx.now - runs.started_at
    if length <= most:
        return None
    line = (
        f"The timer has been running for {clock(length)}, longer than {clock(most)}"
        f" ({describe(runs, names, ctx.zone, ctx.now)})."
        " `clockeye stop --at WHEN` stops it at an earlier time."
    )
    return Alarm(line, "max", runs.started_at, most, runs.local_id)


def _idle(ctx: Context, connection: Connection, quiet: int) -> Alarm | None:
    began = _work_began(ctx)
    if began is None:
        return None
    last = entries.latest(connection, ctx.now)
    since = max(began, last.ended_at if last else began)
    if ctx.now - since < quiet:
        return None
    line = (
        f"Nothing has been tracked for {clock(ctx.now - since)}, since {stamp(since, ctx.zone, ctx.now)}."
        " `clockeye start --at WHEN` starts a timer, and `clockeye add` stores finished work."
    )
    return Alarm(line, "idle", since, quiet)


def _work_began(ctx: Context) -> int | None:
    """When the current working hours began; None outside working hours."""
    first, last = ctx.settings.work_hours
    days = ctx.settings.work_days
    today = local(ctx.now, ctx.zone).date()
    for day in (today, today - ONE_DAY):
        # Hours that end no later than they begin go over midnight and belong to the day on which they begin.
        end_day = day + timedelta(days=last <= first)
        began, ended = (
            first_instant(wall_time(of, seconds), ctx.zone) for of, seconds in ((day, first), (end_day, last))
        )
        if day.weekday() in days and began <= ctx.now < ended:
            return began
    return None
