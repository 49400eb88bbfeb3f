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
    from collections.abc import Callable, Iterable, Sequence

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
            used = [len(times) - bisect_right(times, now - seconds) for seconds in WINDOWS]
            is_counted = all(count < limit for count, limit in zip(used, self._limits, strict=True))
            if is_counted:
                times.append(now)
                self._unsaved.setdefault(key_id, []).append(now)
                used = [count + 1 for count in used]
            # After a restart with lower limits, more may be used: then the limit-th last request counts.
            oldest = [
                times[-min(count, limit)] if count else None
                for count, limit in zip(used, self._limits, strict=True)
            ]
            return allowance_of(self._limits, now, used, oldest, is_counted=is_counted)

    def untouched(self) -> Allowance:
        """The allowance without a valid key: a first window without requests."""
        return untouched(self._limits, self._clock())

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


def untouched(limits: Limits | None, now: float) -> Allowance:
    """The allowance without a valid key: a first window without requests."""
    limit = UNLIMITED if limits is None else limits.minute
    return Allowance(limit, limit, ceil(now) + WINDOWS[0])


def allowance_of(
    limits: Limits, now: float, used: Sequence[int], oldest: Sequence[float | None], *, is_counted: bool
) -> Allowance:
    """The allowance after a request, from the window that is nearest to its end, or longest used up.

    Args:
        limits: What each window allows.
        now: The instant of the request, in Unix seconds.
        used: How many requests are in each window, with this one if it is counted.
        oldest: The instant of the request that must leave each window before another is allowed; None where
            there is none.
        is_counted: Whether the request is allowed.
    """
    states = []
    for limit, seconds, count, instant in zip(limits, WINDOWS, used, oldest, strict=True):
        free_at = (now if instant is None else instant) + seconds
        states.append(Allowance(limit, max(limit - count, 0), ceil(free_at), max(ceil(free_at - now), 1)))
    if not is_counted:
        used_up = [state for state in states if state.remaining == 0]
        return max(used_up, key=lambda state: state.retry_after)
    return min(states, key=lambda state: (state.remaining, -state.reset))._replace(retry_after=0)
