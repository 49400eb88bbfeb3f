"""When the next request may be sent, from the rate limits in an answer's headers. Pure: no clock, no waiting.

Only the service's clock counts: the wait is `Retry-After`, else `X-RateLimit-Reset` minus the `Date` of the
same answer, plus one second. This computer's clock may be hours off, so it is not used.
"""

from __future__ import annotations

from http import HTTPStatus

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WAIT = float(DAY_SECONDS)
USUAL_WAIT = 60.0
"""The wait when a service refuses without a usable time: its shortest window."""

FEW = 20
"""With more requests remaining, none is counted; from here on, each one is."""

MINUTE = 60.0
"""The shortest of the windows in which requests are counted."""

ROUNDING = 3.0
"""Seconds by which a wait may be too long: two numbers are rounded, and one second is added."""

MARGIN = 0.1
"""Seconds to allow for clocks that run at different speeds."""

A_DATE = 1_000_000_000
"""From here on, a number is a Unix time; below, it is seconds to wait (as some services send it)."""


class RateLimits(NamedTuple):
    """The rate limits that an answer announces.

    Attributes:
        limit: Requests per window.
        remaining: Remaining requests in this window.
        wait: Seconds until the next window.
    """

    limit: int
    remaining: int
    wait: float


def limits(headers: Mapping[str, str]) -> RateLimits | None:
    """The limits in the headers of an answer; None if they are missing or invalid."""
    limit, remaining = (
        _number(headers.get("X-RateLimit-Limit")),
        _number(headers.get("X-RateLimit-Remaining")),
    )
    if limit is None or remaining is None:
        return None
    return RateLimits(int(limit), int(remaining), _until_reset(headers))


def announced(status: int, headers: Mapping[str, str]) -> RateLimits | None:
    """The limits after an answer; after a 429 no request is accepted until the wait is over."""
    announcement = limits(headers)
    if status != HTTPStatus.TOO_MANY_REQUESTS:
        return announcement
    return RateLimits(announcement.limit if announcement else 0, 0, wait_seconds(headers))


def skew(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds by which the service's clock is ahead of this computer's, an instant; None if unknown."""
    date = _date(headers.get("Date", ""))
    return None if date is None else date - now


def wait_seconds(headers: Mapping[str, str]) -> float:
    """The wait that a 429 asks for, in seconds: from 1 second to a day."""
    after = headers.get("Retry-After", "")
    seconds = _number(after)
    if seconds is None and after:
        date, now = _date(after), _date(headers.get("Date", ""))
        seconds = max(0.0, date - now) if date is not None and now is not None else None
    if seconds is None:
        return max(1.0, _until_reset(headers))
    return _clamped(max(1.0, seconds))


def without_rounding(wait: float, age: float) -> float:
    """The wait for the exact end of a minute, if all requests in it were ours.

    Otherwise every minute would last up to 63 seconds.

    Args:
        wait: Seconds until the next window, from the headers.
        age: Seconds since the answer to the first request of the full window.
    """
    is_a_minute = 0 <= wait + age - MINUTE <= ROUNDING
    return max(0.0, MINUTE + MARGIN - age) if is_a_minute else wait


def _until_reset(headers: Mapping[str, str]) -> float:
    reset, now = _number(headers.get("X-RateLimit-Reset")), _date(headers.get("Date", ""))
    if reset is None:
        return USUAL_WAIT
    if reset < A_DATE:
        return _clamped(reset + 1)
    return _clamped(reset - now + 1) if now is not None else USUAL_WAIT


def _clamped(seconds: float) -> float:
    # A time in the past means no wait; one years ahead is an error of the service.
    return max(0.0, seconds) if seconds <= LONGEST_WAIT else USUAL_WAIT


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _date(text: str) -> float | None:
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        # `-0000` is parsed without a zone, which would mean this computer's.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
