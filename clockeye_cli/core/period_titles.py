"""Days, weeks and periods as the headings of tables print them: `Wed 25 Nov · today`, `Week 47 · 16–22 Nov`.

A year is named where it is not this one. `core/period_headings.py` understands all of them.
"""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.day_names import MONTHS
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.core.period import Period


def day_title(day: date, today: date) -> str:
    """A day as `Wed 25 Nov`; today is marked."""
    return f"{day:%a} {_dated(day, today)}" + (" · today" if day == today else "")


def week_title(first: date, today: date) -> str:
    """The week that begins on a day; one that begins on a Monday has its number of ISO 8601."""
    number = f" {first.isocalendar().week}" if first.weekday() == 0 else ""
    return f"Week{number} · {_span(first, first + timedelta(days=6), today)}"


def period_title(period: Period, today: date) -> str:
    """The heading of a period: a day or a week as above, any other by its name."""
    if period.first is None or period.last is None:
        return period.name
    if period.first == period.last:
        return day_title(period.first, today)
    return week_title(period.first, today) if period.name.startswith("Week") else period.name


def _dated(day: date, today: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}" + (f" {day.year:04}" if day.year != today.year else "")


def _span(first: date, last: date, today: date) -> str:
    """Some days as `16–22 Nov`, `30 Nov – 6 Dec` or `28 Dec 2026 – 3 Jan 2027`."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_dated(last, today)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1][:3]} – {_dated(last, today)}"
    return f"{_dated(first, today)} – {_dated(last, today)}"
