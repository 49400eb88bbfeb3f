"""Damaged stores: the error names the way out, the file is not changed, and `doctor --repair` repairs it."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import pytest

from clockeye_cli.store import pages, remote
from clockeye_cli.store.database import connect, connect_damaged
from clockeye_cli.store.salvage import recognize
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.tables import READ_AGAIN, saved_tables
from tests.app import App
from tests.store.ledger_rows import add_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE = 4096

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("log", "--all"),
    ("report", "--year"),
    ("history",),
    ("projects",),
    ("start", "New"),
    ("stop",),
    ("add", "x", "--for", "1m", "--overlap"),
    ("undo", "-y"),
    ("doctor",),
)


def filled(app: App, count: int = 30) -> Path:
    """A store with every kind of row. Returns its path."""
    app.at("2026-11-20 12:00:00")
    for n in range(count):
        app.ok(
            "add", f"Entry {n}", "--for", f"{n + 1}m", "--overlap", "-p", f"project {n % 3}", "--key", f"k{n}"
        )
    add_rows(app.home / "local.db", app.now)
    app.ok("delete", "last", "-y")
    app.ok("start", "Timer", "-p", "project 1")
    app.ok("stop")
    app.ok("undo", "-y")  # gives the timer a new id
    return app.home / "local.db"


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 1}")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


def overwritten(at: int, by: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[:at] + by + content[at + len(by) :])

    return damage


DAMAGED: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "full of NUL": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "one NUL": lambda path: path.write_bytes(b"\0"),
    "a text": lambda path: path.write_text("This is no database.\n" * 500),
    "cut off in the middle": lambda path: os.truncate(path, path.stat().st_size // 2 + 100),
    "cut off after the first page": lambda path: os.truncate(path, PAGE),
    "the name in the header": overwritten(3, b"x"),
    "the page size in the header": overwritten(16, b"\x03\x01"),
    "the mark in the header": overwritten(68, b"XXXX"),
    "the schema": overwritten(110, b"\xff" * 3000),
    "foreign": foreign,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_store_is_reported_unchanged_and_repaired_on_request(name: str, app: App) -> None:
    path = filled(app)
    DAMAGED[name](path)
    content = path.read_bytes()
    for args in COMMANDS:
        result = app.run(*args)
        assert result.code == 7, (args, result)
        assert str(path) in result.err + result.out
        if args != ("doctor",):
            assert "`clockeye doctor --repair`" in result.err
    assert path.read_bytes() == content
    assert [each.name for each in app.home.iterdir()] == ["local.db"]
    report = app.run("doctor", "--json")
    assert "--repair" in report.out
    assert app.ok("doctor", "--repair").code == 0
    (aside,) = app.home.glob("local.db.damaged-*")
    assert aside.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    app.ok("add", "And", "on", "--for", "1m", "--overlap")
    app.ok("doctor")
    assert len(list(app.home.iterdir())) == 2


def test_the_store_of_a_newer_version_is_left_alone_even_by_a_repair_and_a_restore(app: App) -> None:
    path = filled(app)
    backup = app.home / "backup.db"
    app.ok("backup", str(backup))
    newer(path)
    content = path.read_bytes()
    for args in (*COMMANDS, ("doctor", "--repair"), ("restore", str(backup))):
        result = app.run(*args)
        assert result.code == 7, (args, result)
        assert "newer" in result.err + result.out
    assert path.read_bytes() == content
    assert {each.name for each in app.home.iterdir()} == {"local.db", "backup.db"}


def test_text_that_is_not_utf_8_is_damage_and_is_repaired(app: App) -> None:
    path = filled(app)
    content = path.read_bytes()
    at = content.index(b"Entry 7")
    while content[at - 2 : at] == b": " or content[at - 1 : at] == b'"':
        at = content.index(b"Entry 7", at + 1)
    overwritten(at, b"\xff\xfe")(path)
    assert app.run("log", "--all").code == 7
    assert app.run("doctor").code == 7
    saved, differing = app.ok("doctor", "--repair").err.splitlines()
    assert saved.startswith("Saved 29 entries, 3 projects and 1 running timer.")
    assert re.match(r"1 row is missing or does not match the history: te_\w+\. ", differing)
    descriptions = [row["description"] for row in app.ok("log", "--all", "--json").data]
    assert "\ufffd\ufffdtry 7" in descriptions
    assert len(descriptions) == 30


@pytest.mark.parametrize("damage", ["{", "[1]", '{"local_id": "x"}', '"x"'])
def test_an_invalid_history_is_damage_and_is_repaired(damage: str, app: App) -> None:
    path = filled(app, 3)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE changes SET after = ? WHERE history_id = (SELECT max(id) FROM history"
            " WHERE undoes IS NULL AND undone_by IS NULL)",
            (damage,),
        )
        connection.commit()
    assert app.run("history").code == 7
    assert app.run("undo", "-y").code == 7
    assert app.run("doctor").code == 7
    entries = app.entries()
    app.ok("doctor", "--repair")
    app.ok("doctor")
    assert app.entries() == entries
    app.ok("history")
    # What is not known whole is not undone by half.
    assert app.run("undo", "-y").code == 3


def test_a_journal_without_its_store_is_not_played_into_a_new_one(app: App) -> None:
    path = filled(app, 3)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA cache_size=1")
    connection.execute("UPDATE entries SET description = 'half done'")
    connection.execute("UPDATE changes SET what = 'half done'")
    journal = (app.home / "local.db-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    path.unlink()
    (app.home / "local.db-journal").write_bytes(journal)
    result = app.run("start", "Work")
    assert result.code == 7
    assert f"{path}-journal" in result.err
    assert [each.name for each in app.home.iterdir()] == ["local.db-journal"]
    (app.home / "local.db-journal").rename(app.home / "old")
    app.ok("start", "Work")
    app.ok("doctor")


def test_a_link_to_a_disk_that_is_not_there_is_no_first_run(app: App) -> None:
    app.home.mkdir()
    (app.home / "local.db").symlink_to(app.home / "unmounted" / "local.db")
    for args in COMMANDS:
        result = app.run(*args)
        assert result.code == 7, (args, result)
        assert str(app.home / "unmounted" / "local.db") in result.err + result.out
    assert [each.name for each in app.home.iterdir()] == ["local.db"]


def test_a_store_behind_a_link_stays_behind_it_when_it_is_repaired_and_restored(app: App) -> None:
    path = filled(app, 3)
    real = app.home.parent / "real.db"
    path.rename(real)
    path.symlink_to(real)
    backup = app.home.parent / "backup.db"
    app.ok("backup", str(backup))
    overwritten(110, b"\xff" * 3000)(real)
    app.ok("doctor", "--repair")
    assert path.is_symlink()
    overwritten(110, b"\xff" * 3000)(real)
    app.ok("restore", str(backup))
    assert path.is_symlink()
    app.ok("restore", str(backup))
    assert path.is_symlink()
    assert len(app.entries()) == 3


@pytest.mark.parametrize("name", ["a b", "100%25 ?x#y", "ünïcödé", "with\nnewline", "//double"])
def test_a_home_of_any_name(name: str, tmp_path: Path) -> None:
    app = App(tmp_path / "other")
    home = f"/{tmp_path}/x" if name.startswith("//") else str(tmp_path / name)
    app.environ["CLOCKEYE_HOME"] = home
    app.ok("start", "Work")
    assert app.ok("status").out.startswith("Work")
    app.ok("backup", str(tmp_path / "backup.db"))
    app.ok("restore", str(tmp_path / "backup.db"))
    assert os.path.exists(f"{home}/local.db")


def test_a_folder_in_the_place_of_the_store_and_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    app = App(tmp_path)
    (tmp_path / "local.db").mkdir()
    for args in (("start", "x"), ("log",), ("doctor",)):
        assert app.run(*args).code == 7
    file = tmp_path / "file"
    file.write_text("x")
    for home in (file, file / "below"):
        app.environ["CLOCKEYE_HOME"] = str(home)
        assert app.run("start", "x").code == 7


# ---- repair ----


class Big(NamedTuple):
    """A store of many pages, and which page each entry is on."""

    content: bytes
    page_of: dict[str, int]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Big:
    app = App(tmp_path_factory.mktemp("big"))
    path = filled(app, 5)
    numbers = random.Random(7)
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        project = connection.execute("SELECT id FROM projects").fetchone()[0]
        rows = [
            (
                f"te_{numbers.getrandbits(60):012x}"[:15],
                f"Row {n} " + "and so on " * numbers.randrange(40),
                project if n % 2 else None,
                1_700_000_000 + n * 60,
                1_700_000_000 + n * 60 + numbers.randrange(5000),
                n % 2,
            )
            for n in range(1500)
        ]
        connection.executemany(
            "INSERT INTO entries (local_id, description, project_id, started_at, ended_at, billable)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.execute("DELETE FROM entries WHERE started_at BETWEEN 1700010000 AND 1700020000")
        kept = {row[0]: row[1] for row in connection.execute("SELECT local_id, description FROM entries")}
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] > 0
    content = path.read_bytes()
    pages_with = {
        local_id: [
            match.start() // PAGE
            for match in re.finditer(re.escape(local_id.encode() + description.encode()), content)
        ]
        for local_id, description in kept.items()
        if description.startswith("Row")
    }
    # Copies of deleted rows may remain; only rows that occur once are certain to be in their page.
    page_of = {local_id: places[0] for local_id, places in pages_with.items() if len(places) == 1}
    assert len(page_of) > 800
    return Big(content, page_of)


@pytest.mark.parametrize("seed", [*range(20), 36, 129, 242, 268])
def test_a_repair_saves_every_entry_whose_page_is_whole(seed: int, big: Big, app: App) -> None:
    numbers = random.Random(seed)
    content, hit = bytearray(big.content), set[int]()
    for _ in range(numbers.randrange(1, 12)):
        page, start = numbers.randrange(len(content) // PAGE), numbers.randrange(PAGE)
        end = min(start + numbers.choice([1, 2, 8, 100, PAGE]), PAGE)
        content[page * PAGE + start : page * PAGE + end] = numbers.randbytes(end - start)
        hit.add(page)
    path = app.home / "local.db"
    app.home.mkdir()
    path.write_bytes(content)
    for args in COMMANDS[:5]:
        result = app.run(*args)
        assert result.code in (0, 7), (args, result)
    if app.run("doctor").code == 0:
        return  # the damage is within a text, or in what nobody uses
    app.ok("doctor", "--repair")
    app.ok("doctor")
    expected = {local_id for local_id, page in big.page_of.items() if page not in hit}
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        saved = {row[0] for row in connection.execute("SELECT local_id FROM entries")}
    assert expected - saved == set()
    for args in COMMANDS:
        assert app.run(*args).code in (0, 3), args


def test_the_pages_of_a_whole_store_give_exactly_its_rows(app: App) -> None:
    path = filled(app)
    app.ok("add", "A text that runs over many pages " * 2_000, "--for", "1m", "--overlap")
    app.ok("undo", "-y")
    app.ok("projects", "add", "other", "--billable")
    # Free pages full of deleted rows, which must not come back.
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            " INSERT INTO entries (local_id, description, project_id, started_at, ended_at, billable)"
            " SELECT printf('te_%012d', i), 'deleted', NULL, i, i + 1, 1 FROM n"
        )
        connection.execute("CREATE TABLE given_up AS SELECT * FROM entries")
        connection.execute("DELETE FROM entries WHERE description = 'deleted'")
        connection.execute("DROP TABLE given_up")
        remote.put(connection, remote.Seen("te_here", "te_there", {}, 0))
        connection.execute(
            "INSERT INTO outbox (what, local_id, state) VALUES ('create', 'te_here', 'queued')"
        )
        connection.execute("INSERT INTO adopted VALUES ('te_gone', 'work')")
    assert path.read_bytes().count(b"deleted") > 100
    with path.open("rb") as file, closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [table for table in tables if table not in {*READ_AGAIN, "sqlite_sequence"}]
        assert sorted(tables) == sorted(saved_tables())
        pages_with: dict[str, set[object]] = {table: set() for table in tables}
        for record in pages.records(file):
            if recognized := recognize(record):
                table, values = recognized
                pages_with[table.name].add(values)
        for name in tables:
            rows = set(connection.execute(f"SELECT * FROM {name}").fetchall())
            assert rows, name
            assert pages_with[name] == rows


def test_a_repair_of_a_store_that_is_well_does_nothing(app: App) -> None:
    path = filled(app, 3)
    content = path.read_bytes()
    assert "nothing to repair" in app.ok("doctor", "--repair").err
    assert path.read_bytes() == content


def test_a_repair_keeps_others_out(app: App) -> None:
    path = filled(app, 3)
    with closing(connect_damaged(str(path))), closing(sqlite3.connect(path, timeout=0)) as second:
        with pytest.raises(sqlite3.OperationalError) as caught:
            second.execute("BEGIN IMMEDIATE")
        assert caught.value.sqlite_errorcode == sqlite3.SQLITE_BUSY


def test_a_command_that_waited_for_a_repair_does_not_write_into_what_was_put_aside(app: App) -> None:
    path = filled(app, 3)
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as waiting:
        os.rename(path, f"{path}.aside")
        App(app.home).ok("start", "In the new one")
        waiting.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.DatabaseError) as caught:
            waiting.execute("INSERT INTO remembered VALUES ('a', 'b')")
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_READONLY_DBMOVED


# ---- backup and restore ----


def test_a_backup_of_damage_is_refused(app: App) -> None:
    path = filled(app)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("UPDATE timer SET project_id = 'prj_nowhere'")
        connection.commit()
    result = app.run("backup", str(app.home / "backup.db"))
    assert result.code == 7
    assert str(path) in result.err
    assert [each.name for each in app.home.iterdir()] == ["local.db"]


@pytest.mark.parametrize("name", ["missing", "healthy", *DAMAGED])
def test_a_restore_over_anything_keeps_what_was_there(name: str, app: App) -> None:
    path = filled(app)
    backup = app.home.parent / "backup.db"
    app.ok("backup", str(backup))
    entries, history = app.entries(), app.ok("history", "--json").data
    before = path.read_bytes()
    if name == "missing":
        path.unlink()
    elif name == "healthy":
        app.ok("add", "Only here", "--for", "1m", "--overlap")
    else:
        DAMAGED[name](path)
        before = path.read_bytes()
    app.ok("restore", str(backup))
    assert app.entries() == entries
    assert app.ok("history", "--json").data == history
    app.ok("doctor")
    aside = [each for each in app.home.iterdir() if each != path]
    assert len(aside) == (name != "missing")
    if name == "healthy":
        path.unlink()
        app.ok("restore", str(aside[0]))
        assert len(app.entries()) == len(entries) + 1
    elif aside:
        assert aside[0].read_bytes() == before
    # And what is undone next is what the backup's last command did.
    assert app.run("undo", "-y").code == 0


@pytest.mark.parametrize("name", ["newer", "a folder", "nothing", *DAMAGED])
def test_rubbish_is_not_restored(name: str, app: App) -> None:
    path = filled(app)
    backup = app.home.parent / "backup.db"
    app.ok("backup", str(backup))
    if name == "a folder":
        backup.unlink()
        backup.mkdir()
    elif name == "nothing":
        backup.unlink()
    elif name == "newer":
        newer(backup)
    else:
        DAMAGED[name](backup)
    content = path.read_bytes()
    result = app.run("restore", str(backup))
    assert result.code == 7, result
    assert str(backup) in result.err
    assert "--repair" not in result.err
    assert path.read_bytes() == content
    assert [each.name for each in app.home.iterdir()] == ["local.db"]


def test_a_store_is_not_restored_from_itself(app: App) -> None:
    path = filled(app, 3)
    link = app.home / "link.db"
    link.symlink_to(path)
    for name in (path, link):
        assert app.run("restore", str(name)).code == 7
    assert len(app.entries()) == 4 - 1


def test_a_backup_in_another_journal_mode_is_restored(app: App) -> None:
    filled(app, 3)
    backup = app.home.parent / "backup.db"
    app.ok("backup", str(backup))
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    app.ok("restore", str(backup))
    assert "journal_mode=delete" in app.ok("doctor").out


def test_an_existing_file_is_not_overwritten_by_a_backup(app: App) -> None:
    filled(app, 3)
    existing = app.home.parent / "there"
    existing.write_text("precious")
    assert app.run("backup", str(existing)).code == 2
    assert existing.read_text() == "precious"
