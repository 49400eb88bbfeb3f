"""Restores backups, and replaces damaged files by what can be read of them; the old file is kept."""

from __future__ import annotations

import os
from contextlib import closing

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import StorageError
from clockeye_cli.files import draft_file, make_folder, remove, replace, second_name, sync_folder
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
from clockeye_cli.store.replay import accept, compare
from clockeye_cli.store.salvage import salvage
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.soundness import check, problems
from clockeye_cli.store.two_files import attach, copy

if TYPE_CHECKING:
    from typing import BinaryIO


class Saved(NamedTuple):
    """The result of a repair.

    Attributes:
        rows: The number of saved rows of each table.
        differing: The ids of rows that are missing, or not as the history says.
        aside: The new path of the damaged file.
    """

    rows: dict[str, int]
    differing: list[str]
    aside: str


def repair(path: str, stamp: str) -> Saved:
    """Save what can be read into a new file, rename the damaged one, and put the new one in its place.

    The damaged file is locked against writers from before it is read until it is replaced; a command that
    waits for it then finds that it was moved, and stores nothing.

    Args:
        path: The state file.
        stamp: Part of the damaged file's new name.

    Raises:
        StorageError: Another command is writing to it, or the disk is full.
    """
    path = os.path.realpath(path)
    # Opened before SQLite locks it and closed afterwards: closing releases all locks of this process.
    with storage_errors(path), draft_file(path) as draft, open(path, "rb") as file:
        os.unlink(draft)
        with closing(connect_damaged(path)) as source:
            with closing(connect(draft, MIGRATIONS, APPLICATION_ID)) as target:
                rows = salvage(source, file, target)
                differing = compare(target).differing
                with transaction(target):
                    accept(target)
            return Saved(rows, differing, _put_aside(path, file, draft, f"damaged-{stamp}"))


def restore(path: str, backup: str, stamp: str) -> str:
    """Replace the state file by a backup; the old file is kept. Returns its new path, or "" without one.

    A sound file is refilled in one transaction, so that commands that have it open see either state, and
    what they store is in the new state or in the kept file. A damaged one is replaced, as in `repair`.

    Args:
        path: The state file; it may be missing.
        backup: A file made by `backup`, of this version or an older one.
        stamp: Part of the old file's new name.

    Raises:
        StorageError: The backup is damaged, is newer than this program, or cannot be read.
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
    """Replace `path` by `draft`; keep the old file, with its journal, under a new name. Returns that name.

    `path` always names a file, because the next command would take a missing one for a first start; the old
    journal is removed before the new file takes its place, because SQLite would roll it back into that; and
    the new names are on the disk before the old ones go, because a file system need not keep their order.

    Args:
        path: The state file, locked by the caller.
        file: The same file, opened for reading.
        draft: The new file.
        word: Part of the old file's new name.
    """
    aside = _free_name(path, word)
    second_name(path, file, aside)
    if os.path.exists(f"{path}-journal"):
        with open(f"{path}-journal", "rb") as journal:
            second_name(f"{path}-journal", journal, f"{aside}-journal")
    sync_folder(os.path.dirname(path))
    remove(f"{path}-journal")
    replace(draft, path)
    return aside


def _free_name(path: str, word: str) -> str:
    name, number = f"{path}.{word}", 1
    while os.path.lexists(name):
        number += 1
        name = f"{path}.{word}-{number}"
    return name


def _refill(path: str, draft: str, word: str) -> str:
    """Replace all rows of a sound file by those of `draft`, after copying it. Returns the copy's path."""
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
        raise StorageError(f"No such file: {backup}.", hint="Nothing was changed.", code="storage")
    if os.path.exists(path) and os.path.samefile(backup, path):
        raise StorageError(f"{backup} is the store itself.", hint="Nothing was changed.", code="storage")
    try:
        with storage_errors(backup), closing(connect_as_it_is(backup)) as connection:
            reason = _refusal(connection)
    except StorageError as error:
        if error.code != "storage_damaged":
            raise
        reason = "it is damaged"
    if reason:
        raise StorageError(
            f"{backup} cannot be restored: {reason}.", hint="Nothing was changed.", code="storage_damaged"
        )


def _refusal(connection: Connection) -> str:
    """Why a file cannot be restored; empty if it can."""
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION_ID or version < 1:
        return "it is not a backup made by clockeye"
    if version > len(MIGRATIONS):
        return "it was written by a newer clockeye"
    return "".join(problems(connection)[:1])
