"""Killed before every single system call that writes: a command has happened, or it has not."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

import pytest

from clockeye_cli.store.database import connect
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests.app import App
from tests.system.adoption import adopt
from tests.system.migrations import TOMORROW
from tests.system.real_parts import KILLED, LATE, SYSTEM_CALLS, Sabotage, folder_in_memory, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Scene(NamedTuple):
    """A command line and what was done before it."""

    args: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


RUNNING = (("start", "Old", "work", "-p", "web"),)
ENTRIES = (
    ("add", "One", "--from", "8", "--to", "9", "-p", "web"),
    ("add", "Two", "--from", "9", "--to", "10", "-p", "garden", "--key", "k"),
)

SCENES = {
    "first run": Scene(("start", "New", "work", "-p", "web")),
    "start": Scene(("start", "New", "work", "-p", "new project"), ENTRIES),
    "switch": Scene(("start", "New", "work", "-p", "web"), (*ENTRIES, *RUNNING)),
    "stop": Scene(("stop", "-d", "It was this", "-t", "tag"), (*ENTRIES, *RUNNING)),
    "cancel": Scene(("cancel", "-y"), (*ENTRIES, *RUNNING)),
    "add": Scene(("add", "Three", "--for", "30m", "--key", "again"), ENTRIES),
    "add of much": Scene(("add", "long " * 4_000, "--for", "30m"), ENTRIES),
    "edit": Scene(("edit", "last", "last-1", "-d", "Changed", "-p", "other"), ENTRIES),
    "split": Scene(("split", "last", "--at", "9:30", "--gap", "5m"), ENTRIES),
    "delete": Scene(("delete", "last", "last-1", "-y"), ENTRIES),
    "undo of a delete": Scene(("undo",), (*ENTRIES, ("delete", "last", "-y"))),
    "undo of a stop": Scene(("undo",), (*ENTRIES, *RUNNING, ("stop",))),
    "undo of a project": Scene(("undo",), ENTRIES),
    "rename": Scene(("projects", "rename", "web", "website"), ENTRIES),
}


@pytest.fixture
def fast_path() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def killer() -> Iterator[Sabotage]:
    with Sabotage("signal=SIGKILL") as sabotage:
        yield sabotage


@pytest.mark.parametrize("name", SCENES)
def test_a_command_that_is_killed_has_happened_or_has_not(
    name: str, killer: Sabotage, fast_path: Path
) -> None:
    scene = SCENES[name]
    made, app = prepared(fast_path, scene)
    before = state_of(made / "local.db")
    after = ""
    home = fast_path / "home"

    def look(acknowledged: bool) -> None:
        nonlocal after
        state = state_of(home / "local.db")
        assert state in (before, after) or (not after and state != before)
        assert not acknowledged or state == after
        there = App(home).at(f"2026-11-20 {'13' if acknowledged else '12'}:59:00")
        there.ok("status")
        there.ok("add", "And", "on", "--for", "1s", "--overlap", "-p", "web")

    # Without harm first: this is the state after.
    copy(made, home)
    assert killer.run(home, scene.args, app.now, "unlink", LATE).code == 0
    after = state_of(home / "local.db")
    assert after != before
    assert kills(killer, app.now, scene.args, lambda: copy(made, home), home, look) > 20


def test_a_restore_that_is_killed_has_happened_or_has_not(killer: Sabotage, fast_path: Path) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    backup = fast_path / "backup.db"
    app.ok("backup", str(backup))
    app.ok("delete", "last", "-y")
    app.ok("add", "Only", "here", "--for", "1m", "--overlap")
    before, after = state_of(made / "local.db"), state_of(backup)
    assert before != after
    home = fast_path / "home"

    def look(acknowledged: bool) -> None:
        state = state_of(home / "local.db")
        assert state in (before, after)
        assert not acknowledged or state == after

    kills(killer, app.now, ("restore", str(backup)), lambda: copy(made, home), home, look)


@pytest.mark.parametrize("there", ["missing", "damaged"])
def test_a_restore_over_nothing_and_over_damage_that_is_killed(
    there: str, killer: Sabotage, fast_path: Path
) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    backup = fast_path / "backup.db"
    app.ok("backup", str(backup))
    path = made / "local.db"
    if there == "damaged":
        path.write_bytes(path.read_bytes()[: 4096 * 5])
    else:
        path.unlink()
    bytes_before = path.read_bytes() if path.exists() else None
    home = fast_path / "home"
    now = home / "local.db"

    def look(acknowledged: bool) -> None:
        unchanged = (now.read_bytes() if now.exists() else None) == bytes_before
        assert unchanged or state_of(now) == state_of(backup)
        assert not acknowledged or not unchanged
        App(home).ok("restore", str(backup))
        assert state_of(now) == state_of(backup)

    kills(killer, app.now, ("restore", str(backup)), lambda: copy(made, home), home, look)


def test_a_repair_that_is_killed_can_be_repeated_and_loses_nothing(killer: Sabotage, fast_path: Path) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    app.ok("stop")
    path = made / "local.db"
    entries = {row["id"] for row in app.ok("log", "--all", "--json").data}
    damage(path, b"CREATE INDEX entries_by_end", b"CREATE INDEX entries_by_xnd")
    home = fast_path / "home"

    def look(acknowledged: bool) -> None:
        there = App(home)
        there.ok("doctor", "--repair")
        assert {row["id"] for row in there.ok("log", "--all", "--json").data} == entries
        assert not acknowledged or (home / "local.db").read_bytes() != path.read_bytes()

    kills(killer, app.now, ("doctor", "--repair"), lambda: copy(made, home), home, look)


def test_a_backup_that_is_killed_is_whole_or_not_there(killer: Sabotage, fast_path: Path) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    before = state_of(made / "local.db")
    home, backup = fast_path / "home", fast_path / "backup.db"

    def fresh() -> None:
        backup.unlink(missing_ok=True)
        copy(made, home)

    def look(acknowledged: bool) -> None:
        assert state_of(home / "local.db") == before
        assert not backup.exists() or state_of(backup) == before
        assert not acknowledged or backup.exists()

    kills(killer, app.now, ("backup", str(backup)), fresh, home, look)


def test_settings_that_are_killed_are_the_old_ones_or_the_new_ones(killer: Sabotage, fast_path: Path) -> None:
    made = fast_path / "made"
    app = App(made)
    app.ok("config", "set", "week_start", "sunday")
    home = fast_path / "home"

    def look(acknowledged: bool) -> None:
        there = App(home)
        start = there.ok("config", "get", "day_start").out
        assert start == "04:00\n" or (start == "00:00\n" and not acknowledged)
        assert there.ok("config", "get", "week_start").out == "sunday\n"

    kills(killer, app.now, ("config", "set", "day_start", "04:00"), lambda: copy(made, home), home, look)


def test_an_adoption_that_is_killed_has_moved_all_or_nothing(killer: Sabotage, fast_path: Path) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    connect(str(made / "work.db"), MIGRATIONS, APPLICATION_ID).close()
    home = fast_path / "home"
    files = ("local.db", "work.db")
    here = [state_of(made / file) for file in files]
    copy(made, home)
    assert killer.run(home, ("adopt",), app.now, "unlink", LATE).code == 0
    there = [state_of(home / file) for file in files]
    assert "adoption" in there[1]
    is_first = True
    ended: set[bool] = set()

    def look(acknowledged: bool) -> None:
        nonlocal is_first
        is_first = not is_first
        # Each file is opened by itself, and takes back what is half done by itself, whichever is first.
        found = {file: state_of(home / file) for file in (files if is_first else reversed(files))}
        has_moved = found["local.db"] != here[0]
        assert [found[file] for file in files] == (there if has_moved else here)
        assert has_moved or not acknowledged
        ended.add(has_moved and not acknowledged)
        adopt(str(home), app.now, StringIO())
        assert [state_of(home / file) for file in files] == there
        assert not list(home.glob("*-journal"))

    assert kills(killer, app.now, ("adopt",), lambda: copy(made, home), home, look, every=7) > 20
    assert ended == {True, False}  # also those that were killed between the commit and the acknowledgement


@pytest.mark.parametrize("first", range(1, len(MIGRATIONS) + 1))
def test_a_migration_that_is_killed_has_happened_or_has_not(
    killer: Sabotage, fast_path: Path, first: int
) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    age(made / "local.db", first)
    home = fast_path / "home"
    path = home / "local.db"
    before = state_of(made / "local.db", MIGRATIONS[:first])

    def look(acknowledged: bool) -> None:
        # Opened as it is: what a killed process left may only be one of the two.
        connection = sqlite3.connect(path)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        connection.close()
        assert (version, "tomorrow" in tables) in [(first, False), (len(TOMORROW), True)]
        assert not acknowledged or version == len(TOMORROW)
        if version == first:
            assert state_of(path, MIGRATIONS[:first]) == before
        connection = connect(str(path), TOMORROW, APPLICATION_ID)
        count = connection.execute("SELECT count(*) FROM entries").fetchone()
        assert connection.execute("SELECT count(*) FROM tomorrow").fetchone() == count
        assert connection.execute("SELECT DISTINCT color FROM projects").fetchall() == [("red",)]
        connection.close()

    args = ("migrate", str(path))
    assert kills(killer, app.now, args, lambda: copy(made, home), home, look) > 15


def test_each_migration_step_is_reached_from_each_version(fast_path: Path) -> None:
    for version in range(1, len(TOMORROW) + 1):
        path = str(fast_path / f"{version}.db")
        connect(path, TOMORROW[:version], APPLICATION_ID).close()
        connection = connect(path, TOMORROW, APPLICATION_ID)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(TOMORROW),)
        connection.close()
    assert TOMORROW[: len(MIGRATIONS)] == MIGRATIONS


def prepared(fast_path: Path, scene: Scene) -> tuple[Path, App]:
    """A home in which the scene's commands were run, and the app on it, a little later."""
    made = fast_path / "made"
    app = App(made).at("2026-11-20 12:00:00")
    for args in scene.before:
        app.ok(*args)
    return made, app.at("2026-11-20 12:30:00")


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


def copy(made: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    if made.exists():
        shutil.copytree(made, home)


def damage(path: Path, what: bytes, by: bytes) -> None:
    content = path.read_bytes()
    assert content.count(what) == 1
    path.write_bytes(content.replace(what, by))


def kills(
    killer: Sabotage,
    now: int,
    args: tuple[str, ...],
    fresh: Callable[[], None],
    home: Path,
    look: Callable[[bool], None],
    every: int = 1,
) -> int:
    """Kill a command before each of its calls, one after the other; how often it was killed.

    Of the writes of pages, of which there may be many, only before `every` so manyth one.
    """
    killed = 0
    for call in SYSTEM_CALLS:
        for number in range(1, LATE, every if call == "pwrite64" else 1):
            fresh()
            ended = killer.run(home, args, now, call, number)
            look(bool(ended.out))
            if ended.code != KILLED:
                assert ended.code == 0, ended
                break
            killed += 1
        else:
            pytest.fail(f"{args} makes {call} more often than {LATE} times")
    return killed
