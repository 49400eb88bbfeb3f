"""Backups put back, and damaged files kept aside: what can be read of them goes into a new one."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import LAST_INSTANT
from clockeye_cli.errors import StorageError
from clockeye_cli.files import draft_file, make_folder, replace, second_name, sync_folder
from clockeye_cli.store import history, pages
from clockeye_cli.store.database import (
    DAMAGE_ERRORS,
    Connection,
    DatabaseError,
    attach,
    connect,
    connect_as_it_is,
    connect_damaged,
    copy,
    integrity_problems,
    name_database,
    new_database,
    storage_errors,
    transaction,
)
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

SALVAGED = (
    *("projects", "entries", "timer", "former_ids", "add_keys", "history", "changes", "remembered"),
    *("remote", "outbox", "adopted"),
)
"""The tables, in an order in which nothing refers to what comes later; what is not here is read again."""

LATER = {"projects": (5, (None,)), "entries": (6, (None, 0))}
"""How many columns a table had at first, and what older rows have in those that came later."""


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
            return _problems(connection)
    except StorageError as error:
        if error.code != "storage_damaged":
            raise
        return [error.message]


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
                rows = _salvage(source, file, target)
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


def _problems(connection: Connection) -> list[str]:
    """What SQLite finds, and rows that it takes for whole but that cannot be read."""
    found = integrity_problems(connection)
    try:
        for table in SALVAGED if not found else ():
            for row in connection.execute(f"SELECT * FROM {table}"):
                if not _is_sound(table, row):
                    found.append(f"{table}: a row makes no sense")
    except DAMAGE_ERRORS as error:
        found.append(str(error))
    return found


def _is_sound(table: str, row: tuple[object, ...]) -> bool:
    if table == "entries":
        return _is_instant(row[3]) and _is_instant(row[4])
    if table == "timer":
        return _is_instant(row[4])
    if table == "history":
        return _is_instant(row[1]) and isinstance(_from_json(row[2]), list)
    if table == "changes":
        return history.is_change(row[2], row[3], row[4])
    return True


def _is_instant(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= LAST_INSTANT


def _from_json(text: object) -> object:
    try:
        return json.loads(str(text))
    except ValueError:
        return None


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


def _salvage(source: Connection, file: BinaryIO, target: Connection) -> dict[str, int]:
    target.execute("PRAGMA foreign_keys=OFF")
    rows = dict.fromkeys(SALVAGED, 0)
    damaged: set[str] = set()
    with transaction(target):
        for table in SALVAGED:
            try:
                for row in source.execute(f"SELECT * FROM {table}"):
                    kept = _keep(target, table, row)
                    rows[table] += kept
                    damaged |= set() if kept else {table}
            except DAMAGE_ERRORS:
                damaged.add(table)
        # SQLite gives up at the first damage on its way; the pages beyond it may be whole.
        file.seek(0)
        for found in pages.rows(file):
            table, row = recognized(found)
            if table:
                rows[table] += _keep(target, table, row)
        _tidy(target, history_is_whole=not damaged & {"history", "changes"})
    return rows


def _tidy(target: Connection, *, history_is_whole: bool) -> None:
    """Let nothing refer to what could not be saved, and nothing be undone by half."""
    # A project that could not be read leaves its entries; they are worth more than the reference.
    target.execute("UPDATE entries SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    target.execute("UPDATE timer SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    target.execute("DELETE FROM changes WHERE history_id NOT IN (SELECT id FROM history)")
    for reference in ("undoes", "undone_by"):
        target.execute(
            f"UPDATE history SET {reference} = id"
            f" WHERE {reference} IS NOT NULL AND {reference} NOT IN (SELECT id FROM history)"
        )
    target.execute(
        "UPDATE history SET undone_by = id WHERE undoes IS NULL AND undone_by IS NULL"
        " AND (? OR NOT EXISTS (SELECT 1 FROM changes WHERE history_id = history.id))",
        (not history_is_whole,),
    )


def recognized(found: pages.Row) -> tuple[str, tuple[object, ...]]:
    """The table that a row belongs to, by its shape, and the row as that table has it; "" for others."""
    shape = "".join(_letter(value) for value in found.values)
    for table, (shapes, arranged) in SHAPES.items():
        if shape in shapes:
            return table, arranged(found)
    return "", ()


def _letter(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, int):
        return "i"
    if not isinstance(value, str):
        return "?"
    return "e" if value.startswith("te_") else "p" if value.startswith("prj_") else "t"


def _any_text(shape: str) -> set[str]:
    """The shapes in which `T` is any text, `O` text or nothing, and `I` a number or nothing."""
    found = {shape}
    for place, letters in (("T", "tep"), ("O", "-tep"), ("I", "-i")):
        while any(place in each for each in found):
            found = {each.replace(place, letter, 1) for each in found for letter in letters}
    return found


NEW = ("", "-i", "ti")
"""What later columns of an entry look like: none, of one's own, of another user."""

SHAPES: dict[str, tuple[set[str], Callable[[pages.Row], tuple[object, ...]]]] = {
    "entries": (
        {f"ieT{project}ii{later}".replace("T", text) for project in "-p" for text in "tep" for later in NEW},
        lambda row: (*(row.values[place] for place in (1, 2, 3, 0, 4, 5)), *row.values[6:]),
    ),
    "projects": (_any_text("pTTIi") | _any_text("pTTIiO"), lambda row: row.values),
    "timer": (
        {f"-eT{project}ii".replace("T", text) for project in "-p" for text in "tep"},
        lambda row: (1, *row.values[1:]),
    ),
    "former_ids": ({"ee"}, lambda row: row.values),
    "add_keys": (_any_text("TeT"), lambda row: row.values),
    "history": (_any_text("-itII"), lambda row: (row.rowid, *row.values[1:])),
    "changes": (_any_text("iitOO"), lambda row: row.values),
    "remembered": ({"tt"}, lambda row: row.values),
    "remote": (_any_text("eTTi"), lambda row: row.values),
    "outbox": (_any_text("-tTtOTOIiI"), lambda row: (row.rowid, *row.values[1:])),
    "adopted": ({"et"}, lambda row: row.values),
}
"""How the rows of each table look in the pages, where the key comes first, and how to arrange them.

`i` is a number, `e` and `p` the id of an entry or a project, `t` other text, `-` nothing. The rows of
indexes look like none of these.
"""


def _keep(target: Connection, table: str, row: tuple[object, ...]) -> int:
    try:
        if not _is_sound(table, row):
            return 0
        first, later = LATER.get(table, (len(row), ()))
        row += later[len(row) - first :]
        places = ", ".join("?" * len(row))
        return target.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", row).rowcount
    except (DatabaseError, OverflowError):
        return 0  # a row that the damage has made nonsense of


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
    return "".join(_problems(connection)[:1])
