"""Where days begin, whatever the clocks do, and how entries are shared out among them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.day import (
    DayRule,
    first_instant,
    instants,
    local,
    wall_time,
)
from tests.clock_changes import day_starts, zoned_instants

BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")
ONE_DAY = timedelta(days=1)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


class CountingZone(tzinfo):
    """Berlin in winter, which counts how often it is asked."""

    asked = 0

    def utcoffset(self, _moment: datetime | None) -> timedelta:
        self.asked += 1
        return timedelta(hours=1)

    def dst(self, _moment: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _moment: datetime | None) -> str:
        return "CET"


def test_the_start_of_a_day_is_found_once_however_often_it_is_asked_for() -> None:
    zone = CountingZone()
    starts = {DayRule(zone, 4 * 3_600).start(date(2026, 11, 20)) for _ in range(100)}
    assert starts == {utc("2026-11-20 03:00")}
    assert zone.asked <= 4


def test_local_is_what_clocks_show() -> None:
    assert local(utc("2026-11-20 08:00"), BERLIN).isoformat() == "2026-11-20T09:00:00+01:00"
    assert local(-1, BERLIN).isoformat() == "1970-01-01T00:59:59+01:00"


@pytest.mark.parametrize(
    ("wall", "shown_at"),
    [
        pytest.param("2026-11-20 09:00", ["2026-11-20 08:00"], id="once"),
        pytest.param("2026-03-29 02:30", [], id="skipped"),
        pytest.param("2026-03-29 02:00", [], id="first skipped"),
        pytest.param("2026-03-29 03:00", ["2026-03-29 01:00"], id="first after the skipped"),
        pytest.param("2026-10-25 02:30", ["2026-10-25 00:30", "2026-10-25 01:30"], id="twice"),
        pytest.param("2026-10-25 03:00", ["2026-10-25 02:00"], id="first after the repeated"),
    ],
)
def test_instants_of_a_wall_time_in_berlin(wall: str, shown_at: list[str]) -> None:
    assert instants(datetime.fromisoformat(wall), BERLIN) == [utc(text) for text in shown_at]


@given(zoned_instants())
def test_an_instant_is_among_those_that_show_its_wall_time(moment: tuple[ZoneInfo, int]) -> None:
    zone, instant = moment
    candidates = instants(local(instant, zone).replace(tzinfo=None, fold=0), zone)
    assert instant in candidates
    assert candidates == sorted(set(candidates))


@given(zoned_instants(), st.integers(0, 86_399))
def test_first_instant_is_the_very_second(moment: tuple[ZoneInfo, int], clock: int) -> None:
    zone, instant = moment
    wall = wall_time(local(instant, zone).date(), clock)
    first = first_instant(wall, zone)
    assert local(first, zone).replace(tzinfo=None) >= wall
    assert local(first - 1, zone).replace(tzinfo=None) < wall


@pytest.mark.parametrize(
    ("zone", "day", "day_start", "start"),
    [
        pytest.param("Europe/Berlin", "2026-11-20", 0, "2026-11-19 23:00", id="midnight"),
        pytest.param("Europe/Berlin", "2026-11-20", 14_400, "2026-11-20 03:00", id="at four"),
        pytest.param("Europe/Berlin", "2026-03-29", 9_000, "2026-03-29 01:00", id="day_start is skipped"),
        pytest.param("Europe/Berlin", "2026-10-25", 9_000, "2026-10-25 00:30", id="day_start comes twice"),
        pytest.param("America/Santiago", "2026-09-06", 0, "2026-09-06 04:00", id="Santiago skips midnight"),
        pytest.param(
            "America/Santiago", "2026-04-05", 0, "2026-04-05 04:00", id="Santiago repeats 23 o'clock"
        ),
        pytest.param("Africa/Cairo", "2026-04-24", 0, "2026-04-23 22:00", id="Cairo skips midnight"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, "2011-12-30 10:00", id="Apia has no such day"),
        pytest.param("Pacific/Apia", "2011-12-30", 14_400, "2011-12-30 10:00", id="nor its four o'clock"),
        pytest.param("Pacific/Apia", "2011-12-31", 0, "2011-12-30 10:00", id="the day after that"),
    ],
)
def test_a_day_begins_at_the_first_instant_of_its_date(
    zone: str, day: str, day_start: int, start: str
) -> None:
    assert DayRule(ZoneInfo(zone), day_start).start(date.fromisoformat(day)) == utc(start)


def test_before_day_start_it_is_still_yesterday() -> None:
    rule = DayRule(BERLIN, day_start=4 * 3_600)
    assert rule.day_of(utc("2026-11-20 02:59:59")) == date(2026, 11, 19)
    assert rule.day_of(utc("2026-11-20 03:00:00")) == date(2026, 11, 20)


@given(zoned_instants(), day_starts)
def test_an_instant_is_within_its_day(moment: tuple[ZoneInfo, int], day_start: int) -> None:
    zone, instant = moment
    rule = DayRule(zone, day_start)
    day = rule.day_of(instant)
    assert rule.start(day) <= instant < rule.start(day + ONE_DAY)


@given(zoned_instants(), day_starts, st.integers(-3, 3))
def test_a_day_contains_its_start(moment: tuple[ZoneInfo, int], day_start: int, off: int) -> None:
    rule = DayRule(moment[0], day_start)
    day = rule.day_of(moment[1]) + timedelta(days=off)
    start = rule.start(day)
    # A day that the zone skipped has no instant of its own: its start is that of the day after.
    assert rule.day_of(start) == (day if start < rule.start(day + ONE_DAY) else day + ONE_DAY)
    assert rule.day_of(start - 1) < day


@given(zoned_instants(), day_starts, st.integers(0, 10))
def test_starts_find_the_day_by_bisection(moment: tuple[ZoneInfo, int], day_start: int, back: int) -> None:
    zone, instant = moment
    rule = DayRule(zone, day_start)
    day = rule.day_of(instant)
    first = day - timedelta(days=back)
    starts = rule.starts(first, day)
    assert starts == sorted(starts)
    assert len(starts) == back + 2
    assert first + timedelta(days=bisect_right(starts, instant) - 1) == day


@pytest.mark.parametrize(
    ("zone", "span", "parts"),
    [
        pytest.param(
            "Europe/Berlin",
            ("2026-11-20 08:00", "2026-11-20 09:30"),
            [("2026-11-20", 5_400)],
            id="within a day",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-11-19 22:30", "2026-11-20 01:00"),
            [("2026-11-19", 1_800), ("2026-11-20", 7_200)],
            id="over midnight",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-11-19 22:30", "2026-11-19 23:00"),
            [("2026-11-19", 1_800)],
            id="up to midnight",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-11-19 23:00", "2026-11-19 23:00"),
            [("2026-11-20", 0)],
            id="of no length, at midnight",
        ),
        pytest.param(
            "Europe/Berlin",
            ("2026-10-24 22:00", "2026-10-26 23:00"),
            [("2026-10-25", 25 * 3_600), ("2026-10-26", 24 * 3_600)],
            id="a day of 25 hours",
        ),
        pytest.param(
            "Pacific/Apia",
            ("2011-12-30 09:00", "2011-12-30 11:00"),
            [("2011-12-29", 3_600), ("2011-12-31", 3_600)],
            id="over a day that never was",
        ),
    ],
)
def test_an_entry_counts_in_each_day_with_its_part(
    zone: str, span: tuple[str, str], parts: list[tuple[str, int]]
) -> None:
    expected = [(date.fromisoformat(day), seconds) for day, seconds in parts]
    assert DayRule(ZoneInfo(zone)).parts(utc(span[0]), utc(span[1])) == expected


@given(zoned_instants(), day_starts, st.integers(0, 400_000))
def test_the_parts_are_the_entry_to_the_second(
    moment: tuple[ZoneInfo, int], day_start: int, duration: int
) -> None:
    zone, instant = moment
    rule = DayRule(zone, day_start)
    parts = rule.parts(instant, instant + duration)
    at = instant
    for day, seconds in parts:
        assert rule.start(day) <= at <= at + seconds <= rule.start(day + ONE_DAY)
        assert seconds > 0 or duration == 0
        at += seconds
    assert at == instant + duration
    assert len({day for day, _ in parts}) == len(parts) > 0


@pytest.mark.parametrize("week_start", range(7))
def test_a_week_begins_with_its_week_start(week_start: int) -> None:
    rule = DayRule(BERLIN, week_start=week_start)
    for number in range(14):
        day = date(2026, 11, 16) + timedelta(days=number)
        first = rule.week_of(day)
        assert first.weekday() == week_start
        assert first <= day < first + timedelta(days=7)
