"""A command killed before any of its system calls that write has taken effect completely or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.app import App
from tests.system.killing import SCENES, copy, kills, prepared
from tests.system.real_parts import state_of
from tests.system.under_strace import LATE, Sabotage

if TYPE_CHECKING:
    from pathlib import Path


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
        app_after = App(home).at(f"2026-11-20 {'13' if acknowledged else '12'}:59:00")
        app_after.ok("status")
        app_after.ok("add", "And", "on", "--for", "1s", "--overlap", "-p", "web")

    # First without a kill, for the state after the command.
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


@pytest.mark.parametrize("state", ["missing", "damaged"])
def test_a_restore_over_nothing_and_over_damage_that_is_killed(
    state: str, killer: Sabotage, fast_path: Path
) -> None:
    made, app = prepared(fast_path, SCENES["stop"])
    backup = fast_path / "backup.db"
    app.ok("backup", str(backup))
    path = made / "local.db"
    if state == "damaged":
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
        app_after = App(home)
        app_after.ok("doctor", "--repair")
        assert {row["id"] for row in app_after.ok("log", "--all", "--json").data} == entries
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
        app_after = App(home)
        start = app_after.ok("config", "get", "day_start").out
        assert start == "04:00\n" or (start == "00:00\n" and not acknowledged)
        assert app_after.ok("config", "get", "week_start").out == "sunday\n"

    kills(killer, app.now, ("config", "set", "day_start", "04:00"), lambda: copy(made, home), home, look)


def damage(path: Path, what: bytes, by: bytes) -> None:
    content = path.read_bytes()
    assert content.count(what) == 1
    path.write_bytes(content.replace(what, by))
