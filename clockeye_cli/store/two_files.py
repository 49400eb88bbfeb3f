"""Two databases at once: copying one, and transactions over both."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.database import (
    BUSY_SECONDS,
    connect_as_it_is,
    connect_empty,
    new_database,
    storage_errors,
    uri,
)
from clockeye_cli.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


class _BusyError(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_BUSY


def copy(source: Connection, draft: str) -> None:
    """Copy a whole database into an empty file with SQLite's online backup.

    Raises:
        DatabaseError: It cannot be read or written, or another command locks it for too long.
    """
    target = sqlite3.connect(draft, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        _copy(source, target)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()


def _copy(source: Connection, target: Connection) -> None:
    def watch(status: int, _left: int, _all: int) -> None:
        # Python would retry for ever; SQLite has waited for BUSY_SECONDS by now.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _BusyError("database is locked")

    source.backup(target, progress=watch)


def copy_in_memory(path: str, source: Connection | None) -> Connection:
    """A copy of a whole store in memory, to work on instead.

    Args:
        path: The store's file, for messages.
        source: The store, which is closed; None for one that has no file yet.

    Raises:
        StorageError: The file cannot be written, or another command locks it for too long.
    """
    target = connect_empty(MIGRATIONS)
    target.execute("PRAGMA foreign_keys=ON")
    with storage_errors(path):
        if source is None:
            _try_to_create(path)
        else:
            _try_to_write(source)
            _copy(source, target)
            source.close()
    return target


def _try_to_create(path: str) -> None:
    """Fail where the file could not be created, as far as that can be known without trying."""
    missing, folder = path, os.path.dirname(path)
    while not os.path.lexists(folder):
        missing, folder = folder, os.path.dirname(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), missing)


def _try_to_write(connection: Connection) -> None:
    """Wait for other commands, and write what is rolled back, to fail where a write would."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def back_up(source: Connection, path: str, target: str) -> None:
    """Copy a whole database into a new file, while others may go on writing to it.

    Args:
        source: The open database.
        path: Its path, for messages.
        target: The new file.

    Raises:
        StorageError: The new file exists or cannot be written, or the database is damaged.
    """
    from clockeye_cli.store.database_errors import damaged
    from clockeye_cli.store.soundness import sqlite_problems

    with storage_errors(target), new_database(target) as draft:
        copy(source, draft)
        with closing(connect_as_it_is(draft)) as copied:
            problems = sqlite_problems(copied)
        if problems:
            raise damaged(path, f"is damaged ({problems[0]}) and cannot be backed up")


def attach(connection: Connection, path: str, name: str, *, writable: bool = False) -> None:
    """Attach another database to a connection.

    Args:
        connection: Not inside a transaction.
        path: The other file.
        name: The schema name, which precedes the names of its tables.
        writable: Whether transactions lock both files and commit both or neither: a super-journal next to
            the first file tells the next process that opens either of them. If False, the other file is
            only read, and a commit concerns one file.
    """
    connection.execute(f"ATTACH ? AS {name}", (uri(path, "rw" if writable else "ro"),))
    if writable:
        connection.execute(f"PRAGMA {name}.synchronous=EXTRA")  # `_open` has set it for the first file alone


def detach(connection: Connection, name: str) -> None:
    """Detach the database that `attach` attached."""
    connection.execute(f"DETACH {name}")
