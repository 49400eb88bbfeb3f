"""How a SQLite file is made, opened, written and brought up to date; the only file that imports sqlite3.

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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Migrations = Sequence[Sequence[str]]
    """Statements that take a file from each version to the next; only ever appended to."""

Connection = sqlite3.Connection
DatabaseError = sqlite3.DatabaseError

BUSY_SECONDS = 10.0
"""How long a command waits for another one's write before it gives up."""


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
        if not os.path.exists(path):
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
    connection = sqlite3.connect(":memory:", isolation_level=None)
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
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if _primary_code(error) == sqlite3.SQLITE_BUSY:
            connection.close()
            raise _explained(error, path) from error
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
    except sqlite3.DatabaseError as error:
        raise _explained(error, path) from error
    except OSError as error:
        reason = error.strerror or str(error)
        where = error.filename or path
        hint = "Make room or set its permissions right, then run the command again; nothing was changed."
        raise StorageError(f"{where}: {reason}.", hint=hint) from error


def copy(source: Connection, target_path: str) -> None:
    """Copy a whole database into a new file with SQLite's online backup; it must not exist yet.

    The file is complete when it gets its name, and only its owner can read it.

    Raises:
        StorageError: It exists, or cannot be written.
    """
    with storage_errors(target_path), _new_file(target_path) as draft:
        target = sqlite3.connect(draft, isolation_level=None)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        finally:
            target.close()


def integrity_problems(connection: Connection) -> list[str]:
    """What SQLite finds wrong with the file and its foreign keys; empty if all is well."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        found += [
            f"{row[0]}: a row refers to a missing {row[2]}"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [problem for problem in found if problem != "ok"]


def _open(path: str, busy: float) -> Connection:
    # mode=rw never makes a file: one that vanished is an error, not an empty start.
    connection = sqlite3.connect(
        f"file:{_quoted(path)}?mode=rw", uri=True, timeout=busy, isolation_level=None
    )
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def _quoted(path: str) -> str:
    # urllib.parse.quote would do, for 8 ms at each start. What is special in a SQLite URI is these three.
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _create(path: str, migrations: Migrations, application_id: int) -> None:
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    try:
        with _new_file(path) as draft:
            connection = _open(draft, BUSY_SECONDS)
            try:
                with transaction(connection):
                    connection.execute(f"PRAGMA application_id={application_id}")
                    _migrate(connection, migrations, 0)
            finally:
                connection.close()
    except FileExistsError:
        pass  # another command was first; its file is as good


@contextmanager
def _new_file(path: str) -> Iterator[str]:
    """Give the name of an empty draft beside `path`; link it there once the block is done.

    Raises:
        FileExistsError: Something has the name already; it is left alone.
    """
    draft = f"{path}.{os.getpid()}-{os.urandom(4).hex()}.new"
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
        os.link(draft, path)
    finally:
        os.unlink(draft)
    sync_folder(os.path.dirname(path))


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable; systems that cannot open a folder (Windows) do it by themselves."""
    if os.name == "nt":
        return
    descriptor = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _version(connection: Connection, path: str, migrations: Migrations, application_id: int) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    if mark != application_id:
        what = "is empty" if os.path.getsize(path) == 0 else "is not what clockeye made it"
        raise damaged(path, what)
    if version > len(migrations):
        raise StorageError(
            f"{path} was written by a newer clockeye (its format is {version}, this program knows {len(migrations)}).",
            hint="Update clockeye; the file was left as it is.",
            code="storage_newer",
        )
    return version


def _migrate(connection: Connection, migrations: Migrations, version: int) -> None:
    for statements in migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version={len(migrations)}")


def damaged(path: str, what: str) -> StorageError:
    """The error for a file that cannot be used; it is never moved or replaced without being told."""
    return StorageError(
        f"{path} {what}.",
        hint="`clockeye doctor --repair` keeps it aside and saves what can be read; `clockeye restore FILE` puts a backup in its place.",
        code="storage_damaged",
    )


def _primary_code(error: sqlite3.DatabaseError) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _explained(error: sqlite3.DatabaseError, path: str) -> StorageError:
    code = _primary_code(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, "is damaged")
    message, hint, word = {
        sqlite3.SQLITE_FULL: (
            "the disk is full",
            "Make room, then run the command again; nothing was changed.",
            "storage_full",
        ),
        sqlite3.SQLITE_READONLY: (
            "it cannot be written",
            "Set the permissions of the file and its folder right; nothing was changed.",
            "storage_readonly",
        ),
        sqlite3.SQLITE_CANTOPEN: (
            "it cannot be opened",
            "Set the permissions of the file and its folder right; nothing was changed.",
            "storage_readonly",
        ),
        sqlite3.SQLITE_BUSY: (
            "another command has held it for too long",
            "Run the command again; `clockeye doctor` shows whether the file is well.",
            "storage_busy",
        ),
    }.get(code, (str(error), "`clockeye doctor` looks for what is wrong.", "storage"))
    return StorageError(f"{path}: {message}.", hint=hint, code=word)


def sqlite_version() -> str:
    """The version of the SQLite that is used."""
    return sqlite3.sqlite_version


def settings_of(connection: Connection) -> dict[str, str]:
    """The settings that matter, as the connection itself gives them back."""
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "user_version")
    return {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in names}
