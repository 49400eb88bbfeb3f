"""`clockeye gaps`: untracked time within working hours, each with the command that fills it."""

from __future__ import annotations

from itertools import chain

from clockeye_cli.core.command_lines import command_line
from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.moment import when_text
from clockeye_cli.core.period_titles import day_title
from clockeye_cli.core.phrases import span
from clockeye_cli.core.totals import Span
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.workday import WorkHours, untracked
from clockeye_cli.interpret.pages import PAGE
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.present.selection import meta
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Reading, TypedPeriod
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.state import Read

COLUMNS = (
    Column("started_at", "Start", "instant"),
    Column("ended_at", "End", "instant"),
    Column("duration", "Duration", "duration"),
)
LOOK = (
    Column("time", "Time"),
    Column("duration", "Duration", "duration"),
    Column("command", "Command", "id", drop=1),
)

HALF_A_DAY = DAY_SECONDS // 2


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.meta_columns import OF_PERIOD  # late: only `schema` needs it

    return JsonShape(
        COLUMNS, (*OF_PERIOD, COLUMNS[-1], Column("gaps", "", "count")), is_list=True, has_meta=True
    )


def gaps(ctx: Context, typed_period: TypedPeriod, *, how: Reading = "usual") -> None:
    """List the gaps of a period, today's up to now.

    Args:
        ctx: The run.
        typed_period: The period; empty for this week.
        how: Whether to read from the account.

    Raises:
        UsageError: The period, or a setting, is not understood.
        UnreachableError: A day of the period was never read from the account, and cannot be read now.
    """
    ctx.out.check_save()
    work = WorkHours(ctx.settings.work_days, ctx.settings.work_hours, ctx.settings.holidays, ctx.zone)
    least = ctx.settings.gaps_min
    period = period_of(ctx, typed_period, "week")
    # Time that was tracked elsewhere would look like a gap.
    reading = refresh(ctx, period, how=how, needs_all=True)
    rows = [(*gap, gap[1] - gap[0]) for gap in _gaps(ctx, period, work, least)]
    whole = Sum(sum(duration for *_, duration in rows))
    about = {**meta(ctx, period, whole, reading, measures=("duration",)), "gaps": len(rows)}
    del about["source"]
    empty = f"No gaps of {ctx.settings.value('gaps.min').text} or more: {period.name}."
    table = Table(COLUMNS, [Section("", rows)], about, empty=empty)
    ctx.out.table(table, look=lambda _: [_by_day(ctx, rows)])


def _gaps(ctx: Context, period: Period, work: WorkHours, least: int) -> list[tuple[int, int]]:
    whole = Span.of(period.bounds(ctx.rule))

    def gaps_in(read: Read) -> list[tuple[int, int]]:
        with read() as connection:
            # A timer that runs elsewhere on the account has no time yet, but whoever runs it is working.
            running = [timers.running(connection), *entries.running_elsewhere(connection)]
        # Whoever has been working since then leaves no gap up to now.
        end = min([whole.end, ctx.now, *(each.started_at for each in running if each)])
        tracked = _tracked(read, period.bounds(ctx.rule))
        first = next(tracked, (end, end))
        start = first[0] if period.first is None else whole.start
        return untracked(work.between(start, end), chain([first], tracked), least)

    return ctx.store.steadily(gaps_in)


def _tracked(read: Read, bounds: tuple[int | None, int | None]) -> Iterator[tuple[int, int]]:
    """The starts and ends of your entries in a span, by their starts."""
    beyond, is_end = None, False
    while not is_end:
        with read() as connection:
            page = entries.page(connection, *bounds, most=PAGE, beyond=beyond)
        yield from ((entry.started_at, entry.ended_at) for entry in page)
        is_end = len(page) < PAGE
        beyond = page[-1] if page else None


def _by_day(ctx: Context, rows: list[tuple[int, int, int]]) -> Table:
    """The gaps by the day on which they begin."""
    days: dict[date, list[Row]] = {}
    for start, end, duration in rows:
        cells = (span(start, end, ctx.zone, start), duration, _command(ctx, start, end))
        days.setdefault(ctx.rule.day_of(start), []).append(cells)
    today = ctx.rule.day_of(ctx.now)
    sections = [
        Section(day_title(day, today), of_day, title_total=sum(row[1] for row in of_day))
        for day, of_day in days.items()
    ]
    total = ("", sum(row[-1] for row in rows), "") if len(days) > 1 else None
    return Table(LOOK, sections, total=total)


def _command(ctx: Context, start: int, end: int) -> str:
    """The command that fills a gap, without a description."""
    to = when_text(end, ctx.zone)
    if end - start <= min(ctx.settings.max_timer, HALF_A_DAY):
        to = to.partition(" ")[2] or to  # a bare time is the first such time after the start
    return command_line("add", "--from", when_text(start, ctx.zone), "--to", to).strip("`")
