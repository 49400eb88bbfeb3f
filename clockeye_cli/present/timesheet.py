"""The timesheet as a table: one row per project, one column per day."""

from __future__ import annotations

from clockeye_cli.core.duration import duration_form
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.sums import SHARE, label_text, shares_table

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.timesheet import Timesheet
    from clockeye_cli.core.totals import Sums

DAYS_OF_A_TIMESHEET = 7


SHORTEST_NAME = 10
"""Characters for a project's name at least; with less room, two tables replace the timesheet."""


def timesheet_tables(
    ctx: Context, selection: Selection, sheet: Timesheet, by_project: Sums, width: int
) -> list[Table]:
    """A week as a timesheet; if it does not fit, two tables with its totals, one below the other.

    Args:
        ctx: For the form of durations.
        selection: What the timesheet is of.
        sheet: The timesheet.
        by_project: The sums of the same entries by project.
        width: Terminal columns.
    """
    if _width(ctx, sheet) > width:
        sheet = sheet.without_empty_days()
    if _width(ctx, sheet) > width:
        return _narrow(ctx, selection, sheet, by_project)
    titles = _titles(sheet)
    columns = (
        Column("project", "Project"),
        *(Column(day.isoformat(), title, "duration") for day, title in zip(sheet.days, titles, strict=True)),
        Column("total", "Total", "duration"),
        *SHARE[1:],
    )
    most = max((line.total for line in sheet.lines), default=0)
    rows = [
        (
            label_text(selection.names.get(line.project_id or "")),
            *(seconds or None for seconds in line.days),
            line.total,
            line.total / sheet.total if sheet.total else 0.0,
            line.total / most if most else 0.0,
        )
        for line in sheet.lines
    ]
    sums = ("Total", *(seconds or None for seconds in sheet.sums), sheet.total, None, None)
    heading = selection.period.name
    return [Table(columns, [Section("", rows)], total=sums, heading=heading, across="total")]


def _titles(sheet: Timesheet) -> list[str]:
    return [f"{day:%a} {day.day}" for day in sheet.days]


def _width(ctx: Context, sheet: Timesheet) -> int:
    """The fewest terminal columns that a timesheet takes; a narrow table has one blank between columns."""
    values = [seconds for line in sheet.lines for seconds in line.days]
    text = duration_form(values, decimal_hours=ctx.listing.decimal)
    pairs = zip(sheet.sums, _titles(sheet), strict=True)
    days = [max(len(text(seconds)) if seconds else 0, len(title)) for seconds, title in pairs]
    return SHORTEST_NAME + sum(days) + len(days) + 1 + len(text(sheet.total))


def _narrow(ctx: Context, selection: Selection, sheet: Timesheet, by_project: Sums) -> list[Table]:
    """The replacement for a timesheet that does not fit: its totals by project, then by day."""
    days = [
        (f"{day:%a} {day}", seconds) for day, seconds in zip(sheet.days, sheet.sums, strict=True) if seconds
    ]
    columns = (Column("day", "Day"), Column("duration", "Total", "duration"))
    projects = shares_table(ctx, selection, ["project"], by_project)
    return [projects, Table(columns, [Section("", list(days))], total=("Total", sheet.total))]
