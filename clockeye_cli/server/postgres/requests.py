"""The requests of each key, counted in the database, so that all servers share them."""

from __future__ import annotations

import time

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.limits import allowance_of, untouched
from clockeye_cli.server.postgres.lists import one
from clockeye_cli.server.records import StoredKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.server.limits import Allowance, Limits
    from clockeye_cli.server.postgres.connections import Pool


class SharedLimits:
    """Looks up keys and counts their requests in one round trip, which no other key's requests wait for.

    Args:
        pool: Connections to the database.
        limits: None for no limits.
        clock: Returns Unix seconds; by default the database's clock counts, which all servers share.
    """

    def __init__(self, pool: Pool, limits: Limits | None, clock: Callable[[], float] | None) -> None:
        self._pool = pool
        self._limits = limits
        self._clock = clock

    def admit(self, key_id: str, secret_hash: bytes) -> tuple[StoredKey, Allowance] | None:
        """The active key with an id and the hash of a secret, after counting one request of it."""
        query = "SELECT * FROM admit(%s, %s, %s, %s, %s, %s)"
        allowed = self._limits or (None, None, None)
        values = (key_id, secret_hash, self._clock and self._clock(), *allowed)
        with self._pool.connection() as connection:
            *stored, is_counted, now, used, oldest = one(connection, query, *values)
        key = StoredKey._make(stored)
        if key.secret_hash is None or not key.has(secret_hash):
            return None
        if self._limits is None:
            return key, self.untouched()
        return key, allowance_of(self._limits, now, used, oldest, is_counted=is_counted)

    def untouched(self) -> Allowance:
        """The allowance without a valid key."""
        return untouched(self._limits, (self._clock or time.time)())

    def close(self) -> None:
        """Nothing is left to save."""
