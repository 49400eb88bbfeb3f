"""How many requests a key may still make: three sliding windows, exact at their edges.

A request counts in a window of W seconds until exactly W seconds after it. Refused requests do not count, so
waiting for `Retry-After` always helps. No I/O and no clock of its own.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WINDOWS = (60, 3_600, DAY_SECONDS)
"""Seconds; the API reference, "Rate Limits"."""

UNLIMITED = 1_000_000_000
"""What the headers say where nothing is counted."""


class Limits(NamedTuple):
    """How many requests a key may make in each window."""

    minute: int = 100
    hour: int = 5_000
    day: int = 50_000


class Allowance(NamedTuple):
    """What the limit headers say: the window that is nearest to its end.

    Attributes:
        limit: Requests that the window allows.
        remaining: Requests that are left in it.
        reset: Unix seconds, rounded up: when its oldest request leaves it.
        retry_after: Seconds until a request is allowed again; 0 if this one is.
    """

    limit: int
    remaining: int
    reset: int
    retry_after: int = 0

    def headers(self) -> list[tuple[str, str]]:
        """The headers that every answer carries."""
        return [
            ("X-RateLimit-Limit", str(self.limit)),
            ("X-RateLimit-Remaining", str(self.remaining)),
            ("X-RateLimit-Reset", str(self.reset)),
        ]


def parse_limits(text: str) -> Limits | None:
    """Limits as they are typed: `100,5000,50000`, or `off` for none.

    Raises:
        UsageError: It is neither.
    """
    if text == "off":
        return None
    words = text.split(",")
    if len(words) != len(WINDOWS) or not all(
        word.isascii() and word.isdigit() and int(word) > 0 for word in words
    ):
        raise UsageError(
            f"--limits {text!r} is not understood.",
            hint="Give requests a minute, an hour and a day, like 100,5000,50000; or off.",
        )
    return Limits(*map(int, words))


class Limiter:
    """Counts the requests of each key, in memory.

    Args:
        limits: None counts nothing and allows everything.
        clock: Gives Unix seconds; it must not go back.
    """

    def __init__(self, limits: Limits | None, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._times: dict[str, list[float]] = {}
        self._unsaved: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def take(self, key_id: str) -> Allowance:
        """Count one request of a key, unless a window is used up; then `retry_after` is over 0."""
        if self._limits is None:
            return self.untouched()
        with self._lock:
            now = self._clock()
            times = self._times.setdefault(key_id, [])
            del times[: bisect_right(times, now - WINDOWS[-1])]
            windows = list(zip(self._limits, WINDOWS, strict=True))
            full = [_state(times, now, *window) for window in windows]
            if any(state.remaining == 0 for state in full):
                return max(
                    (state for state in full if state.remaining == 0), key=lambda state: state.retry_after
                )
            times.append(now)
            self._unsaved.setdefault(key_id, []).append(now)
            after = [_state(times, now, *window) for window in windows]
            return min(after, key=lambda state: (state.remaining, -state.reset))._replace(retry_after=0)

    def untouched(self) -> Allowance:
        """What is said where no key is known: the first window, full."""
        limit = UNLIMITED if self._limits is None else self._limits.minute
        return Allowance(limit, limit, ceil(self._clock()) + WINDOWS[0])

    def unsaved(self) -> dict[str, list[float]]:
        """The requests that were counted since this was last asked."""
        with self._lock:
            found, self._unsaved = self._unsaved, {}
            return found

    def restore(self, key_id: str, times: Iterable[float]) -> None:
        """Count requests that were made before; ones that seem to come from the future were made now."""
        with self._lock:
            now = self._clock()
            known = self._times.setdefault(key_id, [])
            known.extend(min(time, now) for time in times)
            known.sort()


def _state(times: list[float], now: float, limit: int, seconds: int) -> Allowance:
    used = len(times) - bisect_right(times, now - seconds)
    if not used:
        return Allowance(limit, limit, ceil(now + seconds))
    # After a restart with lower limits more may be used than allowed: then the limit-th last one counts.
    free_at = times[-min(used, limit)] + seconds
    return Allowance(limit, max(limit - used, 0), ceil(free_at), max(ceil(free_at - now), 1))
