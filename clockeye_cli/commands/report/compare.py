"""`clockeye report --compare`: the sums of a period, compared with those of the one before."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.commands.report.look import people_table
from clockeye_cli.core.comparison import compared, days_before
from clockeye_cli.core.day import FIRST_YEAR
from clockeye_cli.core.measures import COMPARED, USUAL
from clockeye_cli.core.period import days
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.filters import by_ids
from clockeye_cli.interpret.pages import Query
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.present.selection import meta, nothing, say_notes
from clockeye_cli.present.sums import labels, sum_row, sums_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Filter, Reading, TypedPeriod
    from clockeye_cli.output.cells import Table


def compare(
    ctx: Context, typed_period: TypedPeriod, filters: Filter, keys: Sequence[str], how: Reading
) -> None:
    """Show the sums of a period and of the one before.

    Args:
        ctx: The run.
        typed_period: The period; empty for this week.
        filters: The conditions for entries of both.
        keys: The keys of the rows.
        how: Whether to read from the account.

    Raises:
        UsageError: The period is not understood, or there is none before it.
        UnreachableError: A day of both was never read from the account, and cannot be read now.
    """
    period = period_of(ctx, typed_period, "week")
    first, _ = _bounds(period)
    first_before, last_before = _before(ctx, period)
    earlier = days(first_before, last_before)
    wanted = by_ids(ctx, filters)
    # A difference to days that were never read would be false.
    reading, reading_before = (
        refresh(ctx, each, filters.whose, how, needs_all=True) for each in (period, earlier)
    )
    queries = Query(period, wanted, reading, None), Query(earlier, wanted, reading_before, None)
    (selection, (now,)), (_, (before,)) = ctx.store.steadily(
        lambda read: [sum_up(ctx, query, keys, read=read) for query in queries]
    )
    sums = compared(now, before, keys, (first, first_before), ctx.rule)
    reading = reading._replace(unread=[*reading_before.unread, *reading.unread])
    about = {
        **meta(ctx, period, sums.whole, reading),
        "before": sums.whole.before,
        "difference": sums.whole.difference,
        "before_from": first_before.isoformat(),
        "before_to": last_before.isoformat(),
    }
    measures = (*USUAL, *COMPARED)
    rows = [sum_row(labels(ctx, keys, group, selection), group.sum, measures) for group in sums.groups]
    table = sums_table(keys, rows, sums.whole, about, nothing(period, filters), measures)
    heading = f"{period.name}, compared with {earlier.name}"

    def look(width: int) -> list[Table]:
        return [people_table(ctx, selection, keys, sums, measures, width)._replace(heading=heading)]

    ctx.out.table(table._replace(notes=reading.never_read), look=look)
    say_notes(ctx, selection)


def _bounds(period: Period) -> tuple[date, date]:
    if period.first is None or period.last is None:
        raise UsageError(
            "There is no period before all time.",
            hint="Name a period, as in `clockeye report --month --compare`.",
        )
    return period.first, period.last


def _before(ctx: Context, period: Period) -> tuple[date, date]:
    """The first and the last day of the period before."""
    with suppress(ValueError, OverflowError):  # before the calendar
        first, last = days_before(*_bounds(period), ctx.rule.day_of(ctx.now))
        if first.year >= FIRST_YEAR:
            return first, last
    raise UsageError(
        f"The period before {period.name} begins before {FIRST_YEAR}.", hint="Name a later period."
    )
