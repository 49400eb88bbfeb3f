"""`clockeye backup`, `restore` and `doctor`."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.plain import ids, refused, said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    """An entry with a key, a project, and a timer."""
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10", "--key", "k")
    app.ok("start", "Timer", "--at", "11:30")
    return app


def test_a_backup_brings_everything_back(day: App, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.db")
    before = day.ok("log", "--all", "--json", "-q").data, day.ok("history", "--json").data
    assert day.ok("backup", file).out == f"Copied 1 entry and all other data to {file}.\n"
    assert os.stat(file).st_mode & 0o777 == 0o600
    day.ok("cancel", "-y")
    day.ok("delete", "last", "-y")
    aside = f"{day.home}/local.db.before-restore-20261120-120000"
    assert said(day.ok("restore", file)) == (
        0,
        f"Restored 1 entry and all other data from {file}.\nThe previous store was kept as {aside}.\n",
        "",
    )
    assert (day.ok("log", "--all", "--json", "-q").data, day.ok("history", "--json").data) == before
    assert day.ok("add", "One", "-p", "web", "--from", "9", "--to", "10", "--key", "k").out.startswith(
        "Already stored"
    )
    day.at("2026-11-20 12:00:01").ok("restore", aside)
    assert day.entries() == []


def test_a_backup_can_be_put_where_nothing_is(day: App, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.db")
    day.ok("backup", file)
    day.environ["CLOCKEYE_HOME"] = str(tmp_path / "another home")
    assert day.ok("restore", file).out == f"Restored 1 entry and all other data from {file}.\n"
    assert set(ids(day)) == {"One", "Timer"}


def test_a_backup_and_a_restore_as_json(day: App, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.db")
    assert day.ok("backup", file, "--json").data == {"file": file, "entries": 1}
    assert day.ok("restore", file, "--json").data == {"file": file, "entries": 1}


def test_a_backup_is_never_written_over(day: App, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_text("mine")
    assert refused(day, "backup", str(file)) == (
        2,
        f"clockeye: {file} already exists.\n  Choose another name; a backup never overwrites a file.\n",
    )
    assert file.read_text() == "mine"


def test_a_backup_of_nothing_or_into_nowhere(app: App, tmp_path: Path) -> None:
    assert app.run("backup", str(tmp_path / "b.db")) == (
        3,
        "",
        "clockeye: Nothing has been tracked yet.\n  `clockeye start` starts a timer.\n",
    )
    app.ok("add", "x", "--for", "1m")
    file = tmp_path / "no" / "b.db"
    assert refused(app, "backup", str(file)) == (
        7,
        f"clockeye: Cannot create {file}: no such folder: {file.parent}.\n"
        f"  Create it: mkdir -p {file.parent}\n",
    )


def test_what_is_no_backup_is_not_put_back(day: App, tmp_path: Path) -> None:
    text, empty, foreign, newer = (tmp_path / name for name in ("text", "empty", "foreign", "newer"))
    text.write_text("not a database" * 100)
    empty.write_bytes(b"")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    day.ok("backup", str(newer))
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    for file in (text, empty, foreign, newer, tmp_path, tmp_path / "nothing"):
        code, err = refused(day, "restore", str(file))
        assert code == 7
        assert err.startswith("clockeye: ")
        assert str(file) in err
        assert err.endswith("\n  Nothing was changed.\n"), err


def test_restore_can_be_used_where_the_store_is_damaged(day: App, tmp_path: Path) -> None:
    file = str(tmp_path / "backup.db")
    day.ok("backup", file)
    (day.home / "local.db").write_bytes(b"\0" * 8192)
    assert day.ok("restore", file).out.splitlines()[0] == f"Restored 1 entry and all other data from {file}."
    assert set(ids(day)) == {"One", "Timer"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\0" * 8192, "is damaged"),
        (b"", "is empty"),
        (b"no database at all, but text that is long enough to be a header " * 20, "is damaged"),
    ],
)
def test_a_damaged_store_is_never_an_empty_start(day: App, content: bytes, what: str) -> None:
    path = day.home / "local.db"
    path.write_bytes(content)
    for args in (
        ["status"],
        ["start", "x"],
        ["stop"],
        ["log"],
        ["report"],
        ["undo"],
        ["history"],
        ["prompt"],
    ):
        result = day.run(*args)
        assert (result.code, result.out) == (7, "")
        assert result.err == (
            f"clockeye: {path} {what}.\n"
            "  `clockeye doctor --repair` saves what can be read and keeps the damaged file;"
            " `clockeye restore FILE` restores a backup.\n"
        )
    assert path.read_bytes() == content


def test_a_store_from_a_newer_program_is_left_alone(day: App) -> None:
    path = day.home / "local.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=999")
    connection.close()
    before = path.read_bytes()
    for args in (["status"], ["start", "x"], ["doctor"], ["doctor", "--repair"]):
        result = day.run(*args)
        assert result.code == 7
        assert "was written by a newer clockeye" in result.err + result.out
    assert path.read_bytes() == before


def findings(app: App, *args: str) -> dict[str, tuple[bool, str]]:
    import json

    result = app.run("doctor", "--json", *args)
    rows = json.loads(result.out)["data"]
    return {row["check"]: (row["ok"], row["value"]) for row in rows}


def test_doctor_of_a_healthy_home(day: App) -> None:
    found = findings(day)
    assert all(ok for ok, _ in found.values())
    assert found["store"][1] == f"{day.home}/local.db"
    assert found["config"][1] == f"{day.home}/config.toml (not found: defaults)"
    assert found["settings"][1] == "profile local (default)"
    assert found["zone"][1] == "Europe/Berlin"
    assert found["sqlite"][1] == sqlite3.sqlite_version
    assert found["connection"][1].startswith(
        "journal_mode=delete, synchronous=3, foreign_keys=1, trusted_schema=0, user_version="
    )
    assert day.ok("doctor", terminal=True).err == ""


def test_doctor_where_nothing_was_tracked_makes_nothing(app: App) -> None:
    found = findings(app)
    assert found["store"] == (True, f"{app.home}/local.db (not created yet; nothing has been tracked)")
    assert not app.home.exists()


def test_doctor_names_what_is_wrong_and_the_command_that_fixes_it(day: App) -> None:
    path = day.home / "local.db"
    path.write_bytes(b"\0" * 8192)
    result = day.run("doctor")
    assert result.code == 7
    assert result.err.startswith("clockeye: Problems found: ")
    assert "clockeye doctor --repair" in result.err
    repaired = day.ok("doctor", "--repair")
    assert "is kept as" in repaired.err
    assert all(ok for ok, _ in findings(day).values())
    asides = list(day.home.glob("local.db.damaged-*"))
    assert [aside.read_bytes() for aside in asides] == [b"\0" * 8192]
    day.ok("start", "x")


def test_repair_of_a_healthy_store_does_nothing(day: App) -> None:
    before = (day.home / "local.db").read_bytes()
    assert day.ok("doctor", "--repair").err == "The store is not damaged; nothing to repair.\n"
    assert (day.home / "local.db").read_bytes() == before


@pytest.mark.parametrize(
    ("config", "check", "code"),
    [
        ("max_timer = 'soon'\n", "settings", 1),
        ("slip = 1\n", "settings", 1),
        ("", "config", 7),
        ("zone = 'No/Where'\n", "zone", 1),
    ],
)
def test_doctor_finds_a_bad_config(day: App, config: str, check: str, code: int) -> None:
    (day.home / "config.toml").write_text(config)
    assert findings(day)[check][0] is False
    assert day.run("doctor").code == code


@pytest.mark.parametrize("command", ["backup", "restore", "import", "serve backup"])
def test_an_empty_name_of_a_file_is_refused_by_name(app: App, command: str) -> None:
    words = command.split()
    metavar = "[FILE|FOLDER|-]..." if command == "import" else "FILE"
    message = f"clockeye: Invalid value for '{metavar}': an empty value."
    assert said(app.run(*words, "")) == (
        2,
        "",
        f"{message}\n  `clockeye {command} --help` shows the usage.\n",
    )
