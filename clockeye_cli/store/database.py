"""Creates, opens, migrates and writes SQLite files; most of the code that uses sqlite3 is here.

The settings were measured. `BEGIN IMMEDIATE`, because deferred transactions that start to write fail at once
under contention. `journal_mode=DELETE` with `synchronous=EXTRA`, because with `FULL` a power cut can lose the
last commit, and because SQLite before 3.51.3 can corrupt a WAL that two processes write.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Migrations = Sequence[Sequence[str]]
    """Statements that take a file from each version to the next; only ever appended to."""

BOOLEAN = "bool"
"""The column type that makes SQLite return a bool instead of a number: `SELECT x AS "x [bool]"`."""

Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError

DAMAGE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The errors of reading a damaged file; the second if SQLite's own message quotes bytes that are not text."""

BUSY_SECONDS = 10.0
"""How long a command waits for another one's write before it fails."""

OLDEST_SQLITE = (3, 37)
"""The first version that supports STRICT tables."""

SMALLEST_PAGE = 512
"""Bytes; a shorter file contains nothing."""


class UnreadableError(sqlite3.DatabaseError):
    """A row that SQLite can read but that this program cannot have written."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


class _Booleans(dict[bytes, bool]):
    """The values of stored booleans; any other is damage."""

    def __missing__(self, stored: bytes) -> bool:
        raise UnreadableError(f"{stored!r:.60} is stored for yes or no")


sqlite3.register_converter(BOOLEAN, _Booleans({b"0": False, b"1": True}).__getitem__)


def connect(
    path: str, migrations: Migrations, application_id: int, *, busy: float = BUSY_SECONDS
) -> Connection:
    """Open a database for reading and writing; create it if it is missing, migrate it if it is old.

    Args:
        path: The file. Its folder is created (0700) if necessary.
        migrations: The migrations that the file must have.
        application_id: The mark of the kind of file; a file with another mark is refused.
        busy: Seconds to wait for a lock.

    Raises:
        StorageError: It cannot be created, read or migrated, or it is damaged or newer.
    """
    with storage_errors(path):
        # A broken link is not a missing file: its target may be on a disk that is not mounted.
        if not os.path.lexists(path):
            _create(path, migrations, application_id)
        connection = _open(path, busy)
        try:
            if _version(connection, path, migrations, application_id) < len(migrations):
                with transaction(connection):
                    version = _version(connection, path, migrations, application_id)
                    _migrate(connection, migrations, version)
        except BaseException:
            connection.close()
            raise
        return connection


def connect_empty(migrations: Migrations) -> Connection:
    """An empty database in memory, for reading before the file exists."""
    connection = sqlite3.connect(":memory:", isolation_level=None, detect_types=sqlite3.PARSE_COLNAMES)
    _migrate(connection, migrations, 0)
    return connection


def connect_temporary(in_memory: int) -> Connection:
    """An empty database that ends when it is closed; above `in_memory` KiB it uses an unlinked file."""
    connection = sqlite3.connect("", isolation_level=None)
    connection.execute(f"PRAGMA cache_size=-{in_memory}")
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def connect_as_it_is(path: str) -> Connection:
    """Open a file without checking or migrating it, for `doctor` and `restore`."""
    with storage_errors(path):
        return _open(path, BUSY_SECONDS)


def connect_damaged(path: str) -> Connection:
    """Open a file that may no longer be a database, locked against all others, to save its content.

    Raises:
        StorageError: Another command is using it.
    """
    with storage_errors(path):
        connection = _open_file(path, BUSY_SECONDS)
    connection.text_factory = lambda text: text.decode(errors="replace")
    if os.path.getsize(path) < SMALLEST_PAGE:
        return connection  # for SQLite this is a new file, and locking it would initialize it
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except DAMAGE_ERRORS as error:
        from clockeye_cli.store.database_errors import explained, is_damage  # late: as in `storage_errors`

        if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
            connection.close()
            raise explained(error, path) from error
        # A file that is no longer a database cannot be locked, and nobody can write to it either.
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A write transaction: committed to disk when the block ends, or rolled back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """A read transaction: all reads see one state. Keep it short: it blocks writers."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def storage_errors(path: str) -> Iterator[None]:
    """Turn errors of SQLite and the system about a file into a StorageError that names it."""
    try:
        yield
    except (*DAMAGE_ERRORS, OSError) as error:
        from clockeye_cli.store.database_errors import explained  # late: most commands meet none

        raise explained(error, path) from error


