"""What people see of a report: a timesheet, groups or shares, and charts."""

from __future__ import annotations

from clockeye_cli.core.timesheet import timesheet
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.interpret.selection import stored
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.present.sums import shares_table
from clockeye_cli.present.timesheet import DAYS_OF_A_TIMESHEET, timesheet_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.cells import Table
    from clockeye_cli.present.targets import Due


class Shown(NamedTuple):
    """What of a report is drawn.

    Attributes:
        keys: The keys of `--by`.
        measures: The measures.
        width: Terminal columns.
        top: How many rows are shown; None for all.
        has_chart: Whether charts are drawn.
        is_plain: Whether neither keys nor measures were asked for.
    """

    keys: Sequence[str]
    measures: Sequence[str]
    width: int
    top: int | None
    has_chart: bool
    is_plain: bool


def look(
    ctx: Context, question: Query, selection: Selection, sums: Sums, of_period: Due | None, shown: Shown
) -> list[Table]:
    """The tables to draw.

    Args:
        ctx: The run.
        question: What was asked.
        selection: What was summed up.
        sums: The sums.
        of_period: The time to work; None if none is set.
        shown: What is drawn.
    """
    first, last = selection.period.first, selection.period.last
    is_sheet = shown.is_plain and shown.top is None
    if is_sheet and first and last and 1 <= (last - first).days < DAYS_OF_A_TIMESHEET:
        selection, (by_project, by_day) = sum_up(ctx, question, ("project",), ("project", "day"))
        sheet = timesheet(by_day, first, last)
        return timesheet_tables(ctx, selection, sheet, by_project, of_period, shown.width)
    table = _sums(ctx, selection, sums, of_period, shown)
    return _charted(ctx, question, sums, table, shown) if shown.has_chart else [table]


def _sums(ctx: Context, selection: Selection, sums: Sums, of_period: Due | None, shown: Shown) -> Table:
    if len(shown.keys) > 1:
        from clockeye_cli.present.groups import grouped_table

        table = grouped_table(
            ctx, selection, shown.keys, sums, shown.measures, top=shown.top, width=shown.width
        )
    else:
        table = shares_table(ctx, selection, shown.keys, sums, shown.measures, shown.top)
    return of_period.beside(table, shown.keys, sums, shown.top) if of_period else table


def _charted(ctx: Context, question: Query, sums: Sums, table: Table, shown: Shown) -> list[Table]:
    """The sums by day with strips; any others below a calendar."""
    from clockeye_cli.present.calendars import charts, strips

    if [*shown.keys] == ["day"] and shown.top is None:
        with ctx.store.read() as connection:
            entries = stored(ctx, connection, question.period, question.wanted, question.reading)
        return strips(ctx, entries, sums)
    selection, (by_day,) = sum_up(ctx, question, ("day",))
    calendars = charts(ctx, selection, by_day, shown.width)
    return [*calendars, table._replace(heading="") if calendars else table]
