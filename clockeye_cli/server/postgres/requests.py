"""The requests of each key, counted in the database, so that all servers share them."""

from __future__ import annotations

import time

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.limits import WINDOWS, allowance_of, untouched
from clockeye_cli.server.postgres.lists import one

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.server.limits import Allowance, Limits
    from clockeye_cli.server.postgres.connections import Pool


class SharedLimits:
    """Counts requests in one round trip, which only requests with the same key wait for.

    Args:
        pool: Connections to the database.
        limits: None for no limits.
        clock: Returns Unix seconds; by default the database's clock counts, which all servers share.
    """

    def __init__(self, pool: Pool, limits: Limits | None, clock: Callable[[], float] | None) -> None:
        self._pool = pool
        self._limits = limits
        self._clock = clock

    def take(self, key_id: str) -> Allowance:
        """Count one request of a key."""
        if self._limits is None:
            return self.untouched()
        query = "SELECT is_counted, now, used, oldest FROM take_request(%s, %s, %s, %s)"
        values = (key_id, self._clock and self._clock(), [*self._limits], [*WINDOWS])
        with self._pool.connection() as connection:
            is_counted, now, used, oldest = one(connection, query, *values)
        return allowance_of(self._limits, now, used, oldest, is_counted=is_counted)

    def untouched(self) -> Allowance:
        """The allowance without a valid key."""
        return untouched(self._limits, (self._clock or time.time)())

    def close(self) -> None:
        """Nothing is left to save."""
