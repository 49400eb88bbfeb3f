"""Time over a period: a timesheet with a row for each day or month, and a calendar of weeks for a year."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core import period as periods
from clockeye_cli.core.day import ONE_DAY, WEEKDAYS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.cells import Row
    from clockeye_cli.present.targets import Due

UNITS = {"day": 31, "week": 120, "month": 1_100}
"""The unit of a timesheet's rows, and the most days of a period with such rows; beyond that, years."""

DUE = (Column("target", "Target", "duration"), Column("balance", "Balance", "balance"))

MOST_PROJECTS = 6
OTHERS, NONE = "others", "none"
DAYS_OF_A_YEAR = 366
MOST_YEARS = 10


def extent(ctx: Context, period: Period, by_day: Sums) -> tuple[date, date]:
    """The first and the last day to show: those of the period, but no future days without time."""
    days = [group.labels[0] for group in by_day.groups]
    first = period.first or min(days)
    today = ctx.rule.day_of(ctx.now)
    last = min(period.last, max(today, *days)) if period.last else max(days)
    return first, max(first, last)


def timesheet(
    ctx: Context,
    period: Period,
    by_day: Sums,
    names: Mapping[str | None, str],
    of_period: Due | None = None,
) -> Table:
    """One row for each day, week, month or year, one column for each project: the largest, then all others.

    Args:
        ctx: For the rule of days.
        period: The days.
        by_day: Sums by day and project; at least one.
        names: The names of the projects, the largest first.
        of_period: The time to work, shown after the total with the balance; None if none is set.
    """
    first, last = extent(ctx, period, by_day)
    count = (last - first).days + 1
    unit = next((unit for unit, most in UNITS.items() if count <= most), "year")
    kept = [*names] if len(names) <= MOST_PROJECTS + 1 else [*names][:MOST_PROJECTS]
    keys = [project_id or NONE for project_id in kept] + [OTHERS] * (len(kept) < len(names))
    cells: dict[date, dict[str, int]] = {}
    for number in range(count):
        cells.setdefault(_unit_of(ctx, unit, first + timedelta(days=number)), {})
    for group in by_day.groups:
        day, project_id = group.labels
        of_unit = cells[_unit_of(ctx, unit, day)]
        key = (project_id or NONE) if project_id in kept else OTHERS
        of_unit[key] = of_unit.get(key, 0) + group.sum.duration
    titles = {**{project_id or NONE: name for project_id, name in names.items()}, OTHERS: "Others"}
    columns = (
        Column("time", unit.capitalize(), "day" if unit == "day" else "id"),
        *(Column(key, titles[key], "duration") for key in keys),
        Column("total", "Total", "duration"),
    )
    rows: list[Row] = [
        (
            begin if unit == "day" else periods.label(unit, begin),
            *(of_unit.get(key) for key in keys),
            sum(of_unit.values()) or None,
        )
        for begin, of_unit in cells.items()
    ]
    sums = [sum([row[place] or 0 for row in rows]) for place in range(1, len(columns))]
    table = Table(
        columns, [Section("", rows)], total=("Total", *sums), heading=f"By {unit} and project", across="total"
    )
    return _with_target(table, unit, [*cells], of_period) if of_period else table


def _with_target(table: Table, unit: str, firsts: Sequence[date], of_period: Due) -> Table:
    """A timesheet with target and balance after the total; empty for days that are still to come."""
    dues = [of_period.of_unit(unit, first) for first in firsts]
    rows = [
        (*row, due, None if due is None else (row[-1] or 0) - due)
        for row, due in zip(table.rows, dues, strict=True)
    ]
    whole = of_period.seconds
    total = table.total or ()
    return table._replace(
        columns=(*table.columns, *DUE),
        sections=[Section("", rows)],
        total=(*total, whole, None if whole is None else total[-1] - whole),
    )


def _unit_of(ctx: Context, unit: str, day: date) -> date:
    first = ctx.rule.units_of(day)[unit]
    return first if isinstance(first, date) else day


def calendars(ctx: Context, period: Period, by_day: Sums) -> list[Table]:
    """A year as weeks and their days, for a period of more than a month: one for each of its latest years."""
    first, last = extent(ctx, period, by_day)
    if (last - first).days < UNITS["day"]:
        return []
    seconds: dict[date, int] = {}
    for group in by_day.groups:
        seconds[group.labels[0]] = seconds.get(group.labels[0], 0) + group.sum.duration
    is_one = (last - first).days <= DAYS_OF_A_YEAR
    spans = [(first, last)] if is_one else [*_years(first, last)][-MOST_YEARS:]
    return [
        _calendar(ctx, span, seconds, "By week and day" if is_one else str(span[0].year)) for span in spans
    ]


def _years(first: date, last: date) -> Iterator[tuple[date, date]]:
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


def _calendar(ctx: Context, span: Sequence[date], seconds: Mapping[date, int], heading: str) -> Table:
    first, last = span
    names = [WEEKDAYS[(number + ctx.rule.week_start) % 7][:3] for number in range(7)]
    columns = (
        Column("week", "Week of", "day"),
        *(Column(f"day{number}", name, "duration") for number, name in enumerate(names)),
        Column("total", "Total", "duration"),
    )
    rows: list[Row] = []
    week = ctx.rule.week_of(first)
    while week <= last:
        days = [week + ONE_DAY * number for number in range(7)]
        cells = [seconds.get(day, 0) if first <= day <= last else None for day in days]
        rows.append((week, *cells, sum(each or 0 for each in cells)))
        week += 7 * ONE_DAY
    sums = [sum([row[place] or 0 for row in rows]) for place in range(1, len(columns))]
    return Table(columns, [Section("", rows)], total=("Total", *sums), heading=heading, across="total")
