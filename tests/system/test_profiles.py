"""Settings, profiles and keys under several processes at once, and editors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.app import App

CONFIG = """# mine
profile = "side"
colour = "blue" # unknown to clockeye

[profiles.side] # at the office
project = "web"
"""
ENTRY = ("add", "One", "--from", "2026-11-20 08:00", "--to", "2026-11-20 09:00")


def with_a_profile(home: Path) -> App:
    """A home with the default profile `side`, which has an entry, a running timer and a key."""
    home.mkdir()
    for name, text in (("config.toml", CONFIG), ("side.key", "ck_live_0123456789")):
        (home / name).write_text(text)
        (home / name).chmod(0o600)
    app = App(home)
    app.ok(*ENTRY)
    app.ok("start", "Two")
    (home / "side.sender.lock").touch()
    return app


def names(home: Path) -> set[str]:
    """The files of profiles: not the config file and its lock, and no draft of a process that was killed."""
    return {path.name for path in home.iterdir() if not path.name.startswith((".clockeye-", "config.toml"))}


def test_settings_that_are_changed_by_many_at_once_are_all_stored(tmp_path: Path) -> None:
    values = {
        "day_start": [f"0{number}:00" for number in range(8)],
        "max_timer": [f"{number}h" for number in range(5, 13)],
        "project": [f"p{number}" for number in range(8)],
        "sync.fresh": [f"{number}s" for number in range(20, 28)],
        "sync.settle": [f"{number}s" for number in range(31, 39)],
        "target": [f"{number}h" for number in range(1, 9)],
        "hooks.timeout": [f"{number}s" for number in range(1, 9)],
        "week_start": ["sunday", "monday", "saturday", "friday", "sunday", "tuesday", "monday", "sunday"],
    }
    environ = {"CLOCKEYE_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"}

    def set_each(key: str) -> None:
        for value in values[key]:
            command = [sys.executable, "-m", "clockeye_cli", "config", "set", key, value]
            subprocess.run(command, env=environ, check=True, capture_output=True)

    with ThreadPoolExecutor(len(values)) as pool:
        list(pool.map(set_each, values))
    app = App(tmp_path / "home")
    rows = {row["key"]: row["value"] for row in app.ok("config", "list", "--json").data}
    assert {key: rows[key] for key in values} == {key: each[-1] for key, each in values.items()}


def test_a_rename_keeps_entries_timer_key_and_the_users_own_text(tmp_path: Path) -> None:
    app = with_a_profile(tmp_path / "home")
    assert app.ok("profiles", "rename", "side", "office").out == "Renamed the profile side to office.\n"
    assert names(app.home) == {"office.db", "office.key"}
    assert (app.home / "config.toml").read_text() == CONFIG.replace("side", "office")
    assert [row["description"] for row in app.ok("log", "--json").data] == ["One", "Two"]


def test_a_removal_keeps_the_entries_aside_and_no_key(tmp_path: Path) -> None:
    app = with_a_profile(tmp_path / "home")
    aside = f"{app.home}/side.db.removed-{app.now}"
    assert app.ok("profiles", "remove", "side", "-y").out == (
        f"Removed the profile side. Its entries are in {aside}.\n"
    )
    assert names(app.home) == {f"side.db.removed-{app.now}"}
    assert [row["profile"] for row in app.ok("profiles", "--json").data] == ["local"]


def test_an_edit_in_the_editor_does_not_overwrite_what_came_meanwhile(tmp_path: Path) -> None:
    app = App(tmp_path / "home")
    app.ok("config", "set", "week_start", "sunday")
    config = app.home / "config.toml"
    editor = tmp_path / "editor"
    editor.write_text(
        f'#!/bin/sh\necho \'target = "8h"\' >> {config}\necho \'day_start = "04:00"\' >> "$1"\n'
    )
    editor.chmod(0o755)
    app.environ["EDITOR"] = str(editor)
    result = app.run("config", "edit", terminal=True)
    assert (result.code, result.out) == (7, "")
    assert f"{config} was changed by another program at the same moment." in result.err
    assert app.ok("config", "get", "target").out == "8h\n"
    assert app.ok("config", "get", "day_start").out == "00:00\n"
    draft = result.err.rpartition("saved to ")[2].strip().rstrip(".")
    assert "04:00" in Path(draft).read_text()


def test_a_config_file_that_is_a_link_stays_one(tmp_path: Path) -> None:
    app = App(tmp_path / "home")
    app.home.mkdir()
    dotfile = tmp_path / "dotfiles.toml"
    dotfile.write_text("# mine\n")
    dotfile.chmod(0o600)
    (app.home / "config.toml").symlink_to(dotfile)
    app.ok("config", "set", "target", "8h")
    assert (app.home / "config.toml").is_symlink()
    assert dotfile.read_text() == '# mine\ntarget = "8h"\n'


def test_a_settings_lock_dies_with_its_holder(tmp_path: Path) -> None:
    app = App(tmp_path / "home")
    app.ok("config", "set", "target", "8h")
    hold = (
        "import fcntl, sys; lock = open(sys.argv[1]); fcntl.flock(lock, fcntl.LOCK_EX); "
        "print(flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, f"{app.home}/config.toml.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(app.run, "config", "set", "target", "7h")
            assert not waiting.done()
            holder.kill()
            assert waiting.result(timeout=30).code == 0
    assert app.ok("config", "get", "target").out == "7h\n"


def test_doctor_names_what_no_profile_names_and_brings_it_back_or_clears_it(tmp_path: Path) -> None:
    app = with_a_profile(tmp_path / "home")
    home = app.home
    (home / "config.toml").write_text("# put back from a backup\n")
    (home / "gone.key").write_text("ck_live_0123456789")
    (home / "notes.db").write_text("not ours")
    for name, age in ((".clockeye-old.new", 7_200), (".clockeye-young.new", 60)):
        (home / name).touch()
        os.utime(home / name, (app.now - age, app.now - age))
    unnamed = {"side.db": "store", ".clockeye-old.new": "draft", "gone.key": "key", "side.key": "key"}
    result = app.run("doctor", "--json")
    (row,) = [row for row in json.loads(result.out)["data"] if row["check"] == "files"]
    assert result.code == 1
    assert not row["ok"]
    assert row["mend"] == "clockeye doctor --repair"
    assert all(f"{home}/{name} ({kind})" in row["value"] for name, kind in unnamed.items())
    assert "young" not in row["value"]
    assert "notes" not in row["value"]

    assert f"Restored the profile side from {home}/side.db." in app.ok("doctor", "--repair").err
    assert names(home) == {"side.db", "side.key", "side.sender.lock", "notes.db"}
    rows = app.ok("log", "-P", "side", "--json").data
    assert [row["description"] for row in rows] == ["One", "Two"]
