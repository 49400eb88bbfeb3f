"""When the next request may go, from what the service says about its limits. Pure: no clock, no waiting.

The service's own clock decides: a wait is `Retry-After`, else `X-RateLimit-Reset` less the `Date` of the
same answer, plus a second. This computer's clock may be hours off and has no say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import DAY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WAIT = float(DAY_SECONDS)
USUAL_WAIT = 60.0
"""Where a service says no and nothing of use about when: its shortest window."""

FEW = 20
"""While more requests than these are left, nobody has to take care; from here on each one is counted."""

MINUTE = 60.0
"""The shortest of the windows in which requests are counted."""

ROUNDING = 3.0
"""Seconds by which a wait may be longer than need be: two numbers are rounded, and one second is added."""

MARGIN = 0.1
"""Seconds for clocks that run differently fast."""

A_DATE = 1_000_000_000
"""From here on a number is a Unix time; below, seconds to wait (some services mean it so)."""


class RateLimits(NamedTuple):
    """What an answer says.

    Attributes:
        limit: Requests in the window.
        remaining: How many of them are left.
        wait: Seconds until there are more.
    """

    limit: int
    remaining: int
    wait: float


def limits(headers: Mapping[str, str]) -> RateLimits | None:
    """The limits in the headers of an answer; None if they say nothing that makes sense."""
    limit, remaining = (
        _number(headers.get("X-RateLimit-Limit")),
        _number(headers.get("X-RateLimit-Remaining")),
    )
    if limit is None or remaining is None:
        return None
    return RateLimits(int(limit), int(remaining), _until_reset(headers))


def wait_seconds(headers: Mapping[str, str]) -> float:
    """How long a 429 says to wait: from 1 second to a day."""
    after = headers.get("Retry-After", "")
    seconds = _number(after)
    if seconds is None and after:
        date, now = _date(after), _date(headers.get("Date", ""))
        seconds = max(0.0, date - now) if date is not None and now is not None else None
    if seconds is None:
        return max(1.0, _until_reset(headers))
    return _clamped(max(1.0, seconds))


def without_rounding(wait: float, age: float) -> float:
    """A wait for the end of a minute, exactly, where all requests that count in it were ours.

    Otherwise every minute would last up to 63 seconds.

    Args:
        wait: Seconds until there are more requests, from the headers.
        age: Seconds since the first of the requests that fill a window was answered.
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
    # What lies in the past is over; what lies years ahead is a mistake of the service's.
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
        # `-0000` comes without a zone, which would be read as this computer's.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
