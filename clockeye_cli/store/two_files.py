"""What is done with two database files at once: a copy of one, and transactions over both."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from clockeye_cli.store.database import BUSY_SECONDS, uri

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


class _BusyError(sqlite3.OperationalError):
    sqlite_errorcode = sqlite3.SQLITE_BUSY


def copy(source: Connection, draft: str) -> None:
    """Copy a whole database into an empty file with SQLite's online backup.

    Raises:
        DatabaseError: It cannot be read or written, or another command holds it for too long.
    """
    target = sqlite3.connect(draft, isolation_level=None, timeout=BUSY_SECONDS)

    def watch(status: int, _left: int, _all: int) -> None:
        # Python would try again for ever; SQLite has waited for BUSY_SECONDS by now.
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _BusyError("database is locked")

    try:
        source.backup(target, progress=watch)
        target.execute("PRAGMA journal_mode=DELETE")
    finally:
        target.close()


def attach(connection: Connection, path: str, name: str, *, writable: bool = False) -> None:
    """Let a connection reach another database too, as `name`.

    Args:
        connection: Not inside a transaction.
        path: The other file.
        name: What stands before the names of its tables.
        writable: A transaction then locks both files, and commits both or neither: a super-journal beside
            the first one says which, whoever opens either of them next. Otherwise it is only read, so that
            a commit is of one file.
    """
    connection.execute(f"ATTACH ? AS {name}", (uri(path, "rw" if writable else "ro"),))
    if writable:
        connection.execute(f"PRAGMA {name}.synchronous=EXTRA")  # `_open` has set it for the first file alone


def detach(connection: Connection, name: str) -> None:
    """Let go of what `attach` has attached."""
    connection.execute(f"DETACH {name}")
