"""Clients, imports, facts and invoices in the file: migrated, undone, backed up, repaired, adopted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.store import bills, projects, runs
from clockeye_cli.store.database import connect, connect_empty, transaction
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.tables import saved_tables
from tests.store.ledger_rows import NORD, TABLES, add_rows, rows_of
from tests.system.migrations import age

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

BEFORE = 10
"""The version before these tables."""

EVERY_TABLE = pytest.mark.parametrize("table", [*TABLES, "projects"])


@pytest.fixture
def day(app: App) -> App:
    """An entry with a client's project, an origin, facts and an invoice; another one without."""
    app.ok("add", "Plan", "-p", "web", "--from", "9:00", "--to", "10:00")
    app.ok("add", "Other", "--from", "10:00", "--to", "11:00")
    add_rows(app.home / "local.db", app.now)
    return app


def path_of(app: App) -> Path:
    return app.home / "local.db"


def test_these_are_all_tables_that_came_with_the_migration() -> None:
    with closing(connect_empty(MIGRATIONS[:BEFORE])) as connection:
        before = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert set(saved_tables()) - before == set(TABLES)


def test_a_file_of_the_version_before_is_migrated_used_and_undone_to_what_it_was(app: App) -> None:
    app.ok("add", "Plan", "-p", "web", "--from", "9:00", "--to", "10:00")
    app.ok("add", "Other", "--from", "10:00", "--to", "11:00")
    age(path_of(app), BEFORE)
    with closing(sqlite3.connect(path_of(app))) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (BEFORE,)
    entries = app.entries()
    empty: dict[str, list[Any]] = {table: [] for table in TABLES} | {"projects": [("web", None, None)]}
    connect(str(path_of(app)), MIGRATIONS, APPLICATION_ID).close()
    assert rows_of(path_of(app)) == empty
    add_rows(path_of(app), app.now)
    filled = rows_of(path_of(app))
    assert {table: len(rows) for table, rows in filled.items()} == dict.fromkeys([*TABLES, "projects"], 1)
    app.ok("doctor")
    app.ok("undo", "-y")
    assert rows_of(path_of(app)) == empty | {"projects": [("web", None, 6)]}
    app.ok("redo")
    assert rows_of(path_of(app)) == filled
    app.ok("undo", "-n", "3", "-y")
    assert rows_of(path_of(app)) == empty | {"projects": []}
    app.ok("redo", "-n", "3")
    assert (rows_of(path_of(app))["bills"], app.entries()) == (filled["bills"], entries)
    app.ok("doctor")


def test_the_history_says_what_became_of_each_row(day: App) -> None:
    day.ok("undo", "-y")
    undone = day.ok("history", "-n", "1", "--json").data[0]["changes"].split("; ")
    entry = day.ok("log", "--all", "--json").data[0]["id"]
    assert undone == [
        f"- {entry}: 1:00:00 billed",
        "- invoice: 2026-14",
        f"- {entry}: facts",
        f"- {entry}: imported from toggl",
        "- import: toggl",
        "~ project: web",
        "was project: web, client Nord & Co",
        "- client: Nord & Co",
    ]


def test_no_id_of_an_import_or_an_invoice_is_given_out_twice(day: App) -> None:
    day.ok("undo", "-y")
    with closing(sqlite3.connect(path_of(day))) as connection:
        assert (runs.next_id(connection), bills.next_id(connection)) == (2, 2)
    content = path_of(day).read_bytes()
    assert content.count(b"CREATE INDEX entries_by_end") == 1
    path_of(day).write_bytes(content.replace(b"CREATE INDEX entries_by_end", b"CREATE INDEX entries_by_xnd"))
    day.ok("doctor", "--repair")
    with closing(sqlite3.connect(path_of(day))) as connection:
        assert (runs.next_id(connection), bills.next_id(connection)) == (2, 2)


@EVERY_TABLE
def test_a_backup_has_every_table(table: str, day: App, tmp_path: Path) -> None:
    before = rows_of(path_of(day))[table]
    day.ok("backup", str(tmp_path / "backup.db"))
    assert rows_of(tmp_path / "backup.db")[table] == before
    with closing(sqlite3.connect(path_of(day))) as connection:
        connection.execute(f"DELETE FROM {table}")
        connection.commit()
    day.ok("restore", str(tmp_path / "backup.db"))  # refills the file
    assert rows_of(path_of(day))[table] == before
    path_of(day).unlink()
    day.ok("restore", str(tmp_path / "backup.db"))
    assert rows_of(path_of(day))[table] == before
    day.ok("doctor")


