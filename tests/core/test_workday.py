"""The time to work: how it is written, and what is due on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.work_words import TypedTarget, listed_holidays, parse_holidays, parse_target
from clockeye_cli.core.workday import Holiday, Targets, reached_at, spread
from clockeye_cli.errors import ClockeyeError

HOUR = 3600
OFFICE = frozenset(range(5))
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8h", (8, 8, 8, 8, 8, 0, 0)),
        ("8h a day", (8, 8, 8, 8, 8, 0, 0)),
        ("7:30", (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)),
        ("PT7H30M", (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)),
        ("7,5h", (7.5, 7.5, 7.5, 7.5, 7.5, 0, 0)),
        ("40h a week", (8, 8, 8, 8, 8, 0, 0)),
        ("38h per week", (7.6, 7.6, 7.6, 7.6, 7.6, 0, 0)),
        ("38h/week", (7.6, 7.6, 7.6, 7.6, 7.6, 0, 0)),
        ("mon-thu 8h, fri 6h", (8, 8, 8, 8, 6, 0, 0)),
        ("Monday - Thursday 7,5h,fri 6h", (7.5, 7.5, 7.5, 7.5, 6, 0, 0)),
        ("mon, wed 8h 30m", (8.5, 0, 8.5, 0, 0, 0, 0)),
        ("mon wed: 8h", (8, 0, 8, 0, 0, 0, 0)),
        ("fri-mon 4h", (4, 0, 0, 0, 4, 4, 4)),
    ],
)
def test_a_target_is_one_text(text: str, hours: tuple[float, ...]) -> None:
    target = parse_target(text)
    assert target is not None
    assert target.week(OFFICE) == tuple(round(each * HOUR) for each in hours)


def test_no_text_is_no_target() -> None:
    assert parse_target(" ") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("8", "'8' has no unit."),
        ("8.0", "Invalid duration '8.0'."),
        ("0h", "Invalid duration '0h': it must be greater than zero."),
        ("-8h", "Invalid duration '-8h': it must be greater than zero."),
        ("30h", "a day has only 24 hours"),
        ("mon 25h", "a day has only 24 hours"),
        ("169h a week", "a week has only 168 hours"),
        ("mon", "expected a time after Monday, as in 8h, 38h a week, or mon-thu 8h, fri 6h"),
        ("mon-fri 8h, fri 6h", "Friday is in it twice"),
        ("mon-thu 8h, 6h", "expected a weekday before '6h', as in 8h, 38h a week, or mon-thu 8h, fri 6h"),
        ("mon-thu 8h,, fri 6h", "expected a weekday before '', as in 8h, 38h a week, or mon-thu 8h, fri 6h"),
        ("mon-thu 8h fri 6h", "Invalid duration '8h fri 6h'."),
        ("8h, fri 6h", "Invalid duration '8h, fri 6h'."),
        ("someday 8h", "expected a weekday such as sunday"),
    ],
)
def test_what_is_no_target(text: str, why: str) -> None:
    with pytest.raises((ValueError, ClockeyeError)) as error:
        parse_target(text)
    assert str(error.value) == why


def test_holidays_are_days_and_spans_with_names() -> None:
    text = "2026-12-25 Christmas, first day, 2026-12-24 half Christmas Eve\n2026-07-06..2026-07-17 leave,"
    text += "2027-01-01"
    assert parse_holidays(text) == (
        Holiday(date(2026, 12, 25), date(2026, 12, 25), name="Christmas, first day"),
        Holiday(date(2026, 12, 24), date(2026, 12, 24), is_half=True, name="Christmas Eve"),
        Holiday(date(2026, 7, 6), date(2026, 7, 17), name="leave"),
        Holiday(date(2027, 1, 1), date(2027, 1, 1)),
    )
    assert parse_holidays("") == ()
    assert parse_holidays("2026-12-31 halfway") == (
        Holiday(date(2026, 12, 31), date(2026, 12, 31), name="halfway"),
    )
    assert listed_holidays("2026-12-25 X,\n 2026-12-26") == ["2026-12-25 X", "2026-12-26"]


@pytest.mark.parametrize(
    "text",
    [
        "Christmas",
        "24.12.2026",
        "20261224",
        "2026-02-30 x",
        "2026-W52-4",
        "2026-12-24..",
        "2026-12-24,x",
        "1969-01-01",
    ],
)
def test_what_is_no_holiday_is_named_among_others(text: str) -> None:
    with pytest.raises(ValueError, match=r"^expected .*, not ") as error:
        parse_holidays(f"2026-12-25 Christmas\n{text}")
    assert repr(text) in str(error.value)


def test_a_span_of_holidays_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match=r"^2026-12-26\.\.2026-12-25 ends before it begins$"):
        parse_holidays("2026-12-26..2026-12-25")


def test_a_holiday_takes_the_share_of_its_day() -> None:
    target = TypedTarget(a_week=38 * HOUR)
    days = parse_holidays("2026-11-18 half, 2026-11-19, 2026-11-20 half x, 2026-11-20 half y")
    targets = Targets(target.week(OFFICE), days)
    week = [targets.of(MONDAY + timedelta(days=number)) for number in range(7)]
    assert week == [27_360, 27_360, 13_680, 0, 0, 0, 0]
    assert targets.between(MONDAY, MONDAY + timedelta(days=6)) == sum(week)
    assert targets.between(MONDAY, MONDAY - timedelta(days=1)) == 0


@given(st.integers(1, 168 * HOUR), st.frozensets(st.integers(0, 6), min_size=1))
def test_the_days_of_a_week_add_up_to_it(seconds: int, days: frozenset[int]) -> None:
    week = spread(seconds, days)
    assert sum(week) == seconds
    assert {day for day in range(7) if week[day] == 0} >= {*range(7)} - days
    assert max(week) - min(week[day] for day in days) <= 1


DAYS = st.dates(date(2026, 10, 1), date(2027, 2, 1))


@given(st.lists(st.tuples(DAYS, st.integers(0, 20), st.booleans()), max_size=6), DAYS, st.integers(-3, 90))
def test_a_run_of_days_is_the_sum_of_its_days(
    free: list[tuple[date, int, bool]], first: date, length: int
) -> None:
    holidays = [Holiday(day, day + timedelta(days=more), is_half) for day, more, is_half in free]
    targets = Targets((1, 20, 301, 4_000, 50_001, 0, 7), holidays)
    of_days = [targets.of(first + timedelta(days=number)) for number in range(length)]
    assert targets.between(first, first + timedelta(days=length - 1)) == sum(of_days)


@pytest.mark.parametrize(
    ("spans", "seconds", "instant"),
    [
        ([(0, 10), (20, 40)], 10, 10),
        ([(0, 10), (20, 40)], 11, 21),
        ([(0, 10), (20, 40)], 30, 40),
        ([(0, 10), (20, 40)], 31, None),
        ([(0, 10), (0, 10)], 7, 4),  # both count
        ([(5, 5), (0, 10)], 10, 10),
        ([(0, 10)], 0, None),
        ([], 1, None),
    ],
)
def test_when_a_target_is_reached(spans: list[tuple[int, int]], seconds: int, instant: int | None) -> None:
    assert reached_at(spans, seconds) == instant
