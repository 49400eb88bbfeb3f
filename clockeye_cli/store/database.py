"""How a SQLite file is made, opened, written and brought up to date; nearly all that knows sqlite3 is here.

The settings are measured, not guessed. `BEGIN IMMEDIATE`, because deferred transactions that turn into
writing ones fail at once under contention. `journal_mode=DELETE` with `synchronous=EXTRA`, because in `FULL`
the last commit can be lost to a power cut, and because SQLite before 3.51.3 can corrupt a WAL that two
processes write.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clockeye_cli.errors import StorageError
from clockeye_cli.files import draft_file, give_name, make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Migrations = Sequence[Sequence[str]]
    """Statements that take a file from each version to the next; only ever appended to."""

BOOLEAN = "bool"
"""What makes SQLite give a bool: it has numbers only, and `SELECT x AS "x [bool]"` says what one means."""

sqlite3.register_converter(BOOLEAN, b"1".__eq__)

Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError

DAMAGE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises; the second where SQLite's own message quotes what is no text."""

BUSY_SECONDS = 10.0
"""How long a command waits for another one's write before it gives up."""

OLDEST_SQLITE = (3, 37)
"""The first that knows STRICT tables."""

SMALLEST_PAGE = 512
"""Bytes; what is shorter holds nothing."""


class UnreadableError(sqlite3.DatabaseError):
    """A row that SQLite gives as whole and that nothing of ours can have written."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def connect(
    path: str, migrations: Migrations, application_id: int, *, busy: float = BUSY_SECONDS
) -> Connection:
    """Open a database for reading and writing; make it if it is not there, bring it up to date if it is old.

    Args:
        path: The file. Its folder is made (0700) if need be.
        migrations: What the file must have gone through.
        application_id: Marks the kind of file; one with another mark is refused.
        busy: Seconds to wait for a lock.

    Raises:
        StorageError: It cannot be made, read or brought up to date, or it is damaged or newer.
    """
    with storage_errors(path):
        # A link that leads nowhere is not "no file yet": what it leads to may be on a disk that is not there.
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
    """A database in memory: what a reader sees where no file has been made yet."""
    connection = sqlite3.connect(":memory:", isolation_level=None, detect_types=sqlite3.PARSE_COLNAMES)
    _migrate(connection, migrations, 0)
    return connection


def connect_as_it_is(path: str) -> Connection:
    """Open a file without asking what is in it, for `doctor` and `restore`."""
    with storage_errors(path):
        return _open(path, BUSY_SECONDS)


def connect_damaged(path: str) -> Connection:
    """Open a file that may not be a database any more, with all others kept out, to save what is in it.

    Raises:
        StorageError: Another command is using it.
    """
    with storage_errors(path):
        connection = _open_file(path, BUSY_SECONDS)
    connection.text_factory = lambda text: text.decode(errors="replace")
    if os.path.getsize(path) < SMALLEST_PAGE:
        return connection  # to SQLite this is a file to begin, and locking it would begin it
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except DAMAGE_ERRORS as error:
        from clockeye_cli.store.database_errors import explained, is_damage  # late: as in `storage_errors`

        if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
            connection.close()
            raise explained(error, path) from error
        # What is no database any more cannot be locked, and nobody can write to it either.
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A write transaction: whole on disk once the block is left, or not there at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """Several reads of one state. Keep it short: it holds up writers."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def storage_errors(path: str) -> Iterator[None]:
    """Turn what SQLite and the system say about a file into a StorageError that names it."""
    try:
        yield
    except (*DAMAGE_ERRORS, OSError) as error:
        from clockeye_cli.store.database_errors import explained  # late: most commands meet none

        raise explained(error, path) from error


@contextmanager
def new_database(path: str) -> Iterator[str]:
    """Give the name of an empty draft beside `path`; it gets that name, for good, once the block is done.

    Raises:
        FileExistsError: Something has the name already; it is left alone.
        StorageError: The journal of another store has the name that this one's would have.
    """
    with draft_file(path) as draft:
        yield draft
        name_database(draft, path)


def name_database(draft: str, path: str) -> None:
    """Let `path` name what `draft` names, for good.

    Raises:
        FileExistsError: Something has the name already; it is left alone.
        StorageError: The journal of another store has the name that this one's would have; SQLite would
            play it into this one.
    """
    if os.path.lexists(f"{path}-journal") and not os.path.lexists(path):
        raise StorageError(
            f"{path}-journal belongs to a store that is not there any more, and would damage a new one.",
            hint="Put the two together again; or, if that store is given up:"
            f" mv {path}-journal {path}-journal.old",
            code="storage_damaged",
        )
    give_name(draft, path)


def uri(path: str, mode: str) -> str:
    """How SQLite is told which file to open, and how: `rw` or `ro`; neither makes one."""
    # urllib.parse.quote would do, for 8 ms at each start. What is special in a SQLite URI is these three,
    # and two slashes at its beginning, after which it looks for the name of a computer.
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
    # mode=rw never makes a file: one that vanished is an error, not an empty start.
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
            hint="Install clockeye with a newer Python, such as one of https://www.python.org or of uv.",
            code="storage",
        )
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
        pass  # another command was first; its file is as good


def _version(connection: Connection, path: str, migrations: Migrations, application_id: int) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != application_id:
        from clockeye_cli.store.database_errors import damaged  # late: most files are sound

        what = "is empty" if os.path.getsize(path) == 0 else "is not what clockeye made it"
        raise damaged(path, what)
    if version > len(migrations):
        raise StorageError(
            f"{path} was written by a newer clockeye (format {version}; this one knows {len(migrations)}).",
            hint="Update clockeye; the file was left as it is.",
            code="storage_newer",
        )
    return version


def _migrate(connection: Connection, migrations: Migrations, version: int) -> None:
    for statements in migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version={len(migrations)}")


def sqlite_version() -> str:
    """The version of the SQLite that is used."""
    return sqlite3.sqlite_version


def settings_of(connection: Connection) -> dict[str, str]:
    """The settings that matter, as the connection itself gives them back."""
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "user_version")
    return {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names}
