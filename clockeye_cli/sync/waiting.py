"""Waiting for the service's rate limit, which all processes of a profile track together in the store."""

from __future__ import annotations

import time
from collections import deque

from clockeye_cli.api import pace
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import LimitedError
from clockeye_cli.store import budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.state import Store


class Waiting:
    """Waits before a request, and records the rate limit after it; only in the thread that opened the store.

    While many requests remain, nothing is written, to save a transaction per request.

    Args:
        store: The profile's store.
        patience: Seconds that may be waited in total; None for no limit.
        wall: Returns the Unix time.
        sleep: Waits.
    """

    def __init__(
        self,
        store: Store,
        *,
        patience: float | None,
        wall: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._patience = patience
        self._wall = wall
        self._sleep = sleep
        self._are_few = False
        self._answers: deque[float] = deque()

    def before(self) -> None:
        """Wait until the next request may be sent.

        Raises:
            LimitedError: The wait exceeds the remaining patience.
        """
        while seconds := self._take():
            if self._patience is not None:
                if seconds > self._patience:
                    raise LimitedError(
                        f"Rate limit reached; retry in {seconds:.0f} s.",
                        wait=seconds,
                        hint="`clockeye sync` waits as long as needed.",
                    )
                self._patience -= seconds
            self._sleep(seconds)

    def after(self, limits: pace.RateLimits) -> None:
        """Record the rate limits of an answer."""
        now = self._wall()
        self._answers.append(now)
        while not now - pace.MINUTE < self._answers[0] <= now:
            self._answers.popleft()
        if limits.remaining <= pace.FEW:
            self._are_few = True
            wait = limits.wait
            if 0 < limits.limit <= len(self._answers):
                wait = pace.without_rounding(wait, now - self._answers[-limits.limit])
            with self._store.exchange() as connection:
                budget.note(connection, limits.remaining, now, wait)
        elif self._are_few:
            self._are_few = False
            with self._store.exchange() as connection:
                budget.clear(connection)

    def _take(self) -> float:
        with self._store.read() as connection:
            self._are_few = budget.are_few(connection)
        if not self._are_few:
            return 0.0
        with self._store.exchange() as connection:
            return budget.take(connection, self._wall())
