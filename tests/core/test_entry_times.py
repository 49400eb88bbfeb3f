"""The start and end of an entry as people type them: pairs, edits, and where an entry is split."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.day import local
from clockeye_cli.core.entry_times import (
    EntryTimes,
    TypedSpan,
    edited_span,
    entry_times,
    typed_span,
)
from clockeye_cli.core.moment import time_inside
from clockeye_cli.core.move import moved_span, parse_move
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import UsageError
from tests.clock_changes import zoned_instants
from tests.typed_times import BERLIN, HOUR, NOW, at, clock_times

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

DAY = 24 * HOUR


def typed(start: str = "", end: str = "", duration: int | None = None) -> TypedSpan:
    return TypedSpan(parse_when(start) if start else None, parse_when(end) if end else None, duration)


def span(start: str = "", end: str = "", duration: int | None = None, now: int = NOW) -> EntryTimes:
    return entry_times(typed_span(typed(start, end, duration), now, BERLIN, 12 * HOUR), now, BERLIN)


def edit(start: str = "", end: str = "", old: tuple[str, str] = ("", ""), now: int = NOW) -> EntryTimes:
    old_end = at(old[1]) if old[1] else None
    return entry_times(edited_span(typed(start, end), at(old[0]), old_end, now, BERLIN), now, BERLIN)


def shown(times: EntryTimes) -> tuple[str, str]:
    return f"{local(times.started_at, BERLIN):%m-%d %H:%M}", f"{local(times.ended_at, BERLIN):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("9", "11", ("11-20 09:00", "11-20 11:00"), id="both bare, today"),
        pytest.param("9", "12", ("11-20 09:00", "11-20 12:00"), id="both bare, up to now"),
        pytest.param("9", "17", ("11-19 09:00", "11-19 17:00"), id="both bare, yesterday's"),
        pytest.param("22", "2", ("11-19 22:00", "11-20 02:00"), id="both bare, over midnight"),
        pytest.param("yesterday 22:00", "2", ("11-19 22:00", "11-20 02:00"), id="bare end"),
        pytest.param("monday 9", "17:30", ("11-16 09:00", "11-16 17:30"), id="bare end, days ago"),
        pytest.param("2h ago", "11:30", ("11-20 10:00", "11-20 11:30"), id="relative start, bare end"),
        pytest.param("9", "yesterday 17:00", ("11-19 09:00", "11-19 17:00"), id="bare start"),
        pytest.param("22", "yesterday 2am", ("11-18 22:00", "11-19 02:00"), id="bare start, the day before"),
        pytest.param("9", "10m ago", ("11-20 09:00", "11-20 11:50"), id="bare start, relative end"),
        pytest.param("9", "now", ("11-20 09:00", "11-20 12:00"), id="bare start, now"),
        pytest.param("monday 9", "tuesday 17:00", ("11-16 09:00", "11-17 17:00"), id="dated both, 32 hours"),
        pytest.param("today 9", "today 9", ("11-20 09:00", "11-20 09:00"), id="of no length"),
    ],
)
def test_a_start_and_an_end(start: str, end: str, expected: tuple[str, str]) -> None:
    assert shown(span(start, end)) == expected


def test_a_pair_of_yesterday_is_said() -> None:
    assert span("9", "17").notes == ("9 was read as yesterday, 2026-11-19 09:00.",)
    assert span("9", "11").notes == ()
    assert span("9", "yesterday 17:00").notes == ()
    assert span("22", "2026-11-18 2:00").notes == ("22 was read as 2026-11-17 22:00.",)


@pytest.mark.parametrize(
    ("start", "end", "duration", "expected"),
    [
        pytest.param("", "", HOUR, ("11-20 11:00", "11-20 12:00"), id="alone it ends now"),
        pytest.param("9", "", HOUR, ("11-20 09:00", "11-20 10:00"), id="after a bare start"),
        pytest.param("11:30", "", HOUR, ("11-19 11:30", "11-19 12:30"), id="that would end in the future"),
        pytest.param("11", "", HOUR, ("11-20 11:00", "11-20 12:00"), id="that ends just now"),
        pytest.param("monday 9", "", 30 * HOUR, ("11-16 09:00", "11-17 15:00"), id="after a dated start"),
        pytest.param("", "10", HOUR, ("11-20 09:00", "11-20 10:00"), id="before a bare end"),
        pytest.param("", "23:30", HOUR, ("11-19 22:30", "11-19 23:30"), id="before yesterday's end"),
        pytest.param("", "monday 9", HOUR, ("11-16 08:00", "11-16 09:00"), id="before a dated end"),
    ],
)
def test_a_duration_gives_the_other_end(
    start: str, end: str, duration: int, expected: tuple[str, str]
) -> None:
    assert shown(span(start, end, duration)) == expected


def test_a_duration_is_of_instants_when_the_clocks_change() -> None:
    resolved = span("2026-10-25 1:30", "", 2 * HOUR)
    assert shown(resolved) == ("10-25 01:30", "10-25 02:30")
    assert resolved.ended_at - resolved.started_at == 2 * HOUR
    assert span("2026-10-25 1:30", "4:30").ended_at == resolved.ended_at + 2 * HOUR


@pytest.mark.parametrize(
    ("start", "end", "duration", "message", "hint"),
    [
        pytest.param(
            "", "", None, "No start or end time given", "Give two of --from, --to and --for", id="nothing"
        ),
        pytest.param(
            "9", "", None, "No end time given, only --from", "clockeye start --at 9", id="--from alone"
        ),
        pytest.param("", "9", None, "No start time given, only --to", "--from or --for", id="--to alone"),
        pytest.param("9", "10", HOUR, "cannot be used together", "Give two", id="all three"),
        pytest.param(
            "9",
            "8",
            None,
            "is 23h, which is longer than max_timer",
            '"2026-11-20 8"',
            id="over max_timer",
        ),
        pytest.param(
            "9", "9", None, "is 24h, which is longer than max_timer", "with its date", id="a whole day"
        ),
        pytest.param("today 11", "today 9", None, "is before the start", "--to", id="upside down"),
    ],
)
def test_pairs_that_make_no_entry(
    start: str, end: str, duration: int | None, message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        span(start, end, duration)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("start", "end", "duration"),
    [("today 9", "17", None), ("9", "today 17:00", None), ("today 11:30", "", HOUR), ("", "+10m", HOUR)],
)
def test_an_end_in_the_future_is_refused(start: str, end: str, duration: int | None) -> None:
    with pytest.raises(UsageError, match="in the future; it is 2026-11-20 12:00 now") as caught:
        span(start, end, duration)
    assert caught.value.code == "in_the_future"


def test_a_skipped_time_in_a_pair_is_refused_once_it_would_have_been() -> None:
    with pytest.raises(UsageError, match="2026-03-29 02:30 does not exist"):
        span("1", "2:30", now=at("2026-03-29 12:00"))
    assert shown(span("1", "2:30", now=at("2026-03-29 01:30"))) == ("03-28 01:00", "03-28 02:30")


ends = st.one_of(
    st.just(""),
    clock_times,
    st.builds("{} {}".format, st.sampled_from(["today", "yesterday", "last monday"]), clock_times),
    st.sampled_from(["now", "5m ago", "3h ago"]),
)


@given(zoned_instants(), ends, ends, st.one_of(st.none(), st.integers(1, 100_000)))
def test_a_span_is_neither_upside_down_nor_in_the_future(
    moment: tuple[ZoneInfo, int], start: str, end: str, duration: int | None
) -> None:
    zone, now = moment
    with suppress(UsageError):
        ends = typed_span(typed(start, end, duration), now, zone, 12 * HOUR)
        resolved = entry_times(ends, now, zone)
        assert resolved.started_at <= resolved.ended_at <= now
        assert duration is None or resolved.ended_at - resolved.started_at == duration


@given(zoned_instants(), clock_times, clock_times)
def test_two_bare_times_are_at_most_max_timer_apart_and_recent(
    moment: tuple[ZoneInfo, int], start: str, end: str
) -> None:
    zone, now = moment
    with suppress(UsageError):
        resolved = entry_times(typed_span(typed(start, end), now, zone, 12 * HOUR), now, zone)
        assert 0 < resolved.ended_at - resolved.started_at <= 12 * HOUR
        assert resolved.started_at > now - 2 * DAY


ENTRY = ("2026-11-18 23:00", "2026-11-19 01:00")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("22:30", "", ("11-18 22:30", "11-19 01:00"), id="start on the entry's day"),
        pytest.param("", "1:30", ("11-18 23:00", "11-19 01:30"), id="end after its start"),
        pytest.param("", "23:30", ("11-18 23:00", "11-18 23:30"), id="end on the same evening"),
        pytest.param("20", "21", ("11-18 20:00", "11-18 21:00"), id="end after the new start"),
        pytest.param("yesterday 0:10", "", ("11-19 00:10", "11-19 01:00"), id="dated start"),
        pytest.param("yesterday 9", "10", ("11-19 09:00", "11-19 10:00"), id="moved to another day"),
        pytest.param("", "yesterday 2am", ("11-18 23:00", "11-19 02:00"), id="dated end"),
        pytest.param("", "", ("11-18 23:00", "11-19 01:00"), id="unchanged"),
    ],
)
def test_editing_an_entry(start: str, end: str, expected: tuple[str, str]) -> None:
    assert shown(edit(start, end, old=ENTRY)) == expected


def test_editing_the_running_timer() -> None:
    assert edit("8:30", old=("2026-11-20 09:00", "")) == (at("2026-11-20 08:30"), NOW, ())
    with pytest.raises(UsageError, match="no end yet") as caught:
        edit("", "11", old=("2026-11-20 09:00", ""))
    assert "clockeye stop --at 11" in caught.value.hint


@pytest.mark.parametrize(
    ("start", "end", "old", "message"),
    [
        pytest.param(
            "", "yesterday 9am", ("2026-11-20 09:00", "2026-11-20 10:00"), "before", id="upside down"
        ),
        pytest.param("11", "", ("2026-11-20 09:00", "2026-11-20 10:00"), "before", id="start after the end"),
        pytest.param("", "13", ("2026-11-20 09:00", "2026-11-20 10:00"), "in the future", id="in the future"),
        pytest.param(
            "13", "", ("2026-11-20 09:00", ""), "in the future", id="a timer to start in the future"
        ),
        pytest.param("2:30", "", ("2026-03-29 04:00", "2026-03-29 05:00"), "does not exist", id="skipped"),
    ],
)
def test_edits_that_make_no_entry(start: str, end: str, old: tuple[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        edit(start, end, old)


def test_editing_to_a_repeated_time_takes_the_first_and_says_so() -> None:
    resolved = edit("2:30", old=("2026-10-25 04:00", "2026-10-25 05:00"))
    assert resolved.started_at == at("2026-10-25T02:30+02:00")
    assert "2026-10-25T02:30+01:00" in resolved.notes[0]


def inside(text: str, entry: tuple[str, str] = ENTRY) -> str:
    return f"{local(time_inside(parse_when(text), at(entry[0]), at(entry[1]), BERLIN, NOW).instant, BERLIN)}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23:30", "2026-11-18 23:30:00+01:00"),
        ("0:30", "2026-11-19 00:30:00+01:00"),
        ("23", "2026-11-18 23:00:00+01:00"),
        ("1am", "2026-11-19 01:00:00+01:00"),
        ("2026-11-18T23:15Z", "2026-11-19 00:15:00+01:00"),
    ],
)
def test_a_split_is_within_the_entry(text: str, expected: str) -> None:
    assert inside(text) == expected


@pytest.mark.parametrize("text", ["2am", "22:59", "now", "yesterday 9:00"])
def test_a_split_elsewhere_is_refused_with_the_span(text: str) -> None:
    with pytest.raises(UsageError, match="2026-11-18 23:00 to 2026-11-19 01:00"):
        inside(text)


moves = st.sampled_from(
    ["15m", "-1h", "+90s", "yesterday", "monday", "3 days ago", "2026-03-29", "2026-10-25"]
)


@given(zoned_instants(), st.integers(0, 200_000), st.integers(0, 100_000), moves)
def test_a_move_keeps_the_length_and_on_another_day_the_clock_time(
    moment: tuple[ZoneInfo, int], back: int, length: int, text: str
) -> None:
    zone, now = moment
    started_at, move = now - back, parse_move(text)
    with suppress(UsageError):
        start, end = moved_span(move, started_at, started_at + length, now, zone)
        assert end.instant - start.instant == length
        if move.day is None:
            assert start.instant == started_at + move.shift
        else:
            assert local(start.instant, zone).time() == local(started_at, zone).time()
            assert local(start.instant, zone).date() == move.day.on(local(now, zone).date())
