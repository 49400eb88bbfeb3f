"""Dates, clock times and lengths of other programs; the order of dates is proved, never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.errors import UsageError
from clockeye_cli.importers import clocks

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "seconds", "tolerance"),
    [
        ("01:15:00", 4500, 0),
        ("100:00:01", 360_001, 0),
        ("1:15", 4500, 59),
        ("31:25 min", 1885, 0),
        ("45 sec", 45, 0),
        ("5 min", 300, 0),
        ("1.25", 4500, 18),
        ("6,25", 22_500, 18),
        ("1.01", 3636, 18),
        (".5", 1800, 180),
        ("2", 7200, 1800),
        ("0.0000", 0, 1),
        ("0", 0, 1800),
        ("1h 30m", 5400, 0),
        ("2 h", 7200, 1800),
    ],
)
def test_a_length_and_its_precision(text: str, seconds: int, tolerance: int) -> None:
    assert clocks.length(text) == (seconds, tolerance)


@pytest.mark.parametrize("text", ["", "-1:00", "-0.5", ".", "much", "1:60:00", "1,5,2", "٣", "h"])
def test_what_is_no_length(text: str) -> None:
    assert clocks.length(text) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("9:00", 32_400),
        ("09:00:30", 32_430),
        ("11:30:00 PM", 84_600),
        ("12:00 AM", 0),
        ("12:05pm", 43_500),
        ("4 p.m.", 57_600),
        ("24:00", 86_400),
        ("09:00:00.123", 32_400),
        ("9.30", 34_200),
    ],
)
def test_a_clock_time(text: str, seconds: int) -> None:
    assert clocks.clock(text) == seconds


@pytest.mark.parametrize("text", ["", "9", "25:00", "24:01", "13:00 PM", "0:00 am", "9:60", "9:5", "noonish"])
def test_what_is_no_clock_time(text: str) -> None:
    assert clocks.clock(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-27T09:00:00Z", 1774602000),
        ("2026-03-27T10:00:00+01:00", 1774602000),
        ("2026-03-27 09:00", datetime(2026, 3, 27, 9)),  # noqa: DTZ001 - a wall time
        ("27.03.2026 09:00", None),
        ("2026-03-27", None),
        ("", None),
    ],
)
def test_a_moment(text: str, expected: datetime | int | None) -> None:
    assert clocks.moment(text) == expected
    assert clocks.moment("27.03.2026, 9:00 pm", "dmy") == datetime(2026, 3, 27, 21)  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize(
    ("texts", "order", "proof"),
    [
        (["2026-01-02"], "iso", "the file"),
        (["01/02/2026", "13/02/2026"], "dmy", "13/02/2026"),
        (["01/02/2026", "02/13/2026"], "mdy", "02/13/2026"),
        (["01/12/2026"], "mdy", "01/12/2026 would be in the future"),
        (["12/01/2026"], "dmy", "12/01/2026 would be in the future"),
        (["05/05/2026"], "dmy", "both orders give the same days"),
        (["", "x"], "iso", "the file"),
    ],
)
def test_a_file_proves_the_order_of_its_dates(texts: list[str], order: str, proof: str) -> None:
    assert clocks.proved(texts, TODAY, "") == (order, proof)


@pytest.mark.parametrize(
    "texts", [["01/02/2026"], ["01.02.2026"], ["13/02/2026", "02/13/2026", "01/02/2026"]]
)
def test_an_order_that_nothing_proves_is_asked_for(texts: list[str]) -> None:
    with pytest.raises(UsageError) as refusal:
        clocks.proved(texts, TODAY, "")
    assert refusal.value.code == "ambiguous_dates"
    assert clocks.proved(texts, TODAY, "mdy") == ("mdy", "--dates")


def test_both_readings_of_a_date_are_shown() -> None:
    with pytest.raises(
        UsageError, match="01/02/2026 is 2026-02-01 with the day first, 2026-01-02 with the month"
    ):
        clocks.proved(["05/05/2026", "01/02/2026"], TODAY, "")


@given(st.lists(st.dates(date(2000, 1, 1), TODAY), min_size=1), st.sampled_from(["dmy", "mdy"]))
def test_an_order_is_never_proved_wrongly(days: list[date], order: str) -> None:
    """Whatever days a file has, what is proved is how it was written, or gives the same days."""
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    texts = [day.strftime(form) for day in days]
    try:
        proved, _ = clocks.proved(texts, TODAY, "")
    except UsageError:
        return
    assert [clocks.day(text, proved) for text in texts] == days
