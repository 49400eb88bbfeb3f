"""The timesheet: one row per project, one column per day, totals in both directions."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from clockeye_cli.core.totals import Sums


SATURDAY = 5


class TimesheetLine(NamedTuple):
    """The row of a project.

    Attributes:
        project_id: The project's id; None for entries without a project.
        days: Seconds per day.
        total: The sum of the days.
    """

    project_id: Any
    days: list[int]
    total: int


class Timesheet(NamedTuple):
    """A period by project and day.

    Attributes:
        days: The days, in order.
        lines: The projects, the longest time first.
        sums: Seconds per day, over all projects.
        total: The sum of everything.
    """

    days: list[date]
    lines: list[TimesheetLine]
    sums: list[int]
    total: int

    def without_empty_days(self) -> Timesheet:
        """The same timesheet without the days on which nothing was tracked."""
        return self._with([number for number, seconds in enumerate(self.sums) if seconds])

    def without_empty_weekends(self) -> Timesheet:
        """The same timesheet without the Saturdays and Sundays on which nothing was tracked."""
        pairs = enumerate(zip(self.days, self.sums, strict=True))
        return self._with([number for number, (day, seconds) in pairs if seconds or day.weekday() < SATURDAY])

    def _with(self, kept: list[int]) -> Timesheet:
        def only(row: list[Any]) -> list[Any]:
            return [row[number] for number in kept]

        lines = [line._replace(days=only(line.days)) for line in self.lines]
        return Timesheet(only(self.days), lines, only(self.sums), self.total)


def timesheet(sums: Sums, first: date, last: date) -> Timesheet:
    """The timesheet of the days `first` to `last`, both included, from their sums by project and day."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    by_project: dict[Any, dict[date, int]] = {}
    for group in sums.groups:
        project_id, day = group.labels
        by_project.setdefault(project_id, {})[day] = group.sum.duration
    lines = [
        TimesheetLine(project_id, [seconds.get(day, 0) for day in days], sum(seconds.values()))
        for project_id, seconds in by_project.items()
    ]
    of_days = [sum(line.days[number] for line in lines) for number in range(len(days))]
    return Timesheet(days, lines, of_days, sum(of_days))
