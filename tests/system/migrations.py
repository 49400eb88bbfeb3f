"""A future format of the store, two migrations after the current one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from clockeye_cli.errors import StorageError
from clockeye_cli.store.database import connect
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

TOMORROW = (
    *MIGRATIONS,
    (
        "ALTER TABLE projects ADD COLUMN mood TEXT",
        "CREATE TABLE tomorrow (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT",
    ),
    (
        "UPDATE projects SET mood = 'red'",
        "INSERT INTO tomorrow (body) SELECT local_id FROM entries",
        "CREATE INDEX tomorrow_by_body ON tomorrow (body)",
    ),
)


def migrate(path: str, out: TextIO) -> int:
    """Bring a file up to date as a command does when it opens it."""
    try:
        connect(path, TOMORROW, APPLICATION_ID).close()
    except StorageError as error:
        out.write(error.message)
        out.flush()
        return error.exit_code
    out.write("Brought up to date.\n")
    out.flush()
    return 0


def age(path: Path, version: int) -> None:
    """Give a store the format of an older version, with the rows that it has."""
    older = path.with_name("older.db")
    connect(str(older), MIGRATIONS[:version], APPLICATION_ID).close()
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("ATTACH ? AS today", (str(path),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        ).fetchall():
            columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    older.replace(path)
