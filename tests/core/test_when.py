"""Points in time as people type them, and the instants that they mean in zones with clock changes."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clockeye_cli.core.day import first_instant, instants, local, wall_time
from clockeye_cli.core.moment import resolve
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import UsageError
from tests.clock_changes import zoned_instants
from tests.typed_times import BERLIN, HOUR, NOW, at, clock_times

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def understood(text: str, now: int = NOW) -> str:
    return local(resolve(parse_when(text), now, BERLIN).instant, BERLIN).isoformat(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-20 12:00"),
        ("9", "2026-11-20 09:00"),
        ("9:15", "2026-11-20 09:15"),
        ("9.15", "2026-11-20 09:15"),
        ("9:15:30", "2026-11-20 09:15:30"),
        ("0915", "2026-11-20 09:15"),
        ("9am", "2026-11-20 09:00"),
        ("9 AM", "2026-11-20 09:00"),
        ("12am", "2026-11-20 00:00"),
        ("12pm", "2026-11-20 12:00"),
        ("9:15pm", "2026-11-19 21:15"),
        ("noon", "2026-11-20 12:00"),
        ("Midnight", "2026-11-20 00:00"),
        ("10m ago", "2026-11-20 11:50"),
        ("1h30 ago", "2026-11-20 10:30"),
        ("1h 30m ago", "2026-11-20 10:30"),
        ("2d ago", "2026-11-18 12:00"),
        ("-25min", "2026-11-20 11:35"),
        ("+10m", "2026-11-20 12:10"),
        ("today 9:00", "2026-11-20 09:00"),
        ("today 17:00", "2026-11-20 17:00"),
        ("yesterday 14:00", "2026-11-19 14:00"),
        ("9am yesterday", "2026-11-19 09:00"),
        ("9 am yesterday", "2026-11-19 09:00"),
        ("9:15 on monday", "2026-11-16 09:15"),
        ("17:30 last friday", "2026-11-13 17:30"),
        ("noon nov 18", "2026-11-18 12:00"),
        ("nov 18th 9:00", "2026-11-18 09:00"),
        ("2nd november 2026 at 9", "2026-11-02 09:00"),
        ("@1795161600.75", "2026-11-20 09:00"),
        ("yesterday noon", "2026-11-19 12:00"),
        ("yesterday 9 pm", "2026-11-19 21:00"),
        ("monday 9am", "2026-11-16 09:00"),
        ("Mon 9am", "2026-11-16 09:00"),
        ("friday 9", "2026-11-20 09:00"),
        ("last friday 17:30", "2026-11-13 17:30"),
        ("3 days ago 0915", "2026-11-17 09:15"),
        ("2026-11-20 9:00", "2026-11-20 09:00"),
        ("2026-11-20 9pm", "2026-11-20 21:00"),
        ("2026-11-20T09:00", "2026-11-20 09:00"),
        ("2026-11-20t09:00:07", "2026-11-20 09:00:07"),
        ("2026-11-20T09:00+01:00", "2026-11-20 09:00"),
        ("2026-11-20T08:00Z", "2026-11-20 09:00"),
        ("2026-11-20 03:00:00 -0500", "2026-11-20 09:00"),
        ("  2026-11-20   9:00 ", "2026-11-20 09:00"),
        ("9h15", "2026-11-20 09:15"),
        ("14h05", "2026-11-19 14:05"),
        ("yesterday at 9", "2026-11-19 09:00"),
        ("monday at 9 pm", "2026-11-16 21:00"),
        ("nov 19 9:00", "2026-11-19 09:00"),
        ("19 November 9:00", "2026-11-19 09:00"),
        ("nov 19, 2025 at 9h15", "2025-11-19 09:15"),
        ("dec 24 18:00", "2025-12-24 18:00"),
        ("20.11. 9:00", "2026-11-20 09:00"),
        ("1.2.2026 9.15", "2026-02-01 09:15"),
        ("2026-11-20T09:00:00.000+01:00", "2026-11-20 09:00"),
        ("2026-11-20T08:00:07.999999999Z", "2026-11-20 09:00:07"),
        ("2026-11-20 08:00:07,5", "2026-11-20 08:00:07"),
        ("20261120T080000Z", "2026-11-20 09:00"),
        ("20261120T090000", "2026-11-20 09:00"),
        ("20261120T0900+0100", "2026-11-20 09:00"),
        ("@1795161600", "2026-11-20 09:00"),
    ],
)
def test_what_a_time_means_at_noon(text: str, expected: str) -> None:
    assert at(understood(text)) == at(expected)


def refused(text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        resolve(parse_when(text), NOW, BERLIN)
    assert caught.value.code == "time_not_understood"
    assert "yesterday 14:00" in caught.value.hint
    assert len(caught.value.message) < 250
    return caught.value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("25:99", "there is no hour 25"),
        ("24:00", "midnight at the end of a day is 0:00 of the next day"),
        ("9:60", "there is no minute 60"),
        ("9:15:60", "there is no second 60"),
        ("0960", "there is no minute 60"),
        ("13pm", "with pm, the hour must be from 1 to 12"),
        ("0am", "with am, the hour must be from 1 to 12"),
        ("2026-02-30 9:00", "2026-02-30 does not exist"),
        ("2026-13-01T09:00Z", "2026-13-01 does not exist"),
        ("2026-11-20T25:00", "there is no hour 25"),
        ("2026-11-20T09:00+25:00", "no such offset"),
        ("1969-07-20 9:00", "the year must be from 1970"),
        ("9999-01-01 9:00", "the year must be from 1970"),
        ("1970-01-01T00:00+01:00", "before 1970"),
        ("90y ago", "invalid duration '90y'"),
        ("99y", "Invalid time '99y'"),
        ("876000h ago", "outside the years 1970"),
        ("10 ago", "'10' has no unit"),
        ("-9", "'9' has no unit"),
        ("yesterday", "the time of day is missing, as in 'yesterday 9:00'"),
        ("last friday", "the time of day is missing"),
        ("2026-11-20", "the time of day is missing"),
    ],
)
def test_a_time_that_does_not_exist_is_refused_with_the_reason(text: str, reason: str) -> None:
    message = refused(text).message
    assert reason in message
    assert repr(text) in message


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "pm", "ago", "at", "915", "9:5", "9:", ":15", "9 15", "9-15", "9:15-10", "9:15xm", "nine",
        "tomorrow", "in 10m", "9:00 9:00", "noon pm",
        "9 nov 10 nov", "9 yesterday", "18rd", "@1795161600.", "last 9:00", "friday friday 9", "٩:١٥",
        "９", "9\x00", "\x1b[31m",
        "2026-11-20T", "2026-11-20T9pm", "2026-1-2 9:00", "20261120T09", "T09:00", "9:00Z",
        "+-5m", "\ud800",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    assert f"Invalid time {text!r}" in refused(text).message


def test_a_huge_text_is_refused_in_few_words() -> None:
    assert refused("9" * 1_000_000).message.startswith("Invalid time '9999")


pieces = st.lists(
    st.sampled_from(
        [
            "9",
            ":15",
            "2026-11-20",
            "T09:00",
            "+01:00",
            "Z",
            "am",
            "pm",
            "ago",
            "10m",
            "last",
            "friday",
            "25:99",
            "٣",
        ]
    ),
    max_size=5,
)


@given(st.one_of(st.text(), pieces.map(" ".join), pieces.map("".join)))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    with suppress(UsageError):
        when = parse_when(text)
        assert when.is_last == (text.lower().split() == ["last"])
        if not when.is_last:
            resolve(when, NOW, BERLIN)


def test_only_a_clock_time_alone_is_bare() -> None:
    assert parse_when("9pm").is_bare
    assert not any(parse_when(text).is_bare for text in ("now", "5m ago", "today 9", "2026-11-20T09:00Z"))


def test_a_bare_time_of_yesterday_is_said() -> None:
    moment = resolve(parse_when("23:50"), at("2026-11-20 00:10"), BERLIN)
    assert moment == (at("2026-11-19 23:50"), "23:50 was read as yesterday, 2026-11-19 23:50.")
    assert resolve(parse_when("0:05"), at("2026-11-20 00:10"), BERLIN).note == ""


@given(zoned_instants(), clock_times)
def test_a_bare_time_is_the_last_such_time(moment: tuple[ZoneInfo, int], text: str) -> None:
    zone, now = moment
    try:
        resolved = resolve(parse_when(text), now, zone).instant
    except UsageError:
        assume(False)
    assert local(resolved, zone).time().isoformat().startswith(text)
    assert now - 26 * HOUR <= resolved <= now
    wall = local(resolved, zone).replace(tzinfo=None)
    later = [instant for days in (0, 1) for instant in instants(wall + timedelta(days=days), zone)[:1]]
    assert all(instant <= resolved or instant > now for instant in later)


@given(zoned_instants(), clock_times)
def test_a_bare_time_is_refused_only_where_the_clocks_skip_it(
    moment: tuple[ZoneInfo, int], text: str
) -> None:
    zone, now = moment
    when = parse_when(text)
    today = local(now, zone).date()
    walls = [wall_time(today - timedelta(days=days), when.clock) for days in (0, 1)]
    if all(instants(wall, zone) for wall in walls):
        resolve(when, now, zone)


def test_a_skipped_time_is_refused() -> None:
    for text in ("2026-03-29 2:30", "2026-03-29T02:00", "2:30"):
        with pytest.raises(
            UsageError, match="the clocks go from 2026-03-29 02:00 to 2026-03-29 03:00"
        ) as caught:
            resolve(parse_when(text), at("2026-03-29 12:00"), BERLIN)
        assert "2026-03-29 03:00" in caught.value.hint


def test_before_the_skipped_time_a_bare_one_is_yesterdays() -> None:
    assert understood("2:30", now=at("2026-03-29 01:00")) == "2026-03-28 02:30:00+01:00"


def test_of_a_repeated_time_the_first_is_taken_and_said() -> None:
    moment = resolve(parse_when("2026-10-25 2:30"), NOW, BERLIN)
    assert moment.instant == at("2026-10-25T02:30+02:00")
    assert moment.note == (
        "2026-10-25 02:30 occurs twice; using the first, 2026-10-25T02:30+02:00. "
        "The other is 2026-10-25T02:30+01:00."
    )


def test_the_offset_picks_one_of_a_repeated_time() -> None:
    assert resolve(parse_when("2026-10-25T02:30+01:00"), NOW, BERLIN) == (at("2026-10-25T02:30+01:00"), "")
    assert resolve(parse_when("2026-10-25T02:30+02:00"), NOW, BERLIN) == (at("2026-10-25T02:30+02:00"), "")


@pytest.mark.parametrize(
    ("now", "expected", "which"),
    [
        ("2026-10-25T02:40+02:00", "2026-10-25 02:30:00+02:00", "first"),
        ("2026-10-25T02:10+01:00", "2026-10-25 02:30:00+02:00", "first"),
        ("2026-10-25T02:40+01:00", "2026-10-25 02:30:00+02:00", "first"),
        ("2026-10-25T12:00+01:00", "2026-10-25 02:30:00+02:00", "first"),
    ],
)
def test_a_repeated_bare_time_is_the_first_of_the_two_as_well(now: str, expected: str, which: str) -> None:
    assert understood("2:30", now=at(now)) == expected
    assert f"using the {which}" in resolve(parse_when("2:30"), at(now), BERLIN).note


@given(zoned_instants(), clock_times)
def test_the_offset_in_a_note_picks_the_other(moment: tuple[ZoneInfo, int], text: str) -> None:
    zone, now = moment
    wall = wall_time(local(now, zone).date(), parse_when(text).clock)
    both = instants(wall, zone)
    if not both:
        with pytest.raises(UsageError, match="does not exist"):
            resolve(parse_when(wall.isoformat()), now, zone)
        return
    resolved = resolve(parse_when(wall.isoformat()), now, zone)
    assert resolved.instant == both[0] == first_instant(wall, zone)
    if len(both) == 2:
        other = resolved.note.removesuffix(".").rpartition(" ")[2]
        assert resolve(parse_when(other), now, zone) == (both[1], "")
