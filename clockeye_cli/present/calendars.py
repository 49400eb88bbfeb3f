"""The charts of `report`: a month as weeks and days, a year as a field for each day, and strips of days."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.calendar_levels import levels, longest_run
from clockeye_cli.core.day import ONE_DAY, WEEKDAYS
from clockeye_cli.core.duration import clock, whole_minutes
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Field, Section, Table
from clockeye_cli.present.day_strips import legend_of, stretches, strips_of
from clockeye_cli.present.sums import SHARE, heading
from clockeye_cli.present.targets import targets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums

A_WEEK, A_MONTH, A_YEAR = 7, 31, 366
FIELD_AND_TIME = 9
"""The columns of a day of a month with its time; seven of them and a total fit into 80."""


def charts(ctx: Context, selection: Selection, by_day: Sums, width: int) -> list[Table]:
    """The chart of a period by the day: a calendar; none for a week, and for more than a year.

    Args:
        ctx: For the rule of days, and the time to work.
        selection: What the sums are of.
        by_day: The sums by day.
        width: Terminal columns.
    """
    seconds = {group.labels[0]: group.sum.duration for group in by_day.groups}
    if not seconds:
        return []
    first, last = selection.period.first or min(seconds), selection.period.last or max(seconds)
    count = (last - first).days + 1
    if A_WEEK < count <= A_MONTH:
        return [_month(ctx, selection, seconds, first, last, width)]
    return [_heat(ctx, selection, seconds, first, last)] if A_MONTH < count <= A_YEAR else []


def strips(ctx: Context, selection: Selection, by_day: Sums) -> list[Table]:
    """The days of a report with a strip below each, and the marks of the projects.

    Args:
        ctx: For the rule of days.
        selection: The entries.
        by_day: The sums by day of the same entries.
    """
    from clockeye_cli.core.period_titles import day_title

    today, whole = ctx.rule.day_of(ctx.now), by_day.whole.duration
    tracked = stretches(ctx, selection)
    drawn = strips_of(ctx, tracked)
    sections = [
        Section(
            "",
            [],
            (day_title(day, today), seconds, seconds / whole if whole else 0.0),
            is_group=True,
            strip=drawn.get(day),
        )
        for day, seconds in ((group.labels[0], group.sum.duration) for group in by_day.groups)
    ]
    columns = (Column("day", "Day"), *SHARE[:2])
    table = Table(columns, sections, total=("Total", whole, None), heading=heading(ctx, selection))
    return [table, Table((), [], empty=legend_of(selection, tracked))]


class Scales:
    """The levels of days: by the time to work on each, and by quartiles of the days worked if none is set.

    Args:
        ctx: For the time to work.
        seconds: The time of each day that was worked.

    Attributes:
        usual: The levels of the longest day of work, and of days off.
    """

    def __init__(self, ctx: Context, seconds: Mapping[date, int]) -> None:
        self._targets = targets(ctx)
        self.usual = levels(seconds.values(), max(self._targets.week) if self._targets else 0)

    def of(self, day: date, seconds: int) -> int:
        """The level of a day, 0 to 4."""
        due = self._targets.of(day) if self._targets else 0
        return (levels((), due) if due else self.usual).of(seconds)


def _month(
    ctx: Context, selection: Selection, seconds: Mapping[date, int], first: date, last: date, width: int
) -> Table:
    """Weeks as rows and days as columns, with the total of each week."""
    scales = Scales(ctx, seconds)
    is_exact = any(each % 60 for each in seconds.values())
    has_times = not (is_exact or ctx.listing.decimal) and width >= A_WEEK * (FIELD_AND_TIME + 1) + 6
    weeks: dict[date, list[Field | None]] = {}
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        begin = ctx.rule.week_of(day)
        lasts = seconds.get(day, 0)
        field = Field(day.day, scales.of(day, lasts), lasts if has_times and lasts else None)
        weeks.setdefault(begin, [None] * A_WEEK)[(day - begin).days] = field
    rows = [
        (
            *fields,
            sum(seconds.get(begin + ONE_DAY * number, 0) for number in range(A_WEEK) if fields[number])
            or None,
        )
        for begin, fields in weeks.items()
    ]
    names = [WEEKDAYS[(number + ctx.rule.week_start) % A_WEEK][:3] for number in range(A_WEEK)]
    columns = (*(Column(name.lower(), name, "field") for name in names), Column("total", "Total", "duration"))
    total = (*[None] * A_WEEK, sum(seconds.values()))
    return Table(columns, [Section("", rows)], total=total, heading=heading(ctx, selection))


def _heat(ctx: Context, selection: Selection, seconds: Mapping[date, int], first: date, last: date) -> Table:
    """A row for each day up to today, drawn as a field for each."""
    scales = Scales(ctx, seconds)
    last = min(last, max(ctx.rule.day_of(ctx.now), *seconds))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    rows = [(day, seconds.get(day, 0), scales.of(day, seconds.get(day, 0))) for day in days]
    worked = [day for day in days if seconds.get(day)]
    whole = sum(seconds.values())
    hours, colon, minutes = (clock(whole) if whole % 60 else whole_minutes(whole)).partition(":")
    facts = [
        heading(ctx, selection),
        f"{int(hours):,}{colon}{minutes} on {counted(len(worked), 'day', 'days')}",
        f"{whole_minutes(whole // max(1, len(worked)))} a day worked",
        f"longest run {counted(longest_run(worked), 'day', 'days')}",
    ]
    columns = (
        Column("day", "Day", "day"),
        Column("duration", "Duration", "duration"),
        Column("level", "", "count"),
    )
    meta = {"legend": scales.usual.legend(), "week_start": ctx.rule.week_start}
    return Table(columns, [Section("", rows)], meta, heading=" · ".join(facts), stack="heat")
