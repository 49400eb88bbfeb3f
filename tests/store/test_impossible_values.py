"""A value that no version can have stored is damage (exit 7), never a bug of the program, in any column."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.app import App
from tests.store.test_damaged import COMMANDS, filled

if TYPE_CHECKING:
    from pathlib import Path

MORE: tuple[tuple[str, ...], ...] = (
    ("log", "--all", "--json"),
    ("log", "--all", "-o", "table"),
    ("report", "--all", "--by", "tag,day"),
    ("edit", "last", "-d", "x"),
    ("delete", "last", "-y"),
    ("resume",),
    ("split", "last", "--at", "11:59"),
    ("check",),
    ("prompt",),
    ("complete", "--profile=", "entries"),
    ("cancel", "-y"),
    ("history", "--json"),
    ("clients", "--json"),
    ("projects", "--json"),
    ("invoices", "--json"),
    ("report", "--invoice", "2026-14"),
    ("log", "--all", "--unbilled", "--client", "nord"),
    ("invoices", "remove", "2026-14"),
)
VALUES: tuple[object, ...] = (None, "x", b"\x00\xff", -1, 2**62, 1.5, "")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(App(tmp_path_factory.mktemp("made") / "home"), 4)


def columns(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            (table, row[1])
            for table in tables
            for row in connection.execute(f"PRAGMA table_info({table})")
            if not table.startswith("sqlite_")
        ]


def put(path: Path, table: str, column: str, value: object) -> bool:
    """Put a value into a column of all rows, past every constraint. Returns whether there was a row."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=1")
        connection.execute("PRAGMA foreign_keys=0")
        (schema,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        loose = re.sub(r"\bNOT NULL\b|\bSTRICT\b|\bCHECK *\([^()]*(\([^()]*\)[^()]*)*\)", "", schema)
        loose = loose.replace(", WITHOUT ROWID", " WITHOUT ROWID")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (loose, table))
        connection.commit()
    with closing(sqlite3.connect(path)) as connection:
        try:
            rows = connection.execute(f"UPDATE OR REPLACE {table} SET {column} = ?", (value,)).rowcount
            connection.commit()
        except sqlite3.Error:
            return False
        connection.execute("PRAGMA writable_schema=1")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (schema, table))
        connection.commit()
    return rows > 0


@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_an_impossible_value_in_any_column_is_never_an_internal_error(
    made: Path, tmp_path: Path, value: object
) -> None:
    tried = 0
    for place, (table, column) in enumerate(columns(made)):
        home = tmp_path / f"{place}"
        home.mkdir()
        shutil.copy(made, home / "local.db")
        if not put(home / "local.db", table, column, value):
            continue
        tried += 1
        app = App(home).at("2026-11-20 12:10:00")
        for args in random.Random(f"{table} {column} {value!r}").sample([*COMMANDS, *MORE], 6):
            result = app.run(*args)
            assert "Internal error" not in result.err, (table, column, value, args, result)
    assert tried > 15
