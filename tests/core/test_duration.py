"""Durations as people type them and as they are shown."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.duration import LONGEST, clock, decimal, parse_duration, quoted, short
from clockeye_cli.errors import UsageError


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90m", 5_400),
        ("1h30", 5_400),
        ("1h30m", 5_400),
        ("1.5h", 5_400),
        ("1,5h", 5_400),
        ("0:45", 2_700),
        ("1:30:00", 5_400),
        ("45s", 45),
        ("2d", 172_800),
        ("PT1H30M", 5_400),
        ("1h 30m", 5_400),
        ("1h 30", 5_400),
        ("90 min", 5_400),
        ("1 hour", 3_600),
        ("2 hours 5 minutes 3 seconds", 7_503),
        ("1d 2h 3m 4s", 93_784),
        ("  1H30M ", 5_400),
        ("1h90m", 9_000),
        ("26:00", 93_600),
        ("pt0.5h", 1_800),
        ("P1DT1H", 90_000),
        ("P2D", 172_800),
        ("0.1h", 360),
        ("0.7m", 42),
        ("1h 0.5m", 3_630),
        ("0.5s", 1),
        ("1.4s", 1),
        ("876600h", LONGEST),
    ],
)
def test_what_is_understood(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "m", "h30", "1h5", "1h60", "1:60", "1:5", "1:30:60", ":30", "1.5h30m", "5w",
        "30m 1h", "1h 1h",
        "1 month", "1e3s", "PT", "P", "P1DT", "P1Y", "1.h", ".5h", "1..5h",
        "0x10m", "one hour", "٣m", "1h\x00",
    ],
)  # fmt: skip
def test_what_is_not(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration(text)
    assert caught.value.code == "duration_not_understood"
    assert repr(text) in caught.value.message
    assert "1h30m" in caught.value.hint


def test_a_number_alone_is_asked_for_its_unit() -> None:
    with pytest.raises(UsageError, match="'90' has no unit") as caught:
        parse_duration("90")
    assert "90m for minutes" in caught.value.hint


@pytest.mark.parametrize("text", ["0m", "0:00", "PT0S", "-5m", "-1:30", "0.4s", "0.0001h"])
def test_a_duration_is_over_zero(text: str) -> None:
    with pytest.raises(UsageError, match="must be greater than zero"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["876600h1s", "36526d", "9999999999999999999999h", "9999999:00"])
def test_more_than_a_hundred_years_is_a_slip(text: str) -> None:
    with pytest.raises(UsageError, match="longer than a hundred years"):
        parse_duration(text)


@given(st.one_of(st.text(), st.text(alphabet="0123456789.,:hmsdpt -", max_size=12)))
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert 0 < parse_duration(text) <= LONGEST


def test_a_huge_text_is_refused_in_few_words() -> None:
    with pytest.raises(UsageError) as caught:
        parse_duration("1" * 1_000_000)
    assert len(caught.value.message) < 100


@given(st.integers(1, LONGEST))
def test_what_is_shown_can_be_typed(seconds: int) -> None:
    assert parse_duration(clock(seconds)) == seconds


@given(st.integers(1, LONGEST))
def test_short_is_less_than_a_minute_off(seconds: int) -> None:
    assert 0 <= seconds - parse_duration(short(seconds)) < 60


@given(st.integers(-LONGEST, LONGEST))
def test_decimal_is_the_nearest_hundredth_of_an_hour(seconds: int) -> None:
    text = decimal(seconds)
    assert abs(int(text.replace(".", "")) * 36 - seconds) <= 18
    assert text[-3] == "."


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, ("0:00:00", "0.00", "0s")),
        (45, ("0:00:45", "0.01", "45s")),
        (60, ("0:01:00", "0.02", "1m")),
        (3_600, ("1:00:00", "1.00", "1h")),
        (5_025, ("1:23:45", "1.40", "1h 23m")),
        (5_400, ("1:30:00", "1.50", "1h 30m")),
        (360_000, ("100:00:00", "100.00", "100h")),
        (-5_400, ("-1:30:00", "-1.50", "-1h 30m")),
        (-1, ("-0:00:01", "0.00", "-1s")),
    ],
)
def test_how_durations_are_shown(seconds: int, shown: tuple[str, str, str]) -> None:
    assert (clock(seconds), decimal(seconds), short(seconds)) == shown


def test_quoted_shows_control_characters_and_cuts() -> None:
    assert quoted("9\x1b[31m\u202e") == "'9\\x1b[31m\\u202e'"
    assert len(quoted("x" * 1_000)) < 60
