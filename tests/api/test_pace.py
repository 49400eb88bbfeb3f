"""When the next request may go: by the service's words and its own clock, never by this computer's."""

from __future__ import annotations

import time
from email.utils import formatdate

import httpx
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.api import pace

NOW = 1_795_000_000
DATE = formatdate(NOW, usegmt=True)


def waited(**headers: str) -> float:
    return pace.wait_seconds(
        httpx.Headers({name.replace("_", "-"): value for name, value in headers.items()})
    )


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("7", 7.0),
        ("0", 1.0),
        ("0.25", 1.0),
        ("86400", 86_400.0),
        ("86401", 60.0),
        ("1e300", 60.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 1.0),
        (formatdate(NOW + 3, usegmt=False), 3.0),
        (formatdate(NOW + 10 * 365 * 86_400, usegmt=True), 60.0),
    ],
)
def test_retry_after_counts_as_seconds_or_as_a_date_by_the_services_clock(after: str, seconds: float) -> None:
    assert waited(Retry_After=after, Date=DATE, X_RateLimit_Reset=str(NOW + 500)) == seconds


@pytest.mark.parametrize("after", ["", "soon", "-5", "nan", "inf", "Mon, 99 Foo 2026", "7 s", ",", "\x00"])
def test_a_retry_after_that_is_rubbish_leaves_it_to_the_reset(after: str) -> None:
    assert waited(Retry_After=after, Date=DATE, X_RateLimit_Reset=str(NOW + 29)) == 30.0


def test_a_retry_after_date_without_the_services_date_leaves_it_to_the_usual_wait() -> None:
    assert waited(Retry_After=formatdate(NOW + 5, usegmt=True)) == 60.0


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        (str(NOW + 29), 30.0),
        (f"{NOW + 29}.5", 30.5),
        (str(NOW), 1.0),
        (str(NOW - 1), 1.0),
        (str(NOW - 86_400), 1.0),
        (str(NOW + 86_399), 86_400.0),
        (str(NOW + 86_400), 60.0),
        (str(NOW * 1000), 60.0),
        ("12", 13.0),
        ("0", 1.0),
        ("90000", 60.0),
        ("rubbish", 60.0),
        ("-1", 60.0),
        ("nan", 60.0),
    ],
)
def test_the_reset_counts_as_unix_time_less_the_date_or_as_seconds(reset: str, seconds: float) -> None:
    assert waited(Date=DATE, X_RateLimit_Reset=reset) == seconds


@pytest.mark.parametrize("date", ["", "rubbish", "Sun, 99 Nov 2026 00:00:00 GMT"])
def test_a_unix_time_without_a_usable_date_is_the_usual_wait(date: str) -> None:
    assert waited(X_RateLimit_Reset=str(NOW + 5), Date=date) == 60.0
    assert waited(X_RateLimit_Reset="5", Date=date) == 6.0


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("local", [0, NOW - 9_999_999, NOW + 9_999_999])
def test_the_local_clock_and_its_zone_have_no_say(
    local: int, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with time_machine.travel(local, tick=False):
            assert waited(Date=DATE, X_RateLimit_Reset=str(NOW + 29)) == 30.0
            after = formatdate(NOW + 40, usegmt=True).replace("GMT", "-0000")
            assert waited(Retry_After=after, Date=DATE) == 40.0
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("limit", "remaining", "expected"),
    [
        ("100", "42", pace.RateLimits(100, 42, 30.0)),
        ("100", "0", pace.RateLimits(100, 0, 30.0)),
        ("", "42", None),
        ("100", "", None),
        ("100", "-1", None),
        ("many", "few", None),
        ("inf", "nan", None),
    ],
)
def test_limits_are_read_only_where_they_make_sense(
    limit: str, remaining: str, expected: pace.RateLimits | None
) -> None:
    headers = {"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": remaining}
    assert (
        pace.limits(httpx.Headers({**headers, "X-RateLimit-Reset": str(NOW + 29), "Date": DATE})) == expected
    )


@given(st.text(), st.text(), st.text())
def test_whatever_the_headers_say_a_wait_is_from_a_second_to_a_day(after: str, reset: str, date: str) -> None:
    headers = {"Retry-After": after, "X-RateLimit-Reset": reset, "Date": date}
    assert 1.0 <= pace.wait_seconds(headers) <= 86_401.0


def test_how_far_the_service_s_clock_is_ahead() -> None:
    assert pace.skew({"Date": DATE}, NOW - 90) == 90
    assert pace.skew({"Date": DATE}, NOW + 90) == -90
    assert pace.skew({"Date": "soon"}, NOW) is None
    assert pace.skew({}, NOW) is None
