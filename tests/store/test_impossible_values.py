"""A value that no version can have stored is damage (exit 7), never a bug of the program, in any column."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store import notices, stored_json
from clockeye_cli.tracking.billing import InvoiceLine
from tests.app import App, Result
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
    ("imports", "--json"),
    ("check", "--overlaps"),
    ("export", "--all", "-o", "ics"),
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


ON_ACCOUNT: tuple[tuple[str, ...], ...] = (
    ("log", "--all", "--json"),
    ("log", "--all", "-o", "table"),
    ("report", "--all"),
    ("status", "--json"),
    ("sync", "--status"),
    ("sync", "--status", "--json"),
    ("users", "--json"),
    ("edit", "last", "-d", "x"),
    ("delete", "last", "-y"),
    ("start", "x"),
    ("cancel", "-y"),
    ("history", "--json"),
)

ANY_TEXT = {("projects", "color"), ("history", "actor")}
"""Columns in which a wrong value may be a possible one, and nothing else says what it was."""

WRITING = {"edit", "delete", "resume", "split", "cancel", "start", "stop", "add", "undo", "invoices"}


class Usual:
    """What commands answer about the sound store."""

    def __init__(self, made: Path, folder: Path) -> None:
        self._made, self._folder = made, folder
        self._answers: dict[tuple[str, ...], Result] = {}

    def answer(self, args: tuple[str, ...]) -> Result:
        if args not in self._answers:
            home = self._folder / f"{len(self._answers)}"
            home.mkdir()
            shutil.copy(self._made, home / "local.db")
            self._answers[args] = App(home).at("2026-11-20 12:10:00").run(*args)
        return self._answers[args]


@pytest.fixture(scope="module")
def usual(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Usual:
    return Usual(made, tmp_path_factory.mktemp("usual"))


@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_an_impossible_value_in_any_column_is_never_an_internal_error_nor_another_answer_of_a_sound_store(
    made: Path, usual: Usual, tmp_path: Path, value: object
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
        is_sound = app.run("doctor").code == 0 and (table, column) not in ANY_TEXT
        for args in random.Random(f"{table} {column} {value!r}").sample([*COMMANDS, *MORE], 4):
            result = app.run(*args)
            assert "Internal error" not in result.err, (table, column, value, args, result)
            assert "standard output" not in result.err, (table, column, value, args, result)
            if args[0] in WRITING:
                break
            if is_sound and args != ("doctor",):
                assert result[:2] == usual.answer(args)[:2], (table, column, value, args)
    assert tried > 15


@pytest.mark.parametrize("value", [None, "x", -1, 2**62], ids=ascii)
@pytest.mark.parametrize(
    "column", ["entries.started_at", "entries.ended_at", "timer.started_at", "history.at"]
)
def test_an_impossible_instant_is_damage_wherever_it_leaves_the_file(
    made: Path, tmp_path: Path, column: str, value: object
) -> None:
    shutil.copy(made, tmp_path / "local.db")
    table, _, name = column.partition(".")
    if not put(tmp_path / "local.db", table, name, value):
        pytest.skip("not even a damaged key can be that")
    app = App(tmp_path).at("2026-11-20 12:10:00")
    read: tuple[tuple[str, ...], ...] = (
        ("log", "--all", "-o", "table"),
        ("log", "--all", "--json"),
        ("log", "-n", "20"),
        ("report", "--all", "--by", "tag,day"),
        ("report", "--year"),
        ("projects", "--json"),
    )
    if table == "history":
        read = (("history", "--json"), ("undo", "-y"))
    elif table == "timer":
        read = (("status",), ("prompt",), ("log", "--all", "-o", "table"), ("stop",))
    for args in read:
        result = app.run(*args)
        assert (result.code, result.out) == (7, ""), (args, result)
        assert "is damaged" in result.err, (args, result)
        assert "`clockeye doctor --repair`" in result.err, (args, result)
    assert app.run("doctor").code == 7


def json_texts(path: Path) -> list[tuple[str, str, str]]:
    """The columns that hold objects in JSON, each with one of its texts."""
    texts = []
    with closing(sqlite3.connect(path)) as connection:
        for table, column in columns(path):
            query = (
                f"SELECT DISTINCT {column} FROM {table} WHERE json_valid({column}) AND {column} LIKE '{{%'"
            )
            texts += [(table, column, row[0]) for row in connection.execute(query).fetchall()]
    return texts


def broken(text: str, value: object) -> list[str]:
    """The text with another value in each of its fields in turn, and without each."""
    fields = json.loads(text)
    return [
        changed
        for name in fields
        for changed in (
            json.dumps({**fields, name: value}),
            json.dumps({key: field for key, field in fields.items() if key != name}),
        )
    ]


@pytest.mark.parametrize("value", [None, "x", -1, 2**62, [], {}], ids=ascii)
def test_an_impossible_value_in_stored_json_is_never_an_internal_error(
    made: Path, tmp_path: Path, value: object
) -> None:
    for table, column, text in random.Random(f"{value!r}").sample(json_texts(made), 5):
        for number, changed in enumerate(broken(text, value)):
            shutil.copy(made, tmp_path / "local.db")
            with closing(sqlite3.connect(tmp_path / "local.db")) as connection:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (changed, text))
                connection.commit()
            app = App(tmp_path).at("2026-11-20 12:10:00")
            numbers = random.Random(f"{table} {column} {value!r} {number}")
            for args in numbers.sample([("undo", "-y"), ("history", "--json"), *MORE], 2):
                result = app.run(*args)
                assert "Internal error" not in result.err, (table, column, changed, args, result)


def test_a_line_of_an_invoice_is_checked_by_its_fields() -> None:
    assert tuple(stored_json.LINE) == InvoiceLine._fields


@pytest.fixture(scope="module")
def made_on_account(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of an account that cannot be reached, with rows in each of the tables of an account."""
    app = on_account(tmp_path_factory.mktemp("made") / "home")
    app.ok("projects", "add", "web")
    app.ok("add", "Sent", "-p", "web", "--from", "09:00", "--to", "09:05")
    app.ok("add", "Waits", "-p", "web", "--from", "10:00", "--to", "10:05")
    app.ok("start", "Runs", "-p", "web", "--at", "11:00")
    path = app.home / "env.db"
    with closing(sqlite3.connect(path)) as connection:
        (entry,) = connection.execute("SELECT local_id FROM entries LIMIT 1").fetchone()
        asked = {"asked": {"description": "Sent"}, "stored": {"description": "sent"}}
        connection.execute("INSERT INTO remote VALUES (?, 'te_there', ?, 0)", (entry, '{"id": "te_there"}'))
        for what, details in (
            (notices.STORED_OTHERWISE, asked),
            (notices.TIMER_ENDED, {"at": app.now, "is_here": True}),
            (notices.CLOCK_DIFFERS, {"seconds": 90}),
        ):
            connection.execute(
                "INSERT INTO notices (what, local_id, details) VALUES (?, ?, ?)",
                (what, entry, json.dumps(details)),
            )
        connection.execute("INSERT INTO users VALUES ('u1', 'me@example.com', 'member')")
        connection.execute("INSERT OR REPLACE INTO pulled VALUES ('2026-11-20', '', ?)", (app.now,))
        connection.execute("INSERT INTO budget VALUES (1, 3, ?, 60.0)", (float(app.now),))
        connection.execute("UPDATE outbox SET state = 'conflict', theirs = '{}' WHERE id = 1")
        connection.commit()
    return path


