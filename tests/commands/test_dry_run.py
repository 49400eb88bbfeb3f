"""`--dry-run`: the same checks, the same answer, nothing stored; for every command that writes the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dry_run import files, hold_same_answer, tried
from tests.system.scenes import SCENES, Scene, args_in, prepared, with_half_a_store
from tests.system.test_every_command import FACES, READS, typed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

HAVE_NONE = {
    "watch": "runs other commands when keys are pressed",
    "auth login": "asks for a key, stores it, and reads the account",
    "auth logout": "deletes a key and a store",
    "sync": "sends",
    "sync resolve": "settles with the account what has been sent to it",
    "profiles add": "writes the settings",
    "profiles use": "writes the settings",
    "profiles rename": "writes the settings, and renames files",
    "profiles remove": "writes the settings, and renames files",
    "config set": "writes the settings",
    "config unset": "writes the settings",
    "config edit": "writes the settings",
    "backup": "writes another file",
    "restore": "replaces the store",
    "serve": "serves another store",
    "serve keys add": "writes the server's store",
    "serve keys revoke": "writes the server's store",
    "serve users add": "writes the server's store",
    "serve users role": "writes the server's store",
    "serve users remove": "writes the server's store",
    "serve backup": "writes another file",
    "serve move": "writes the server's store",
}
"""Commands that do more than read, and have no `--dry-run`, and why."""

WRITING = {path for path, face in FACES.items() if "dry_run" in face.parameters}

EDITED = (("add", "One", "--from", "8", "--to", "9", "-p", "web"),)
MORE = {
    "projects unarchive": Scene(("projects", "unarchive", "web"), (*EDITED, ("projects", "archive", "web"))),
    "clients unarchive": Scene(
        ("clients", "unarchive", "nord"),
        (*EDITED, ("projects", "edit", "web", "--client", "Nord"), ("clients", "archive", "nord")),
    ),
    "projects edit with a rate": Scene(
        ("projects", "edit", "web", "--rate", "80 EUR", "--client", "Nord"), EDITED
    ),
    "projects add with a rate": Scene(("projects", "add", "new", "--rate", "80 EUR"), EDITED),
    "add with room made": Scene(("add", "Two", "--from", "8:30", "--to", "10", "--adjust"), EDITED),
    "no timer": Scene(("stop",), EDITED),
    "a clash": Scene(("add", "Two", "--from", "8:30", "--to", "10"), EDITED),
    "an unanswered question": Scene(("delete", "last"), EDITED),
    "a slip": Scene(("start", "--at", "25:99"), EDITED),
    "a damaged store": Scene(("stop",), EDITED, with_half_a_store),
    "an unknown entry": Scene(("edit", "te_xxxxxxxxxxxx", "-d", "x"), EDITED),
}
"""Scenes of what is only tried."""

TRIED = {
    name: scene
    for name, scene in (SCENES | MORE).items()
    if typed(scene.args) & WRITING and "--map" not in scene.args  # the map that it asks for is written
}


def test_every_command_that_writes_the_store_has_it() -> None:
    reads = {path for path in READS if path in FACES}
    assert {*FACES} - WRITING == reads | {*HAVE_NONE}


def test_every_command_that_has_it_is_tried() -> None:
    assert WRITING - set[str]().union(*(typed(scene.args) for scene in TRIED.values())) == set()


@pytest.mark.parametrize("name", TRIED)
def test_it_gives_the_same_answer_and_stores_nothing(name: str, tmp_path: Path) -> None:
    _, app = prepared(tmp_path, TRIED[name])
    app.run("status")  # opening may migrate
    args = args_in(app.home, TRIED[name].args)
    line = app.run(*args, "--dry-run")
    assert line.code != 0 or line.out.endswith("\nNothing is stored: --dry-run.\n")
    dry = tried(app, *args)
    hold_same_answer(dry, app.run(*args, "--json"), ("run", "dry_run"))


def test_all_others_refuse_it(app: App) -> None:
    for path in {*FACES} - WRITING:
        result = app.run(*path.split(), "--dry-run", "--json")
        assert (result.code, result.out) == (2, ""), path
        assert '"code": "no_dry_run"' in result.err, path
    assert app.run("config", "set", "week_start", "sunday", "--dry-run").err == (
        "clockeye: `clockeye config set` cannot run with --dry-run.\n"
        "  --dry-run is for commands that store entries, timers, projects, clients, tags or invoices.\n"
    )
    assert not app.home.exists()


@pytest.mark.parametrize(
    "args",
    [
        ("--dry-run", "projects", "add", "web"),
        ("projects", "--dry-run", "add", "web"),
        ("projects", "-q", "--dry-run", "add", "--", "web"),
        ("projects", "add", "web", "--dry-run"),
    ],
    ids=" ".join,
)
def test_it_may_stand_anywhere(app: App, args: tuple[str, ...]) -> None:
    app.ok(*args)
    assert not app.home.exists()


def test_after_two_dashes_and_as_a_value_it_is_text(app: App) -> None:
    app.ok("start", "--", "--dry-run")
    app.ok("edit", "current", "--description=--dry-run too")
    assert [row[3] for row in app.entries()] == ["--dry-run too"]


def test_what_it_prints(app: App) -> None:
    app.ok("add", "One", "--from", "8", "--to", "9", "-p", "web")
    assert app.ok("start", "Two", "-p", "new", "--dry-run") == (
        0,
        "Started new: Two, at 12:00.\nNothing is stored: --dry-run.\n",
        "Created the project new. (`clockeye undo` reverts this.)\n"
        f"`clockeye stop` stops it. Your data is stored in {app.home}/local.db, on this computer only;"
        " `clockeye auth login` connects an account.\n",
    )
    assert app.ok("start", "Two", "--dry-run", "-q").out == ""
    result = app.ok("edit", "last", "-d", "Other", "-o", "csv", "--dry-run")
    assert (result.out.count("\n"), result.err) == (2, "Nothing is stored: --dry-run.\n")
    result = app.ok("stop", "--if-running", "--dry-run", "--json")
    assert result.json == {"version": 1, "data": None, "meta": {"dry_run": True}}


def test_at_a_terminal_nothing_is_asked_and_a_yes_is_taken_as_given(app: App) -> None:
    app.ok("add", "One", "--from", "8", "--to", "9", "-p", "web")
    result = app.ok("delete", "last", "--dry-run", terminal=True)
    assert result.out.endswith("(1:00:00).\n`clockeye undo` reverts this.\nNothing is stored: --dry-run.\n")
    assert result.err == ""
    assert app.run("delete", "last", "--dry-run", "--no-input", terminal=True).code == 2
    assert app.run("start", "-p", "--dry-run", terminal=True).err == (
        "clockeye: Which project? Cannot ask: not running interactively.\n"
        "  Answer with -p NAME. Choices: web.\n"
    )
    assert app.run("edit", "last", "--dry-run", terminal=True).code == 2
    assert len(app.entries()) == 1


def test_no_hook_runs_and_no_notice_is_used_up(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = app.home / "hooks" / "start"
    hook.parent.mkdir(parents=True)
    hook.write_text("#!/bin/sh\necho hooked\n")
    hook.chmod(0o755)
    (tmp_path / ".clockeye.toml").write_text('project = "web"\n')
    monkeypatch.chdir(tmp_path)
    app.ok("projects", "add", "web")
    notice = f"From {tmp_path}/.clockeye.toml: project web.\n"
    before = files(app.home)
    for _ in range(2):
        result = app.ok("start", "Plan", "--dry-run")
        assert notice in result.err
        assert "hooked" not in result.err
    assert files(app.home) == before
    result = app.ok("start", "Plan")
    assert notice in result.err
    assert "hooked" in result.err
