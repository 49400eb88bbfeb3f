"""A migration or an adoption that is killed before any of its system calls that write."""

from __future__ import annotations

import sqlite3
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store.database import connect
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests.system.adoption import adopt
from tests.system.killing import kills
from tests.system.migrations import TOMORROW, age
from tests.system.real_parts import state_of
from tests.system.scenes import SCENES, copy, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.under_strace import Sabotage


def test_an_adoption_that_is_killed_has_moved_all_or_nothing(killer: Sabotage, fast_path: Path) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    connect(str(made / "work.db"), MIGRATIONS, APPLICATION_ID).close()
    home = fast_path / "home"
    files = ("local.db", "work.db")
    before = [state_of(made / file) for file in files]
    copy(made, home)
    assert killer.run(home, ("adopt",), app.now).code == 0
    after = [state_of(home / file) for file in files]
    assert "adoption" in after[1]
    is_first = True
    ended: set[bool] = set()

    def look(acknowledged: bool) -> None:
        nonlocal is_first
        is_first = not is_first
        # Each file is opened by itself, and takes back what is half done by itself, whichever is first.
        states = {file: state_of(home / file) for file in (files if is_first else reversed(files))}
        has_moved = states["local.db"] != before[0]
        assert [states[file] for file in files] == (after if has_moved else before)
        assert has_moved or not acknowledged
        ended.add(has_moved and not acknowledged)
        adopt(str(home), app.now, StringIO())
        assert [state_of(home / file) for file in files] == after
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
        assert connection.execute("SELECT DISTINCT mood FROM projects").fetchall() == [("red",)]
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
