"""Two database files at once: copying one, and transactions over both."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.database import (
    BUSY_SECONDS,
    connect_as_it_is,
    new_database,
    storage_errors,
    uri,
)

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

    def watch(status: int, _left: int, _all: int) -> None:
        # Python would retry for ever; SQLite has waited for BUSY_SECONDS by now.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _BusyError("database is locked")

    try:
        source.backup(target, progress=watch)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()


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
