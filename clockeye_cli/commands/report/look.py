"""What people see of a report: a timesheet, groups or shares, and charts."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.selection import stored
from clockeye_cli.interpret.sums import sum_up
from clockeye_cli.present.charts_wanted import wants_chart
from clockeye_cli.present.sums import shares_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.commands.report.calculation import Calculation, ReportSums, ReportView
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.cells import Table
    from clockeye_cli.present.targets import Due

DAYS_OF_A_TIMESHEET = 7


def look(
    calculation: Calculation, result: ReportSums, of_period: Due | None, view: ReportView, width: int
) -> list[Table]:
    """The tables to draw.

    Args:
        calculation: The calculation.
        result: Its result.
        of_period: The time to work; None if none is set.
        view: What is drawn.
        width: Terminal columns.
    """
    ctx, question, (selection, sums, _) = calculation.ctx, calculation.question, result
    first, last = selection.period.first, selection.period.last
    is_sheet = view.is_plain and view.top is None
    if is_sheet and first and last and 1 <= (last - first).days < DAYS_OF_A_TIMESHEET:
        from clockeye_cli.core.timesheet import timesheet  # late: nothing is drawn in a pipe
        from clockeye_cli.present.timesheet import timesheet_tables

        selection, (by_project, by_day) = sum_up(ctx, question, ("project",), ("project", "day"))
        sheet = timesheet(by_day, first, last)
        return timesheet_tables(ctx, selection, sheet, by_project, of_period, width)
    table = _sums(ctx, result, of_period, view, width)
    has_chart = wants_chart(ctx, usual=view.is_year)
    return _charted(ctx, question, sums, table, view, width) if has_chart else [table]


def _sums(ctx: Context, result: ReportSums, of_period: Due | None, view: ReportView, width: int) -> Table:
    selection, sums, _ = result
    table = people_table(ctx, selection, view.keys, sums, view.measures, width, view.top)
    return of_period.beside(table, view.keys, sums, view.top) if of_period else table


def people_table(
    ctx: Context,
    selection: Selection,
    keys: Sequence[str],
    sums: Sums,
    measures: Sequence[str],
    width: int,
    top: int | None = None,
) -> Table:
    """Sums for people on a terminal of some columns: in groups, if there are several keys."""
    if len(keys) == 1:
        return shares_table(ctx, selection, keys, sums, measures, top)
    from clockeye_cli.present.groups import grouped_table  # late: most reports have one key

    return grouped_table(ctx, selection, keys, sums, measures, top=top, width=width)


def _charted(
    ctx: Context, question: Query, sums: Sums, table: Table, view: ReportView, width: int
) -> list[Table]:
    """The sums by day with strips; any others below a calendar."""
    from clockeye_cli.present.calendars import charts, strips

    if [*view.keys] == ["day"] and view.top is None:
        with ctx.store.read() as connection:
            entries = stored(ctx, connection, question.period, question.wanted, question.reading)
        return strips(ctx, entries, sums)
    selection, (by_day,) = sum_up(ctx, question, ("day",))
    calendars = charts(ctx, selection, by_day, width)
    return [*calendars, table._replace(heading="") if calendars else table]
