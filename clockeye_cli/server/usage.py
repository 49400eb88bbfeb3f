"""The request counts of the limits, kept across restarts: saved every second and at exit."""

from __future__ import annotations

import logging
import threading
import time
from array import array
from typing import Protocol

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.server.limits import WINDOWS, Limiter

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from clockeye_cli.server.limits import Allowance, Limits
    from clockeye_cli.server.records import StoredKey
    from clockeye_cli.store.database import Connection

SAVE_SECONDS = 1.0
JUMP_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Transactions(Protocol):
    """The server's file: its transactions and keys."""

    def read(self) -> AbstractContextManager[Connection]:
        """One consistent state of the file."""

    def write(self) -> AbstractContextManager[Connection]:
        """A write transaction."""

    def key(self, key_id: str) -> StoredKey | None:
        """An active key."""


def steady_clock(
    wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic
) -> Callable[[], float]:
    """A clock of Unix seconds that never goes backwards, but follows a jump forward (after sleep, say)."""
    offset = wall() - monotonic()

    def now() -> float:
        nonlocal offset
        steady, real = monotonic() + offset, wall()
        if real > steady + JUMP_SECONDS:
            offset += real - steady
            return real
        return steady

    return now


def load(database: Transactions, limiter: Limiter) -> None:
    """Restore the counts of the last day into a limiter."""
    with database.read() as connection:
        rows = connection.execute("SELECT key_id, times FROM recent_requests").fetchall()
    for key_id, times in rows:
        limiter.restore(key_id, array("d", times))


def save(database: Transactions, limiter: Limiter) -> None:
    """Save the requests counted since the last call, and delete those that no window contains any more.

    Raises:
        StorageError: The file cannot be written.
    """
    counted = limiter.unsaved()
    if not counted:
        return
    rows = [(key_id, times[-1], array("d", times).tobytes()) for key_id, times in counted.items()]
    oldest = max(newest for _, newest, _ in rows) - WINDOWS[-1]
    with database.write() as connection:
        connection.execute("DELETE FROM recent_requests WHERE newest <= ?", (oldest,))
        connection.executemany(  # a key may have gone with its user since
            "INSERT INTO recent_requests SELECT id, ?2, ?3 FROM api_keys WHERE id = ?1", rows
        )


class Keeper:
    """Counts requests in memory, and saves the counts in a thread; a `storage.RequestLimits`.

    The thread starts with the first request: servers fork before.
    """

    def __init__(
        self, database: Transactions, limits: Limits | None, clock: Callable[[], float] | None
    ) -> None:
        self._database = database
        self._limiter = Limiter(limits, clock or steady_clock())
        load(database, self._limiter)
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def admit(self, key_id: str, secret_hash: bytes) -> tuple[StoredKey, Allowance] | None:
        """The active key with an id and the hash of a secret, after counting one request of it."""
        key = self._database.key(key_id)
        if key is None or not key.has(secret_hash):
            return None
        self._start()
        return key, self._limiter.take(key_id)

    def untouched(self) -> Allowance:
        """The allowance without a valid key."""
        return self._limiter.untouched()

    def close(self) -> None:
        """Save a last time and stop."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()
        self._save()

    def _start(self) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="usage", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        while not self._closing.wait(SAVE_SECONDS):
            self._save()

    def _save(self) -> None:
        try:
            save(self._database, self._limiter)
        except StorageError as error:
            _log.error("The counts of the last second were not saved: %s", error.message)