def on_account(home: Path) -> App:
    app = App(home).at("2026-11-20 12:00:00")
    app.environ |= {"CLOCKEYE_API_KEY": "secret", "CLOCKEYE_API_URL": "http://127.0.0.1:9"}
    app.environ["CLOCKEYE_SYNC_BACKGROUND"] = "false"
    return app


@pytest.mark.parametrize("value", [None, "x", -1, 2**62, "[]"], ids=ascii)
def test_an_impossible_value_in_the_tables_of_an_account_is_never_an_internal_error(
    made_on_account: Path, tmp_path: Path, value: object
) -> None:
    tables = {"remote", "outbox", "notices", "users", "pulled", "budget", "remembered"}
    for place, (table, column) in enumerate(columns(made_on_account)):
        home = tmp_path / f"{place}"
        home.mkdir()
        shutil.copy(made_on_account, home / "env.db")
        if table not in tables or not put(home / "env.db", table, column, value):
            continue
        for args in random.Random(f"{table} {column} {value!r}").sample(ON_ACCOUNT, 1):
            result = on_account(home).run(*args)
            assert "Internal error" not in result.err, (table, column, value, args, result)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE history SET undone_by = NULL",
        "UPDATE history SET undone_by = 1 WHERE undone_by IS NOT NULL",
        "UPDATE history SET undoes = NULL",
        "DELETE FROM overlapping",
    ],
)
def test_rows_that_contradict_each_other_are_found_and_repaired(
    made: Path, tmp_path: Path, damage: str
) -> None:
    shutil.copy(made, tmp_path / "local.db")
    app = App(tmp_path).at("2026-11-20 12:10:00")
    before = app.ok("log", "--all", "--json").out
    assert app.run("doctor").code == 0
    with closing(sqlite3.connect(tmp_path / "local.db")) as connection:
        connection.execute(damage)
        connection.commit()
    assert app.run("doctor").code == 7
    app.ok("doctor", "--repair")
    app.ok("doctor")
    assert app.ok("log", "--all", "--json").out == before
