"""Waiting for the service's limits, which all processes of a profile share through the store."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clockeye_cli.errors import LimitedError
from clockeye_cli.store import budget

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.api.pace import Limits
    from clockeye_cli.store.state import Store

PLENTY = 20
"""While more requests than this are left, what an answer says about the limits is not worth a write."""


class Waiting:
    """The two ends of a request: wait before it, note after it.

    Args:
        store: The profile's.
        patience: Seconds that may be waited in all; None for as long as it takes.
        wall: Gives Unix time.
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
        self._is_noted = False

    def before(self) -> None:
        """Wait until the next request may go.

        Raises:
            LimitedError: That takes longer than there is patience.
        """
        with self._store.read() as connection:
            seconds = budget.wait(connection, self._wall())
        if not seconds:
            return
        if self._patience is not None:
            if seconds > self._patience:
                raise LimitedError(
                    f"ClockEye takes no more requests for {seconds:.0f} s.",
                    wait=seconds,
                    hint="`clockeye sync` waits for it.",
                )
            self._patience -= seconds
        self._sleep(seconds)

    def after(self, limits: Limits) -> None:
        """Note what an answer said about the limits."""
        is_scarce = limits.remaining <= PLENTY
        if is_scarce or self._is_noted:
            with self._store.exchange() as connection:
                budget.note(connection, limits.remaining, self._wall(), limits.wait)
        self._is_noted = is_scarce
