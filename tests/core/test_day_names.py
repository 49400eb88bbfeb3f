"""The days that people name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.day_names import calendar_date, day_name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("friday", "2026-11-20"),
        ("fri", "2026-11-20"),
        ("last friday", "2026-11-13"),
        ("monday", "2026-11-16"),
        ("last mon", "2026-11-16"),
        ("saturday", "2026-11-14"),
        ("1 day ago", "2026-11-19"),
        ("20 days ago", "2026-10-31"),
        ("2024-02-29", "2024-02-29"),
        ("nov 20", "2026-11-20"),
        ("21 november", "2025-11-21"),
        ("sept 1", "2026-09-01"),
        ("feb 29", "2024-02-29"),
        ("10 nov 2024", "2024-11-10"),
        ("nov 10, 2024", "2024-11-10"),
        ("1.2.", "2026-02-01"),
        ("24.12.2024", "2024-12-24"),
    ],
)
def test_words_for_days_on_a_friday(text: str, day: str) -> None:
    name = day_name(text)
    assert name is not None
    assert name.on(date(2026, 11, 20)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last",
        "last today",
        "days ago",
        "999999 days ago",
        "-1 days ago",
        "²-1-1",
        "no 10",
        "nov 100",
        "nov nov",
        "20.11",
    ],
)
def test_other_words_name_no_day(text: str) -> None:
    assert day_name(text) is None


@given(st.dates(date(1970, 1, 1), date(9998, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_today_included(today: date, weekday: int) -> None:
    word = WEEKDAYS[weekday].lower()
    this, last = day_name(word), day_name(f"last {word}")
    assert this is not None
    assert last is not None
    assert this.on(today).weekday() == last.on(today).weekday() == weekday
    assert today - timedelta(days=6) <= this.on(today) <= today
    assert today - timedelta(days=7) <= last.on(today) < today


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ((2026, 2, 30), "2026-02-30 does not exist"),
        ((2026, 0, 1), "2026-00-01 does not exist"),
        ((1969, 12, 31), "the year must be from 1970 to 9998"),
        ((9999, 1, 1), "the year must be from 1970 to 9998"),
    ],
)
def test_dates_that_do_not_exist_say_why(numbers: tuple[int, int, int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        calendar_date(*numbers)