@contextmanager
def new_database(path: str) -> Iterator[str]:
    """The path of an empty draft next to `path`, which is renamed to `path` durably when the block ends.

    Raises:
        FileExistsError: A file of that name exists; it is not changed.
        StorageError: The journal of another store has the name of this one's journal.
    """
    from clockeye_cli.files import draft_file  # late: a store is created once

    with draft_file(path) as draft:
        yield draft
        name_database(draft, path)


def name_database(draft: str, path: str) -> None:
    """Give the file `draft` the name `path`, durably.

    Raises:
        FileExistsError: A file of that name exists; it is not changed.
        StorageError: The journal of another store has the name of this one's journal; SQLite would roll it
            back into this one.
    """
    if os.path.lexists(f"{path}-journal") and not os.path.lexists(path):
        raise StorageError(
            f"{path}-journal belongs to a store that no longer exists, and would damage a new one.",
            hint="Put the missing store back or, if it is lost, move the journal away:"
            f" mv {path}-journal {path}-journal.old",
            code="storage_damaged",
        )
    from clockeye_cli.files import give_name  # late, as above

    give_name(draft, path)


def uri(path: str, mode: str) -> str:
    """The SQLite URI of a file, with a mode: `rw` or `ro`; neither creates the file."""
    # urllib.parse.quote would cost 8 ms at each start. Only these three characters are special in a SQLite
    # URI, and two slashes at its beginning, which a host name would follow.
    quoted = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{'//' if quoted.startswith('/') else ''}{quoted}?mode={mode}"


def _open(path: str, busy: float) -> Connection:
    connection = _open_file(path, busy)
    try:
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_file(path: str, busy: float) -> Connection:
    # mode=rw never creates a file: a file that has disappeared is an error, not a new store.
    return sqlite3.connect(
        uri(path, "rw"),
        uri=True,
        timeout=busy,
        isolation_level=None,
        detect_types=sqlite3.PARSE_COLNAMES,
    )


def _create(path: str, migrations: Migrations, application_id: int) -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StorageError(
            f"This Python has SQLite {sqlite3.sqlite_version}; clockeye needs 3.37 or newer.",
            hint="Install clockeye with a newer Python, for example from https://www.python.org or uv.",
            code="storage",
        )
    from clockeye_cli.files import make_folder  # late, as above

    make_folder(os.path.dirname(path))
    try:
        with new_database(path) as draft:
            connection = _open(draft, BUSY_SECONDS)
            try:
                with transaction(connection):
                    connection.execute(f"PRAGMA application_id={application_id}")
                    _migrate(connection, migrations, 0)
            finally:
                connection.close()
    except FileExistsError:
        pass  # another command was first; its file will do


def _version(connection: Connection, path: str, migrations: Migrations, application_id: int) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != application_id:
        from clockeye_cli.store.database_errors import damaged  # late: most files are sound

        problem = "is empty" if os.path.getsize(path) == 0 else "is not a clockeye store"
        raise damaged(path, problem)
    if version > len(migrations):
        raise StorageError(
            f"{path} was written by a newer clockeye "
            f"(format {version}; this one supports {len(migrations)}).",
            hint="Update clockeye. The file was not changed.",
            code="storage_newer",
        )
    return version


def _migrate(connection: Connection, migrations: Migrations, version: int) -> None:
    for statements in migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version={len(migrations)}")


def data_version(connection: Connection) -> int:
    """A number that changes when another connection has committed a change."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def sqlite_version() -> str:
    """The version of SQLite in use."""
    return sqlite3.sqlite_version


def settings_of(connection: Connection) -> dict[str, str]:
    """The important settings, as the connection reports them."""
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "user_version")
    return {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names}
