"""Periods: the runs of days that `log`, `report` and other commands show, each with its name in headings."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR, ONE_DAY, WEEKDAYS
from clockeye_cli.core.day_names import MONTHS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from clockeye_cli.core.day import DayRule

MONTHS_IN_YEAR = 12
MONTHS_OF = {"month": 1, "quarter": 3, "year": MONTHS_IN_YEAR}
"""How many months the longer units have."""


class Period(NamedTuple):
    """A run of days.

    Attributes:
        first: The first day; None for the beginning of time.
        last: The last day, included; None for the end of time.
        name: Its name in headings; `core/period_words.py` understands each of them as this period.
    """

    first: date | None
    last: date | None
    name: str

    def bounds(self, rule: DayRule) -> tuple[int | None, int | None]:
        """The instants at which the period begins (included) and ends (excluded); None where it is open."""
        return (
            None if self.first is None else rule.start(self.first),
            None if self.last is None else rule.start(self.last + ONE_DAY),
        )


ALL_TIME = Period(None, None, "All time")


def days(first: date, last: date) -> Period:
    """The days from one to another, both included."""
    if first == last:
        return Period(first, first, f"{WEEKDAYS[first.weekday()]} {first}")
    return Period(first, last, f"{first} to {last}")


def week(first: date) -> Period:
    """The week that begins on a day; one that begins on a Monday has its number of ISO 8601."""
    last = first + timedelta(days=6)
    number = f" {first.isocalendar().week}," if first.weekday() == 0 else ""
    return Period(first, last, f"Week{number} {first} to {last}")


def iso_week(year: int, number: int) -> Period:
    """A week of ISO 8601.

    Raises:
        ValueError: The year has no such week, or is not supported.
    """
    _check_year(year)
    try:
        return week(date.fromisocalendar(year, number, 1))
    except ValueError:
        raise ValueError(f"{year} has no week {number}") from None


def months(unit: str, year: int, number: int = 1) -> Period:
    """A month, a quarter or a year.

    Args:
        unit: A key of MONTHS_OF.
        year: Its year.
        number: Which one of its year, from 1.

    Raises:
        ValueError: The year has no such unit, or is not supported.
    """
    _check_year(year)
    count = MONTHS_OF[unit]
    if not 1 <= number <= MONTHS_IN_YEAR // count:
        raise ValueError(f"there is no {unit} {number}")
    month = (number - 1) * count + 1
    first = date(year, month, 1)
    end = month + count
    last = date(year + (end > MONTHS_IN_YEAR), (end - 1) % MONTHS_IN_YEAR + 1, 1) - ONE_DAY
    name = {
        "month": f"{MONTHS[month - 1]} {year}",
        "quarter": f"{year}-Q{number}, {first} to {last}",
        "year": str(year),
    }[unit]
    return Period(first, last, name)


def unit_before(unit: str, back: int, today: date, week_start: int) -> Period:
    """The week, month, quarter or year some of them before the one that contains today; 0 for that one.

    Raises:
        ValueError: It is before the years that are supported.
    """
    if unit == "week":
        begin = today.toordinal() - (today.weekday() - week_start) % 7 - 7 * back
        _check_year(date.fromordinal(begin).year if begin > 0 else 0)
        return week(date.fromordinal(begin))
    year, number = divmod(
        today.month - 1 + MONTHS_IN_YEAR * today.year - MONTHS_OF[unit] * back, MONTHS_IN_YEAR
    )
    return months(unit, year, number // MONTHS_OF[unit] + 1)


def last_units(unit: str, count: int, today: date, week_start: int) -> Period:
    """The last few days up to today, or the last few whole weeks, months, quarters or years before this one.

    Raises:
        ValueError: The count is 0, or they begin before the years that are supported.
    """
    if count == 0:
        raise ValueError(f"it must have at least one {unit}")
    if unit == "day":
        first, last = today - timedelta(days=count - 1), today
    else:
        begin, end = (unit_before(unit, back, today, week_start) for back in (count, 1))
        if begin == end or begin.first is None or end.last is None:
            return end
        first, last = begin.first, end.last
    return (
        days(first, last) if count == 1 else Period(first, last, f"Last {count} {unit}s, {first} to {last}")
    )


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")


def label(unit: str, first: date) -> str:
    """The label of `--by` for the day, week, month, quarter or year that begins on a day.

    A week that begins on a Monday has its number of ISO 8601, `2026-W47`; another is `week of 2026-11-15`.
    """
    if unit == "week" and first.weekday() == 0:
        year, number, _ = first.isocalendar()
        return f"{year}-W{number:02}"
    return {
        "day": first.isoformat(),
        "week": f"week of {first}",
        "month": f"{first.year:04}-{first.month:02}",
        "quarter": f"{first.year:04}-Q{(first.month + 2) // 3}",
        "year": f"{first.year:04}",
    }[unit]
