"""The timesheet as a table: one row per project, one column per day."""

from __future__ import annotations

from clockeye_cli.core.duration import duration_form, signed
from clockeye_cli.core.period_titles import day_title
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.wrapping import columns as columns_of
from clockeye_cli.output.cells import TARGET, Column, Marked, Section, Table
from clockeye_cli.present.sums import SHARE, label_text, shares_table, slots_of
from clockeye_cli.present.sums import heading as heading_of

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.timesheet import Timesheet, TimesheetLine
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.present.targets import Due

SHORTEST_NAME = 10
"""Characters for a project's name at least; with less room, two tables replace the timesheet."""

EXTRAS = 1 + 2 + 5 + 2 + 4
"""Terminal columns for wider gaps, the shares and the shortest bars; empty weekends go before these."""


def timesheet_tables(
    ctx: Context,
    selection: Selection,
    sheet: Timesheet,
    by_project: Sums,
    of_period: Due | None,
    width: int,
) -> list[Table]:
    """A week as a timesheet; if it does not fit, two tables with its totals, one below the other.

    Args:
        ctx: For the form of durations.
        selection: What the timesheet is of.
        sheet: The timesheet.
        by_project: The sums of the same entries by project.
        of_period: The time to work in the period; None for none.
        width: Terminal columns.
    """
    longest = max((columns_of(_name(selection, line)) for line in sheet.lines), default=0)
    whole = _width(ctx, sheet, of_period) + max(0, longest - SHORTEST_NAME) + len(sheet.days) + EXTRAS
    if whole > width:
        sheet = sheet.without_empty_weekends()
    if _width(ctx, sheet, of_period) > width:
        sheet = sheet.without_empty_days()
    if _width(ctx, sheet, of_period) > width:
        return _narrow(ctx, selection, sheet, by_project, of_period)
    titles = _titles(sheet)
    columns = (
        Column("project", "Project", "marked"),
        *(Column(day.isoformat(), title, "duration") for day, title in zip(sheet.days, titles, strict=True)),
        Column("total", "Total", "duration"),
        *SHARE[1:],
    )
    most = max((line.total for line in sheet.lines), default=0)
    slots = slots_of(ctx)
    rows = [
        (
            Marked(_name(selection, line), slots.get(line.project_id)),
            *(seconds or None for seconds in line.days),
            line.total,
            line.total / sheet.total if sheet.total else 0.0,
            line.total / most if most else 0.0,
        )
        for line in sheet.lines
    ]
    sums = ("Total", *(seconds or None for seconds in sheet.sums), sheet.total, None, None)
    target = (TARGET, *_due_days(sheet, of_period), of_period.seconds, None, None) if of_period else None
    heading = heading_of(ctx, selection)
    return [Table(columns, [Section("", rows)], total=sums, target=target, heading=heading, across="total")]


def _due_days(sheet: Timesheet, of_period: Due | None) -> list[int | None]:
    """The seconds to work on each day; None where nothing was to do, or where that is still to come."""
    return [
        (of_period.of(day) if of_period else None) or (0 if of_period and seconds else None)
        for day, seconds in zip(sheet.days, sheet.sums, strict=True)
    ]


def _name(selection: Selection, line: TimesheetLine) -> str:
    return label_text(selection.names.get(line.project_id or ""))


def _titles(sheet: Timesheet) -> list[str]:
    return [f"{day:%a} {day.day}" for day in sheet.days]


def _width(ctx: Context, sheet: Timesheet, of_period: Due | None) -> int:
    """The fewest terminal columns that a timesheet takes; a narrow table has one blank between columns."""
    due_days = _due_days(sheet, of_period)
    values = [*(seconds for line in sheet.lines for seconds in line.days), *(each or 0 for each in due_days)]
    text = duration_form(values, decimal_hours=ctx.listing.decimal)

    def widest(seconds: int, due_seconds: int | None) -> int:
        over = "" if due_seconds is None else signed(seconds - due_seconds, text)
        return max(len(over), len(text(max(seconds, due_seconds or 0))) if seconds or due_seconds else 0)

    columns = zip(_titles(sheet), sheet.sums, due_days, strict=True)
    days = [max(len(title), widest(seconds, due_seconds)) for title, seconds, due_seconds in columns]
    total = widest(sheet.total, of_period.seconds if of_period else None)
    return SHORTEST_NAME + sum(days) + len(days) + 1 + total


def _narrow(
    ctx: Context, selection: Selection, sheet: Timesheet, by_project: Sums, of_period: Due | None
) -> list[Table]:
    """The replacement for a timesheet that does not fit: its totals by project, then by day."""
    today = ctx.rule.day_of(ctx.now)
    days = [
        (day_title(day, today), seconds)
        for day, seconds in zip(sheet.days, sheet.sums, strict=True)
        if seconds
    ]
    columns = (Column("day", "Day"), Column("duration", "Total", "duration"))
    keys = ["project"]
    projects = shares_table(ctx, selection, keys, by_project)
    if of_period:
        projects = of_period.beside(projects, keys, by_project)
    return [projects, Table(columns, [Section("", list(days))], total=("Total", sheet.total))]
