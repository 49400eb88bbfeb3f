"""Backups put back, and damaged files kept aside: what can be read of them goes into a new one."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.errors import StorageError
from clockeye_cli.store.database import (
    Connection,
    DatabaseError,
    connect,
    connect_as_it_is,
    connect_damaged,
    copy,
    integrity_problems,
    storage_errors,
    sync_folder,
    transaction,
)
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

SALVAGED = ("projects", "entries", "timer", "former_ids", "add_keys", "history", "changes", "remembered")
"""The tables, in an order in which nothing refers to what comes later."""


class Saved(NamedTuple):
    """What a repair saved.

    Attributes:
        rows: How many of each table.
        aside: Where the damaged file is now.
    """

    rows: dict[str, int]
    aside: str


def check(path: str) -> list[str]:
    """What is wrong with a state file; empty if all is well.

    Raises:
        StorageError: It is newer than this program, or cannot be opened at all.
    """
    try:
        with closing(connect(path, MIGRATIONS, APPLICATION_ID)) as connection:
            return integrity_problems(connection)
    except StorageError as error:
        if error.code != "storage_damaged":
            raise
        return [error.message]


def repair(path: str, stamp: str) -> Saved:
    """Save what can be read into a new file, keep the damaged one aside, and put the new one in its place.

    Args:
        path: The state file.
        stamp: Goes into the name of the file that is kept aside.

    Raises:
        StorageError: Somebody is writing to it, or there is no room.
    """
    draft = f"{path}.{os.getpid()}.repair"
    with storage_errors(path):
        _remove(draft)
        try:
            with closing(connect(draft, MIGRATIONS, APPLICATION_ID)) as target:
                rows = _salvage(path, target)
            return Saved(rows, put_aside(path, draft, f"damaged-{stamp}"))
        finally:
            _remove(draft)


def restore(path: str, backup: str, stamp: str) -> str:
    """Put a backup in the place of the state file; what was there is kept aside. Returns where.

    A live file is written over by SQLite's own backup, as one transaction, so that commands which have it
    open see either state; a damaged one, into which nothing can be written, is moved.

    Args:
        path: The state file; it need not be there.
        backup: A file that `backup` made, of this version or an older one.
        stamp: Goes into the name of the file that is kept aside.

    Raises:
        StorageError: The backup is no whole store, is newer, or cannot be read.
    """
    _check_backup(backup)
    with storage_errors(path):
        if not os.path.exists(path):
            with closing(connect_as_it_is(backup)) as source:
                _make_folder(path)
                copy(source, path)
            return ""
        if check(path):
            draft = f"{path}.{os.getpid()}.restore"
            with closing(connect_as_it_is(backup)) as source:
                copy(source, draft)
            return put_aside(path, draft, f"damaged-{stamp}")
        aside = f"{path}.before-restore-{stamp}"
        with closing(connect(path, MIGRATIONS, APPLICATION_ID)) as target:
            copy(target, aside)
            with closing(connect_as_it_is(backup)) as source:
                source.backup(target)
        connect(path, MIGRATIONS, APPLICATION_ID).close()
        return aside


def put_aside(path: str, draft: str, word: str) -> str:
    """Give `path` the content of `draft`, and what was there, journal included, a name of its own.

    At no point is there no file under `path`, which the next command would take for a first start; and the
    old journal is gone before the new file comes, which SQLite would otherwise roll back into it.
    """
    aside = f"{path}.{word}"
    os.link(path, aside)
    if os.path.exists(f"{path}-journal"):
        os.link(f"{path}-journal", f"{aside}-journal")
        os.unlink(f"{path}-journal")
    os.replace(draft, path)
    sync_folder(os.path.dirname(path))
    return aside


def _salvage(path: str, target: Connection) -> dict[str, int]:
    target.execute("PRAGMA foreign_keys=OFF")
    rows: dict[str, int] = {}
    with closing(connect_damaged(path)) as source, transaction(target):
        for table in SALVAGED:
            found = dict.fromkeys(_readable(source, table))
            rows[table] = 0
            for row in found:
                rows[table] += _keep(target, table, row)
        # A project that could not be read leaves its entries; they are worth more than the reference.
        target.execute(
            "UPDATE entries SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)"
        )
        target.execute("UPDATE timer SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
        target.execute("DELETE FROM changes WHERE history_id NOT IN (SELECT id FROM history)")
        target.execute(
            "UPDATE history SET undone_by = id WHERE undoes IS NULL AND undone_by IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM changes WHERE history_id = history.id)"
        )
    return rows


def _readable(source: Connection, table: str) -> Iterator[tuple[object, ...]]:
    """The rows that can be read, from either end up to the damage."""
    for order in ("", "ORDER BY 1 DESC", "ORDER BY 2, 3", "ORDER BY 4 DESC"):
        try:
            yield from source.execute(f"SELECT * FROM {table} {order}")
        except DatabaseError:
            continue
        else:
            return


def _keep(target: Connection, table: str, row: tuple[object, ...]) -> int:
    places = ", ".join("?" * len(row))
    try:
        return target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row).rowcount
    except DatabaseError:
        return 0  # a row that the damage has made nonsense of


def _check_backup(backup: str) -> None:
    if not os.path.isfile(backup):
        raise StorageError(f"There is no file {backup}.", hint="Nothing was changed.", code="storage")
    with storage_errors(backup), closing(connect_as_it_is(backup)) as connection:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        problems = integrity_problems(connection)
    if mark != APPLICATION_ID or problems or not 0 < version <= len(MIGRATIONS):
        what = (
            problems[0] if problems else "it is newer" if version > len(MIGRATIONS) else "it is no such file"
        )
        raise StorageError(
            f"{backup} is no backup that can be put back: {what}.",
            hint="Nothing was changed.",
            code="storage_damaged",
        )


def _make_folder(path: str) -> None:
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)


def _remove(path: str) -> None:
    for name in (path, f"{path}-journal"):
        if os.path.exists(name):
            os.unlink(name)
