"""Rate limits: three sliding windows per key, exact at their edges.

A request counts in a window of W seconds until exactly W seconds later. Rejected requests do not count, so
waiting for `Retry-After` always helps. No I/O, and no clock of its own.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from math import ceil

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WINDOWS = (60, 3_600, DAY_SECONDS)
"""A minute, an hour and a day in seconds (API reference, "Rate Limits")."""

UNLIMITED = 1_000_000_000
"""The limit in the headers of a server without limits."""


class Limits(NamedTuple):
    """The number of requests that a key may make per minute, hour and day."""

    minute: int = 100
    hour: int = 5_000
    day: int = 50_000


class Allowance(NamedTuple):
    """The content of the limit headers, for the window with the fewest requests remaining.

    Attributes:
        limit: Requests that the window allows.
        remaining: Requests remaining in it.
        reset: When its oldest request leaves the window, in Unix seconds, rounded up.
        retry_after: Seconds until a request is allowed again; 0 if this one is.
    """

    limit: int
    remaining: int
    reset: int
    retry_after: int = 0

    def headers(self) -> list[tuple[str, str]]:
        """The headers of every response."""
        return [
            ("X-RateLimit-Limit", str(self.limit)),
            ("X-RateLimit-Remaining", str(self.remaining)),
            ("X-RateLimit-Reset", str(self.reset)),
        ]


def parse_limits(text: str) -> Limits | None:
    """The limits in a text such as `100,5000,50000`; None for `off`.

    Raises:
        UsageError: The text is neither.
    """
    if text == "off":
        return None
    words = text.split(",")
    if len(words) != len(WINDOWS) or not all(
        word.isascii() and word.isdigit() and int(word) > 0 for word in words
    ):
        raise UsageError(
            f"Invalid value {text!r} for --limits.",
            hint="Give requests per minute, hour and day, such as 100,5000,50000; or off.",
        )
    return Limits(*map(int, words))


class Limiter:
    """Counts the requests of each key, in memory.

    Args:
        limits: None for no limits.
        clock: Returns Unix seconds; must not go backwards.
    """

    def __init__(self, limits: Limits | None, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._times: dict[str, list[float]] = {}
        self._unsaved: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def take(self, key_id: str) -> Allowance:
        """Count one request of a key; in a used-up window it does not count, and `retry_after` is over 0."""
        if self._limits is None:
            return self.untouched()
        with self._lock:
            now = self._clock()
            times = self._times.setdefault(key_id, [])
            del times[: bisect_right(times, now - WINDOWS[-1])]
            windows = list(zip(self._limits, WINDOWS, strict=True))
            states = [_state(times, now, *window) for window in windows]
            if used_up := [state for state in states if state.remaining == 0]:
                return max(used_up, key=lambda state: state.retry_after)
            times.append(now)
            self._unsaved.setdefault(key_id, []).append(now)
            after = [_state(times, now, *window) for window in windows]
            return min(after, key=lambda state: (state.remaining, -state.reset))._replace(retry_after=0)

    def untouched(self) -> Allowance:
        """The allowance without a valid key: a first window without requests."""
        limit = UNLIMITED if self._limits is None else self._limits.minute
        return Allowance(limit, limit, ceil(self._clock()) + WINDOWS[0])

    def unsaved(self) -> dict[str, list[float]]:
        """The times of the requests counted since the last call, by key."""
        with self._lock:
            times, self._unsaved = self._unsaved, {}
            return times

    def restore(self, key_id: str, times: Iterable[float]) -> None:
        """Count requests of an earlier run; times in the future count as now."""
        with self._lock:
            now = self._clock()
            counted = self._times.setdefault(key_id, [])
            counted.extend(min(time, now) for time in times)
            counted.sort()


def _state(times: list[float], now: float, limit: int, seconds: int) -> Allowance:
    used = len(times) - bisect_right(times, now - seconds)
    if not used:
        return Allowance(limit, limit, ceil(now + seconds))
    # After a restart with lower limits, more may be used than allowed: then the limit-th last request counts.
    free_at = times[-min(used, limit)] + seconds
    return Allowance(limit, max(limit - used, 0), ceil(free_at), max(ceil(free_at - now), 1))