@EVERY_TABLE
@pytest.mark.parametrize(("at", "by"), [(60, b"\xff" * 12), (110, b"\xff" * 3_900)], ids=["header", "schema"])
def test_a_repair_saves_every_table(table: str, at: int, by: bytes, day: App) -> None:
    before = rows_of(path_of(day))[table]
    with path_of(day).open("r+b") as file:
        file.seek(at)
        file.write(by)
    day.ok("doctor", "--repair")
    day.ok("doctor")
    assert rows_of(path_of(day))[table] == before
    if at == 60:  # else not all of the history was saved, and nothing is undone by half
        day.ok("undo", "-y")
        assert rows_of(path_of(day))[table] == ([] if table in TABLES else [("web", None, 6)])


LOST: dict[str, dict[str, list[Any]]] = {
    "clients": {"projects": [("web", None, 6)]},
    "runs": {"runs": [(1, 0, "import", "toggl", "{}")]},
    "bills": {"bills": [(1, "lost 1", None, "outside", None, "{}")]},
}


@pytest.mark.parametrize("table", LOST)
def test_what_refers_to_a_lost_row_is_kept(table: str, day: App) -> None:
    before = rows_of(path_of(day))
    with closing(sqlite3.connect(path_of(day))) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(f"DELETE FROM {table}")
        connection.commit()
    assert day.run("doctor").code == 7
    day.ok("doctor", "--repair")
    day.ok("doctor")
    after = rows_of(path_of(day))
    assert {name: after[name] for name in LOST[table]} == LOST[table]
    assert (after["origins"], after["billed"]) == (before["origins"], before["billed"])


WRONG = (
    "UPDATE clients SET archived = 2",
    "UPDATE projects SET color = 8",
    "UPDATE runs SET about = '['",
    "UPDATE runs SET at = -1",
    "UPDATE origins SET was = '[]'",
    "UPDATE facts SET is_clock_made = -1",
    "UPDATE facts SET more = 'x'",
    "UPDATE bills SET issued_on = 'Monday'",
    "UPDATE bills SET about = ''",
    "UPDATE billed SET seconds = -1",
    "UPDATE billed SET rate = 'x'",
    "UPDATE billed SET currency = NULL",
)


@pytest.mark.parametrize("statement", WRONG)
def test_a_value_that_no_version_stores_is_damage(statement: str, day: App) -> None:
    with closing(sqlite3.connect(path_of(day))) as connection:
        connection.execute(statement)
        connection.commit()
    assert day.run("doctor").code == 7
    day.ok("doctor", "--repair")
    day.ok("doctor")


def test_a_row_that_the_history_does_not_say_is_named(day: App) -> None:
    entry = day.ok("log", "--all", "--json").data[0]["id"]
    with closing(sqlite3.connect(path_of(day))) as connection:
        connection.execute("UPDATE billed SET rounded = 3600")
        connection.execute("UPDATE clients SET name = 'Süd', folded = 'süd'")
        connection.commit()
    result = day.run("doctor")
    assert result.code == 7
    assert f"2 do not match the history: {NORD.id}, {entry}" in result.out


def test_projects_keep_their_colours_and_new_ones_take_free_ones(app: App) -> None:
    for number in range(8):
        app.ok("projects", "add", f"project {number}")
    with closing(connect(str(path_of(app)), MIGRATIONS, APPLICATION_ID)) as connection:
        first = projects.colors(connection)
        with transaction(connection):
            connection.execute("UPDATE projects SET color = NULL")
        older = projects.colors(connection)
    assert sorted(first.values()) == sorted(older.values()) == [*range(8)]
    app.ok("projects", "add", "project 8")
    app.ok("projects", "rename", "project 1", "zebra")
    with closing(connect(str(path_of(app)), MIGRATIONS, APPLICATION_ID)) as connection:
        now = projects.colors(connection)
    assert {project_id: now[project_id] for project_id in older} == older
