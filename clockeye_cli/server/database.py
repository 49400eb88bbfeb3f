"""The server's data in a SQLite file: one connection per thread."""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from typing import Any

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.records import StoredKey
from clockeye_cli.server.sqlite.queries import SqliteQueries
from clockeye_cli.server.sqlite.schema import MIGRATIONS
from clockeye_cli.server.usage import Keeper
from clockeye_cli.store.database import Connection, connect, snapshot, storage_errors, transaction
from clockeye_cli.store.two_files import back_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clockeye_cli.server.limits import Limits

APPLICATION_ID = 0x434B5356
"""`CKSV`."""

CACHE_KIB = 16_384
"""SQLite's page cache per thread, in KiB."""


class Database:
    """The server's file, with one connection per thread; a `storage.Storage`.

    Args:
        path: The file; it and its folder are created if missing.

    Raises:
        StorageError: The file cannot be created or used.
    """

    def __init__(self, path: str) -> None:
        self.place = self.path = os.path.abspath(path)
        self._of_thread = threading.local()
        self._connection()

    def row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a single query, read without a snapshot."""
        with storage_errors(self.path):
            first: tuple[Any, ...] | None = self._connection().execute(query, values).fetchone()
            return first

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read one consistent state of the file. Keep the block short: it blocks writers."""
        with storage_errors(self.path), snapshot(self._connection()):
            yield self._connection()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: committed to disk when the block ends, rolled back if it raises."""
        with storage_errors(self.path), transaction(self._connection()):
            yield self._connection()

    @contextmanager
    def reading(self) -> Iterator[SqliteQueries]:
        """One consistent state of the file. Keep the block short: it blocks writers."""
        with self.read() as connection:
            yield SqliteQueries(connection)

    def snapshot(self) -> AbstractContextManager[SqliteQueries]:
        """The same, for several queries."""
        return self.reading()

    @contextmanager
    def writing(self) -> Iterator[SqliteQueries]:
        """A transaction: committed to disk when the block ends, rolled back if it raises."""
        with self.write() as connection:
            yield SqliteQueries(connection)

    def key(self, key_id: str) -> StoredKey | None:
        """An active key."""
        row = self.row(
            "SELECT secret_hash, user_id, role, permissions FROM api_keys k JOIN users u ON u.id = user_id"
            " WHERE k.id = ? AND revoked_at IS NULL",
            key_id,
        )
        return StoredKey._make((*row[:3], json.loads(row[3]))) if row else None

    def limits(self, limits: Limits | None, clock: Callable[[], float] | None) -> Keeper:
        """What counts requests, in memory; saved every second."""
        return Keeper(self, limits, clock)

    def check(self) -> None:
        """Check that the file can be read.

        Raises:
            StorageError: It cannot.
        """
        self.row("SELECT 1 FROM marks")

    def close(self) -> None:
        """Close nothing: a connection ends with its thread."""

    def backup(self, path: str) -> None:
        """Copy the whole file into a new one, while servers may go on writing.

        Raises:
            StorageError: The new file exists or cannot be written, or the database is damaged.
        """
        back_up(self._connection(), self.path, path)

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = self._of_thread.connection = connect(self.path, MIGRATIONS, APPLICATION_ID)
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        return connection
