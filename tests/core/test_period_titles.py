"""Headings of days and weeks, and the period that each is when it is typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.period import Period, days, week
from clockeye_cli.core.period_titles import day_title, period_title, week_title
from clockeye_cli.core.period_words import parse_period

WEDNESDAY = date(2026, 11, 25)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (WEDNESDAY, "Wed 25 Nov · today"),
        (date(2026, 11, 3), "Tue 3 Nov"),
        (date(2025, 11, 16), "Sun 16 Nov 2025"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
    ],
)
def test_days(day: date, title: str) -> None:
    assert day_title(day, WEDNESDAY) == title


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (date(2026, 11, 16), "Week 47 · 16–22 Nov"),
        (date(2026, 11, 30), "Week 49 · 30 Nov – 6 Dec"),
        (date(2025, 11, 17), "Week 47 · 17–23 Nov 2025"),
        (date(2026, 12, 28), "Week 53 · 28 Dec – 3 Jan 2027"),
        (date(2026, 11, 15), "Week · 15–21 Nov"),
    ],
)
def test_weeks(first: date, title: str) -> None:
    assert week_title(first, WEDNESDAY) == title


def test_other_periods_keep_their_names() -> None:
    assert (
        period_title(Period(date(2026, 11, 1), date(2026, 11, 30), "November 2026"), WEDNESDAY)
        == "November 2026"
    )
    assert period_title(Period(None, None, "All time"), WEDNESDAY) == "All time"


@given(DAYS, DAYS, st.integers(0, 6))
def test_what_a_heading_says_is_understood(day: date, today: date, week_start: int) -> None:
    assert parse_period(day_title(day, today), today, week_start) == days(day, day)
    begin = day - timedelta(days=(day.weekday() - week_start) % 7)
    assert parse_period(week_title(begin, today), today, week_start) == week(begin)
    assert parse_period(week_title(begin, today).upper(), today, 0) == week(begin)
