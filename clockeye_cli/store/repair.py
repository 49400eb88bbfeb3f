"""Backups put back, and damaged files replaced by what can be read of them; the old file is kept aside."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.errors import StorageError
from clockeye_cli.files import draft_file, make_folder, replace, second_name, sync_folder
from clockeye_cli.store.database import (
    Connection,
    connect,
    connect_as_it_is,
    connect_damaged,
    name_database,
    new_database,
    storage_errors,
    transaction,
)
from clockeye_cli.store.salvage import salvage
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.soundness import check, problems
from clockeye_cli.store.two_files import attach, copy

if TYPE_CHECKING:
    from typing import BinaryIO


class Saved(NamedTuple):
    """What a repair saved.

    Attributes:
        rows: How many of each table.
        aside: Where the damaged file is now.
    """

    rows: dict[str, int]
    aside: str


def repair(path: str, stamp: str) -> Saved:
    """Save what can be read into a new file, keep the damaged one aside, and put the new one in its place.

    Nobody can write to the damaged file from before it is read until it is replaced; a command that waits
    for it then finds that it was moved, and stores nothing.

    Args:
        path: The state file.
        stamp: Goes into the name of the file that is kept aside.

    Raises:
        StorageError: Somebody is writing to it, or there is no room.
    """
    path = os.path.realpath(path)
    # Opened before SQLite locks it and closed after that: closing gives up all locks of this process.
    with storage_errors(path), draft_file(path) as draft, open(path, "rb") as file:
        os.unlink(draft)
        with closing(connect_damaged(path)) as source:
            with closing(connect(draft, MIGRATIONS, APPLICATION_ID)) as target:
                rows = salvage(source, file, target)
            return Saved(rows, _put_aside(path, file, draft, f"damaged-{stamp}"))


def restore(path: str, backup: str, stamp: str) -> str:
    """Put a backup in the place of the state file; what was there is kept aside. Returns where.

    A live file is refilled in one transaction, so that commands which have it open see either state, and
    what they store is in the new state or kept aside. A damaged one is replaced, as in `repair`.

    Args:
        path: The state file; it need not be there.
        backup: A file that `backup` made, of this version or an older one.
        stamp: Goes into the name of the file that is kept aside.

    Raises:
        StorageError: The backup is no whole store, is newer, or cannot be read.
    """
    path = os.path.realpath(path)
    _check_backup(backup, path)
    with storage_errors(path):
        make_folder(os.path.dirname(path))
        with draft_file(path) as draft:
            with closing(connect_as_it_is(backup)) as source:
                copy(source, draft)
            connect(draft, MIGRATIONS, APPLICATION_ID).close()
            if not os.path.lexists(path):
                name_database(draft, path)
                return ""
            if not check(path):
                return _refill(path, draft, f"before-restore-{stamp}")
            with open(path, "rb") as file, closing(connect_damaged(path)):
                return _put_aside(path, file, draft, f"damaged-{stamp}")


def _put_aside(path: str, file: BinaryIO, draft: str, word: str) -> str:
    """Give `path` the content of `draft`, and what was there, journal included, a name of its own.

    At no point is there no file under `path`, which the next command would take for a first start; and the
    old journal is gone before the new file comes, which SQLite would otherwise roll back into it.

    Args:
        path: The state file, held by the caller.
        file: It, opened for reading.
        draft: The new one.
        word: Goes into the name that the old one gets.
    """
    aside = _free_name(path, word)
    second_name(path, file, aside)
    if os.path.exists(f"{path}-journal"):
        with open(f"{path}-journal", "rb") as journal:
            second_name(f"{path}-journal", journal, f"{aside}-journal")
        sync_folder(os.path.dirname(path))
        os.unlink(f"{path}-journal")
    replace(draft, path)
    return aside


def _free_name(path: str, word: str) -> str:
    name, number = f"{path}.{word}", 1
    while os.path.lexists(name):
        number += 1
        name = f"{path}.{word}-{number}"
    return name


def _refill(path: str, draft: str, word: str) -> str:
    """Replace all rows of a live file by those of `draft`; what it held is copied meanwhile."""
    aside = _free_name(path, word)
    with closing(connect(path, MIGRATIONS, APPLICATION_ID)) as target:
        target.execute("PRAGMA foreign_keys=OFF")
        attach(target, draft, "backup")
        with transaction(target):
            with new_database(aside) as kept, closing(connect_as_it_is(path)) as reader:
                copy(reader, kept)
            for (table,) in target.execute(
                "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            ).fetchall():
                target.execute(f"DELETE FROM main.{table}")
                target.execute(f"INSERT INTO main.{table} SELECT * FROM backup.{table}")
    return aside


def _check_backup(backup: str, path: str) -> None:
    if not os.path.isfile(backup):
        raise StorageError(f"There is no file {backup}.", hint="Nothing was changed.", code="storage")
    if os.path.exists(path) and os.path.samefile(backup, path):
        raise StorageError(f"{backup} is the store itself.", hint="Nothing was changed.", code="storage")
    try:
        with storage_errors(backup), closing(connect_as_it_is(backup)) as connection:
            what = _no_backup(connection)
    except StorageError as error:
        if error.code != "storage_damaged":
            raise
        what = "it is damaged"
    if what:
        raise StorageError(
            f"{backup} cannot be put back: {what}.", hint="Nothing was changed.", code="storage_damaged"
        )


def _no_backup(connection: Connection) -> str:
    """Why a file cannot be put back; nothing if it can."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION_ID or version < 1:
        return "it is no backup of clockeye's"
    if version > len(MIGRATIONS):
        return "it was written by a newer clockeye"
    return "".join(problems(connection)[:1])
