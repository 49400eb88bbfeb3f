"""The grammar of rules for rounding, and what each rule makes of a duration."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.rounding import BUCKETS, WAYS, Rounding, looks_like_a_rule, parse_rule
from clockeye_cli.errors import UsageError

MINUTE, HOUR = 60, 3_600
QUARTER = 15 * MINUTE


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("15m", Rounding(QUARTER)),
        ("15m nearest", Rounding(QUARTER)),
        ("15m nearest per day", Rounding(QUARTER, per="day")),
        ("6m up per entry", Rounding(6 * MINUTE, "up")),
        ("1h DOWN Per Client Day", Rounding(HOUR, "down", "client day")),
        ("1h 30min per period at least 2h", Rounding(90 * MINUTE, per="period", least=2 * HOUR)),
        ("0:15 up at least 0:30", Rounding(QUARTER, "up", least=30 * MINUTE)),
        ("1m clock", Rounding(MINUTE, "clock")),
        ("1m clock per entry", Rounding(MINUTE, "clock")),
        ("90s", Rounding(90)),
        ("none", None),
        (" None ", None),
    ],
)
def test_rules_that_are_understood(text: str, rule: Rounding | None) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it has no duration"),
        ("up", "it has no duration"),
        ("configured", "Invalid duration 'configured'"),
        ("15", "'15' has no unit"),
        ("0m", "Invalid duration '0m': it must be greater than zero"),
        ("-15m", "Invalid duration '-15m': it must be greater than zero"),
        ("15m sideways", "Invalid duration '15m sideways'"),
        ("15m up down", "'down' is not understood"),
        ("15m per", "per … is unknown"),
        ("15m per week", "per week is unknown"),
        ("15m per day up", "'up' is not understood"),
        ("15m at least", "it has no duration"),
        ("15m at most 1h", "'at' is not understood"),
        ("1m clock per day", "`clock` rounds the times of each entry, so it cannot be per day"),
        ("1m clock per period", "`clock` rounds the times of each entry, so it cannot be per period"),
        ("15m none", "Invalid duration '15m none'"),
    ],
)
def test_what_is_no_rule_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_rule(text)
    assert raised.value.code == "bad_rule"
    assert raised.value.message == f"Invalid rounding {text!r}: {reason}."


@given(
    st.builds(
        Rounding,
        st.integers(1, 100_000),
        st.sampled_from(WAYS[:3]),
        st.sampled_from(BUCKETS),
        st.one_of(st.just(0), st.integers(1, 100_000)),
    )
)
def test_a_rule_is_understood_as_it_is_written(rule: Rounding) -> None:
    assert parse_rule(str(rule)) == rule
    assert looks_like_a_rule(str(rule))


@pytest.mark.parametrize("text", ["15m", "15 min", "1h 30min up", "15m up per day", "none"])
def test_a_duration_in_words_begins_a_rule(text: str) -> None:
    assert looks_like_a_rule(text)


@pytest.mark.parametrize(
    "word",
    [
        "7 days ago",
        "2 weeks ago",
        "10 nov",
        "2026-11",
        "yesterday",
        "last",
        "w46",
        "2026",
        "",
        "since monday",
        "3 days ago",
    ],
)
def test_a_period_is_no_rule(word: str) -> None:
    assert not looks_like_a_rule(word)


@pytest.mark.parametrize(
    ("rule", "seconds", "rounded"),
    [
        ("15m", 7 * MINUTE + 29, 0),
        ("15m", 7 * MINUTE + 30, QUARTER),  # half goes up
        ("15m up", 1, QUARTER),
        ("15m up", QUARTER, QUARTER),
        ("15m up", 0, 0),
        ("15m down", QUARTER - 1, 0),
        ("15m down at least 15m", 1, QUARTER),
        ("15m up at least 1h", 0, 0),
        ("15m up at least 1h", 1, HOUR),
        ("15m up at least 1h", 2 * HOUR, 2 * HOUR),
    ],
)
def test_rounding_a_duration(rule: str, seconds: int, rounded: int) -> None:
    parsed = parse_rule(rule)
    assert parsed is not None
    assert parsed.rounded(seconds) == rounded


def test_clock_gives_the_difference_of_the_printed_times() -> None:
    start, end = 9 * HOUR + 2 * MINUTE + 41, 12 * HOUR + 31
    assert Rounding(MINUTE, "clock").of_entry(start, end, lambda _: 0) == 2 * HOUR + 58 * MINUTE
    # In a zone that is half an hour off, an hour of the clock is not an hour of UTC.
    assert Rounding(HOUR, "clock").of_entry(start, end, lambda _: 1_800) == 3 * HOUR
    assert Rounding(HOUR, "clock").of_entry(start, end, lambda _: 0) == 3 * HOUR
    assert Rounding(MINUTE, "clock").of_entry(start, start + 5, lambda _: 0) == 0


@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=10))
def test_work_without_gaps_sums_to_the_last_end_less_the_first_start(lengths: list[int]) -> None:
    rule, at, total = Rounding(MINUTE, "clock"), 1_000_000_013, 0
    first = at
    for length in lengths:
        total += rule.of_entry(at, at + length, lambda _: 0)
        at += length
    assert total == at // MINUTE * MINUTE - first // MINUTE * MINUTE


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("15m", "Rounded to the nearest 15m per entry"),
        ("15m up per period", "Rounded up to 15m per period"),
        ("90s down per client day at least 1h", "Rounded down to 90s per client day, at least 1h"),
        ("1m clock", "Rounded to 1m of the clock per entry"),
    ],
)
def test_a_rule_in_words(rule: str, sentence: str) -> None:
    parsed = parse_rule(rule)
    assert parsed is not None
    assert parsed.sentence == sentence
