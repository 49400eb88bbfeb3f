"""The words, flags and dates that choose which days are shown."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core import period
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.period_choice import choose_period
from clockeye_cli.core.period_words import parse_day, parse_period
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.core.period import Period

TODAY = date(2026, 11, 20)  # a Friday


def choose(default: str = "today", **given: str) -> Period:
    return choose_period(default=default, today=TODAY, week_start=0, **given)


def days(period: Period) -> tuple[str, str]:
    return str(period.first), str(period.last)


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("today", "2026-11-20", "2026-11-20", "Friday 2026-11-20"),
        ("Yesterday", "2026-11-19", "2026-11-19", "Thursday 2026-11-19"),
        ("week", "2026-11-16", "2026-11-22", "Week 47, 2026-11-16 to 2026-11-22"),
        ("this week", "2026-11-16", "2026-11-22", "Week 47, 2026-11-16 to 2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15", "Week 46, 2026-11-09 to 2026-11-15"),
        ("last-week", "2026-11-09", "2026-11-15", "Week 46, 2026-11-09 to 2026-11-15"),
        ("month", "2026-11-01", "2026-11-30", "November 2026"),
        ("LAST  month", "2026-10-01", "2026-10-31", "October 2026"),
        ("year", "2026-01-01", "2026-12-31", "2026"),
        ("mon-fri", "2026-11-16", "2026-11-20", "2026-11-16 to 2026-11-20"),
        ("oct-nov", "2026-10-01", "2026-11-30", "2026-10-01 to 2026-11-30"),
        ("q1-q2", "2026-01-01", "2026-06-30", "2026-01-01 to 2026-06-30"),
        ("week 45-46", "2026-11-02", "2026-11-15", "2026-11-02 to 2026-11-15"),
        ("10-12 nov", "2026-11-10", "2026-11-12", "2026-11-10 to 2026-11-12"),
        ("nov 10–12", "2026-11-10", "2026-11-12", "2026-11-10 to 2026-11-12"),
        ("16–22 Nov", "2026-11-16", "2026-11-22", "2026-11-16 to 2026-11-22"),
        ("nov 10th", "2026-11-10", "2026-11-10", "Tuesday 2026-11-10"),
        ("last-year", "2025-01-01", "2025-12-31", "2025"),
        ("all", "None", "None", "All time"),
        ("2026-11-18", "2026-11-18", "2026-11-18", "Wednesday 2026-11-18"),
        ("2024-02", "2024-02-01", "2024-02-29", "February 2024"),
        ("2026-12", "2026-12-01", "2026-12-31", "December 2026"),
        ("2026-W47", "2026-11-16", "2026-11-22", "Week 47, 2026-11-16 to 2026-11-22"),
        ("2026-w53", "2026-12-28", "2027-01-03", "Week 53, 2026-12-28 to 2027-01-03"),
        ("2026-W01", "2025-12-29", "2026-01-04", "Week 1, 2025-12-29 to 2026-01-04"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2026-Q1, 2026-01-01 to 2026-03-31"),
        ("2026-q4", "2026-10-01", "2026-12-31", "2026-Q4, 2026-10-01 to 2026-12-31"),
        ("2025", "2025-01-01", "2025-12-31", "2025"),
        ("9998", "9998-01-01", "9998-12-31", "9998"),
        ("last 7 days", "2026-11-14", "2026-11-20", "Last 7 days, 2026-11-14 to 2026-11-20"),
        ("last 1 day", "2026-11-20", "2026-11-20", "Friday 2026-11-20"),
        ("friday", "2026-11-20", "2026-11-20", "Friday 2026-11-20"),
        ("last friday", "2026-11-13", "2026-11-13", "Friday 2026-11-13"),
        ("3 days ago", "2026-11-17", "2026-11-17", "Tuesday 2026-11-17"),
        ("november", "2026-11-01", "2026-11-30", "November 2026"),
        ("Dec", "2025-12-01", "2025-12-31", "December 2025"),
        ("last november", "2025-11-01", "2025-11-30", "November 2025"),
        ("november 2024", "2024-11-01", "2024-11-30", "November 2024"),
        ("nov 10", "2026-11-10", "2026-11-10", "Tuesday 2026-11-10"),
        ("10 nov", "2026-11-10", "2026-11-10", "Tuesday 2026-11-10"),
        ("nov 21", "2025-11-21", "2025-11-21", "Friday 2025-11-21"),
        ("w46", "2026-11-09", "2026-11-15", "Week 46, 2026-11-09 to 2026-11-15"),
        ("week 48", "2025-11-24", "2025-11-30", "Week 48, 2025-11-24 to 2025-11-30"),
        ("w53", "2020-12-28", "2021-01-03", "Week 53, 2020-12-28 to 2021-01-03"),
        ("q3", "2026-07-01", "2026-09-30", "2026-Q3, 2026-07-01 to 2026-09-30"),
        ("Q4 2024", "2024-10-01", "2024-12-31", "2024-Q4, 2024-10-01 to 2024-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30", "2026-Q3, 2026-07-01 to 2026-09-30"),
        ("this month", "2026-11-01", "2026-11-30", "November 2026"),
        ("2 weeks ago", "2026-11-02", "2026-11-08", "Week 45, 2026-11-02 to 2026-11-08"),
        ("11 months ago", "2025-12-01", "2025-12-31", "December 2025"),
        ("last 2 weeks", "2026-11-02", "2026-11-15", "Last 2 weeks, 2026-11-02 to 2026-11-15"),
        ("last 1 week", "2026-11-09", "2026-11-15", "Week 46, 2026-11-09 to 2026-11-15"),
        ("last 3 months", "2026-08-01", "2026-10-31", "Last 3 months, 2026-08-01 to 2026-10-31"),
        ("last 2 quarters", "2026-04-01", "2026-09-30", "Last 2 quarters, 2026-04-01 to 2026-09-30"),
        ("last 2 years", "2024-01-01", "2025-12-31", "Last 2 years, 2024-01-01 to 2025-12-31"),
        ("monday to friday", "2026-11-16", "2026-11-20", "2026-11-16 to 2026-11-20"),
        ("friday to monday", "2026-11-20", "2026-11-23", "2026-11-20 to 2026-11-23"),
        ("monday..wed", "2026-11-16", "2026-11-18", "2026-11-16 to 2026-11-18"),
        ("from dec 24 to jan 2", "2025-12-24", "2026-01-02", "2025-12-24 to 2026-01-02"),
        ("dec to feb", "2025-12-01", "2026-02-28", "2025-12-01 to 2026-02-28"),
        ("w45 - w46", "2026-11-02", "2026-11-15", "2026-11-02 to 2026-11-15"),
        ("q1..q2", "2026-01-01", "2026-06-30", "2026-01-01 to 2026-06-30"),
        ("since monday", "2026-11-16", "2026-11-20", "2026-11-16 to 2026-11-20"),
        ("since november", "2026-11-01", "2026-11-20", "2026-11-01 to 2026-11-20"),
        ("2026-11-10 to 2026-11-12", "2026-11-10", "2026-11-12", "2026-11-10 to 2026-11-12"),
        ("2026-11-10..2026-11-10", "2026-11-10", "2026-11-10", "Tuesday 2026-11-10"),
        ("Fri 20", "2026-11-20", "2026-11-20", "Friday 2026-11-20"),
        ("Sun 22", "2026-11-22", "2026-11-22", "Sunday 2026-11-22"),
        ("Thu 2026-11-19", "2026-11-19", "2026-11-19", "Thursday 2026-11-19"),
    ],
)
def test_what_a_period_means(text: str, first: str, last: str, name: str) -> None:
    period = parse_period(text, TODAY, week_start=0)
    assert (*days(period), period.name) == (first, last, name)


def test_last_month_in_january_is_december() -> None:
    assert days(parse_period("last month", date(2026, 1, 31), 0)) == ("2025-12-01", "2025-12-31")


def test_week_start_rules_week_but_not_the_weeks_of_iso() -> None:
    assert days(parse_period("week", TODAY, week_start=6)) == ("2026-11-15", "2026-11-21")
    assert days(parse_period("last week", TODAY, week_start=6)) == ("2026-11-08", "2026-11-14")
    assert parse_period("week", TODAY, week_start=6).name == "Week 2026-11-15 to 2026-11-21"
    assert days(parse_period("2026-W47", TODAY, week_start=6)) == ("2026-11-16", "2026-11-22")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-13", "there is no month 13"),
        ("2026-00", "there is no month 0"),
        ("2025-W53", "2025 has no week 53"),
        ("2026-W00", "there is no week 0"),
        ("2026-Q5", "there is no quarter 5"),
        ("2026-02-30", "2026-02-30 does not exist"),
        ("1969", "the year must be from 1970"),
        ("9999-12-31", "the year must be from 1970"),
        ("last 0 days", "at least one day"),
        ("last 0 weeks", "at least one week"),
        ("w54", "there is no week 54"),
        ("february 30", "February has no day 30"),
        ("2026-11-12..2026-11-10", "it ends on 2026-11-10, before it begins on 2026-11-12"),
        ("monday..", "a range needs both ends"),
        ("..monday", "a range needs both ends"),
        ("fri 2026-11-21", "2026-11-21 is a Saturday"),
        ("99999 years ago", "the year must be from 1970"),
        ("week 46, 2026-11-16 to 2026-11-22", "Invalid period"),
        ("all to today", "Invalid period"),
        *((text, "Invalid period") for text in ("last", "this last week", "last 999999 days", "٢٠٢٦", " ")),
        ("2026-11-20 9:00", "Invalid period"),
        pytest.param("x" * 100_000, "Invalid period", id="huge"),
    ],
)
def test_what_is_no_period(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        parse_period(text, TODAY, 0)
    assert caught.value.code == "period_not_understood"
    assert "2026-W47" in caught.value.hint
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        pytest.param({"first": "monday", "last": "wed"}, "2026-11-16", "2026-11-18", id="weekdays"),
        pytest.param({"first": "friday", "last": "monday"}, "2026-11-20", "2026-11-23", id="the next Monday"),
        pytest.param(
            {"first": "dec 24", "last": "2 jan"}, "2025-12-24", "2026-01-02", id="into another year"
        ),
        pytest.param({}, "2026-11-20", "2026-11-20", id="the default"),
        pytest.param({"default": "week"}, "2026-11-16", "2026-11-22", id="another default"),
        pytest.param({"words": "last month"}, "2026-10-01", "2026-10-31", id="words"),
        pytest.param({"flag": "last-month"}, "2026-10-01", "2026-10-31", id="flag"),
        pytest.param({"option": "2026-Q4"}, "2026-10-01", "2026-12-31", id="option"),
        pytest.param({"first": "2026-11-02"}, "2026-11-02", "2026-11-20", id="--from alone runs to today"),
        pytest.param({"first": "monday", "last": "yesterday"}, "2026-11-16", "2026-11-19", id="both"),
        pytest.param({"first": "today", "last": "today"}, "2026-11-20", "2026-11-20", id="one day"),
        pytest.param({"first": "2027-01-01", "last": "2027-01-31"}, "2027-01-01", "2027-01-31", id="to come"),
    ],
)
def test_each_way_to_ask_for_a_period(given: dict[str, str], first: str, last: str) -> None:
    assert days(choose(**given)) == (first, last)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"words": "yesterday", "flag": "week"}, "'yesterday' and --week"),
        ({"flag": "week", "option": "2026"}, "--week and --period '2026'"),
        ({"option": "2026", "first": "today"}, "--period '2026' and --from 'today'"),
        ({"words": "2026", "last": "today"}, "'2026' and --to 'today'"),
    ],
)
def test_two_periods_are_refused(given: dict[str, str], named: str) -> None:
    with pytest.raises(UsageError, match=f"Two periods were given: {named}"):
        choose(**given)


def test_to_alone_is_refused() -> None:
    with pytest.raises(UsageError, match="--to 'today' needs --from") as caught:
        choose(last="today")
    assert "--from" in caught.value.hint


@pytest.mark.parametrize("given", [{"first": "today", "last": "yesterday"}, {"first": "2027-01-01"}])
def test_a_period_does_not_end_before_it_begins(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        choose(**given)


@pytest.mark.parametrize("text", ["week", "2026-11", "last 7 days", "2026-2-3", "9:00", ""])
def test_a_period_or_a_time_is_no_day(text: str) -> None:
    with pytest.raises(UsageError, match="Invalid day") as caught:
        parse_day(text, TODAY)
    assert caught.value.code == "period_not_understood"


def test_bounds_are_the_instants_of_day_start_in_the_zone() -> None:
    rule = DayRule(ZoneInfo("Europe/Berlin"), day_start=4 * 3_600)
    begin, end = parse_period("2026-10-25", TODAY, 0).bounds(rule)
    assert begin == datetime(2026, 10, 25, 3, tzinfo=UTC).timestamp()  # the clocks have been set back by then
    assert end == datetime(2026, 10, 26, 3, tzinfo=UTC).timestamp()
    assert parse_period("all", TODAY, 0).bounds(rule) == (None, None)


WORDS = (
    *("all", "this", "last", "since", "from", "to", "..", "-", "week", "of", "month", "quarter", "year"),
    *("day", "days", "ago", "weeks", "months", "quarters", "years", "0", "1", "2", "12", "99999", "2026"),
    *("w46", "w53", "q3", "nov", "november", "monday", "fri", "today", "yesterday", "2026-11"),
    *("2026-11-10", "29", "feb", "20.11."),
)

anything = st.one_of(
    st.text(),
    st.text(alphabet="0123456789-wq lastdy", max_size=12),
    st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
)
todays = st.dates(date(1970, 1, 1), date(9998, 12, 31))
later_todays = st.dates(date(1980, 1, 1), date(9990, 12, 31))


@given(anything, todays, st.integers(0, 6))
def test_any_text_is_a_period_or_refused(text: str, today: date, week_start: int) -> None:
    try:
        period = parse_period(text, today, week_start)
    except UsageError:
        return
    assert period.first is None or period.last is None or period.first <= period.last
    period.bounds(DayRule(ZoneInfo("Pacific/Apia")))


@given(anything, todays)
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    with suppress(UsageError):
        assert isinstance(parse_day(text, today), date)


@given(todays, st.integers(0, 6), st.sampled_from(["week", "month", "year"]))
def test_the_last_one_ends_where_this_one_begins(today: date, week_start: int, span: str) -> None:
    this, last = parse_period(span, today, week_start), parse_period(f"last {span}", today, week_start)
    assert this.first is not None
    assert this.last is not None
    assert last.last is not None
    assert this.first <= today <= this.last
    assert last.last == this.first - timedelta(days=1)


@given(anything, later_todays, later_todays, st.integers(0, 6))
def test_every_heading_is_understood_as_the_period_that_it_names(
    text: str, printed_on: date, typed_on: date, week_start: int
) -> None:
    try:
        period = parse_period(text, printed_on, week_start)
    except UsageError:
        return
    if period.first and period.first.year < 1970:  # `99999 days ago`
        return
    assert parse_period(period.name, typed_on, week_start) == period


@given(later_todays, later_todays, st.integers(0, 6))
def test_every_label_is_understood_as_the_period_that_it_names(
    day: date, typed_on: date, week_start: int
) -> None:
    rule = DayRule(ZoneInfo("UTC"), 0, week_start)
    quarter = date(day.year, (day.month + 2) // 3 * 3 - 2, 1)
    firsts = {"day": day, "week": rule.week_of(day), "month": day.replace(day=1)}
    firsts |= {"quarter": quarter, "year": date(day.year, 1, 1)}
    for unit, first in firsts.items():
        named = parse_period(period.label(unit, first), typed_on, week_start)
        assert named == (parse_period(unit, day, week_start) if unit != "day" else period.days(day, day))


@given(later_todays, st.integers(0, 6))
def test_the_columns_of_a_timesheet_are_understood_within_the_week(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse_period(f"{day:%a} {day.day}", today, 0).first == day


@given(todays)
def test_a_date_is_itself(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day
    assert days(parse_period(day.isoformat(), TODAY, 0)) == (str(day), str(day))
