"""`clockeye check`: report a timer that was left running or not started, or entries that overlap."""

from __future__ import annotations

from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.duration import clock, parse_duration
from clockeye_cli.core.overlapping import counted_twice
from clockeye_cli.core.overlapping import overlaps as overlaps_of
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.selection import TypedPeriod
from clockeye_cli.core.totals import FOREVER, Span
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.workday import hours_of
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import overlapping as overlapping_entries
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry, Timer
    from clockeye_cli.store.database import Connection

COLUMNS = (
    Column("found", "Found", "id"),
    Column("since", "Since", "instant"),
    Column("duration", "Duration", "duration"),
    Column("limit", "Limit", "duration"),
    Column("local_id", "Id", "id"),
)
BUDGETS = Column("budgets", "Budgets", "words")
WITH_ENTRIES = (*COLUMNS, Column("entries", "Entries", "words"))


class Alarm(NamedTuple):
    """A problem to report.

    Attributes:
        lines: The problem in words, and the command that solves it.
        option: `max`, `idle`, `overlaps` or `budget`, the option that found it.
        since: The instant when it began.
        duration: How many seconds it lasts; of overlaps, those that are counted twice.
        limit: Seconds; no fewer have passed since then. 0 for overlaps.
        local_id: The timer's id, if the problem is a timer.
        entries: The ids of the entries that overlap.
        budgets: The names of the projects and clients whose budgets are used up.
    """

    lines: list[str]
    option: str
    since: int
    duration: int
    limit: int = 0
    local_id: str | None = None
    entries: Sequence[str] = ()
    budgets: Sequence[str] = ()


def check(
    ctx: Context,
    *,
    longest: str = "",
    idle: str = "",
    overlaps: bool = False,
    period: str = "",
    budget: bool = False,
) -> None:
    """Report a problem and end with exit code 1; print nothing if there is none.

    Args:
        ctx: The run.
        longest: A DURATION that the running timer must not exceed; `max_timer` if neither option is given.
        idle: A DURATION without a timer or an entry within working hours.
        overlaps: Whether to look for entries that overlap.
        period: A PERIOD to look for them in; all that is stored by default.
        budget: Whether to look for budgets that are used up.

    Raises:
        UsageError: A value is not a DURATION or a PERIOD, or the period has nothing to look for.
        UnreachableError: A day of the period was never read from the account, and cannot be read now.
    """
    if period and not overlaps:
        from clockeye_cli.core.command_lines import command_line  # late: only a slip needs it

        line = command_line("check", "--overlaps", "--period", period)
        raise UsageError("--period works only with --overlaps.", hint=f"Run {line}.")
    ctx.has_named_zone = True  # cron mails what it prints, and may have another zone than the shell
    most = parse_duration(longest) if longest else None
    quiet = parse_duration(idle) if idle else None
    if most is None and quiet is None and not overlaps and not budget:
        most = ctx.settings.max_timer
    ctx.has_listed_outbox = True  # no notice: cron would mail it every time
    span = _read_span(ctx, period) if overlaps else None
    alarm = _of_times(ctx, most, quiet, span) or (_used_up(ctx) if budget else None)
    if alarm is None:
        ctx.out.result([], None)
    else:
        ctx.out.result(alarm.lines, _record(alarm))
        ctx.exit_code = 1


def _of_times(ctx: Context, most: int | None, quiet: int | None, span: Span | None) -> Alarm | None:
    """The first problem of the timer or the entries; None is a limit that is not asked about."""
    with ctx.store.read() as connection:
        runs = timers.current(connection)
        alarm: Alarm | None = None
        if runs and most is not None:
            alarm = _too_long(ctx, runs, projects.names(connection), most)
        elif runs is None and quiet is not None:
            alarm = _idle(ctx, connection, quiet)
        if alarm is None and span is not None:
            alarm = _overlaps(ctx, connection, span, runs)
        return alarm


def _record(alarm: Alarm) -> Record:
    if alarm.budgets:
        return Record((*COLUMNS[:2], BUDGETS), (*alarm[1:3], alarm.budgets))
    columns = WITH_ENTRIES if alarm.entries else COLUMNS
    return Record(columns, alarm[1 : len(columns) + 1])


def _read_span(ctx: Context, period: str) -> Span:
    """The instants to look for overlaps in; the days of a period are read from the account if need be."""
    if not period:
        return Span(-FOREVER, FOREVER)
    days = period_of(ctx, TypedPeriod(option=period), "all")
    refresh(ctx, days, needs_all=True)  # an overlap may be on a day that is not here
    return Span.of(days.bounds(ctx.rule))


def _overlaps(ctx: Context, connection: Connection, span: Span, runs: Timer | None) -> Alarm | None:
    running = runs.until(max(runs.started_at, ctx.now)) if runs else None
    overlapping = overlapping_entries(connection, span, running)
    pairs = overlaps_of(overlapping, span)
    if not pairs:
        return None
    names = projects.names(connection)

    def in_words(entry: TimeEntry) -> str:
        if runs and entry.local_id == runs.local_id:
            return f"the timer ({describe(runs, names, ctx.zone, ctx.now, exact=True)})"
        return f"{entry.local_id} ({describe(entry, names, ctx.zone, ctx.now, exact=True)})"

    lines = [
        f"{in_words(pair.first)} and {in_words(pair.second)} overlap for {clock(pair.duration)}."
        for pair in pairs
    ]
    advice = "`clockeye edit ENTRY --from WHEN` or `--to WHEN` changes one of them."
    ids = dict.fromkeys(entry.local_id for pair in pairs for entry in pair)
    return Alarm(
        [*lines, advice],
        "overlaps",
        pairs[0].second.started_at,
        counted_twice(overlapping, span),
        entries=[*ids],
    )


def _used_up(ctx: Context) -> Alarm | None:
    """The budgets of which nothing is left; their days are read from the account if need be."""
    from clockeye_cli.interpret.budget_uses import all_budget_uses
    from clockeye_cli.present.budgets import sentence

    used_up = [use for use in all_budget_uses(ctx) if use.is_used_up]
    if not used_up:
        return None
    names = [use.name for use in used_up]
    return Alarm([sentence(use) for use in used_up], "budget", ctx.now, 0, budgets=names)


def _too_long(ctx: Context, runs: Timer, names: dict[str, str], most: int) -> Alarm | None:
    length = ctx.now - runs.started_at
    if length <= most:
        return None
    line = (
        f"The timer has been running for {clock(length)}, longer than {clock(most)}"
        f" ({describe(runs, names, ctx.zone, ctx.now)})."
        " `clockeye stop --at WHEN` stops it at an earlier time."
    )
    return Alarm([line], "max", runs.started_at, length, most, runs.local_id)


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
    return Alarm([line], "idle", since, ctx.now - since, quiet)


def _work_began(ctx: Context) -> int | None:
    """When the current working hours began; None outside working hours."""
    days = ctx.settings.work_days
    today = local(ctx.now, ctx.zone).date()
    for day in (today, today - ONE_DAY):
        began, ended = hours_of(day, ctx.settings.work_hours, ctx.zone)
        if day.weekday() in days and began <= ctx.now < ended:
            return began
    return None
