"""What a folder says about new work: `start` and `add` take it, say so, and nothing else does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


@pytest.fixture
def file(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a repository's folder, below which one stands; the first start is over."""
    for name in ("acme", "web"):
        app.ok("projects", "add", name)
    app.ok("start", "One")
    app.ok("cancel", "-y")
    folder = tmp_path / "acme"
    (folder / "sub").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("ref: refs/heads/feature/login\n")
    monkeypatch.chdir(folder / "sub")
    return write(
        folder / ".clockeye.toml", 'project = "acme"\nbillable = false\ndescription = "On {branch}"\n'
    )


def write(file: Path, text: str) -> Path:
    file.write_text(text)
    file.chmod(0o644)
    return file


def now_running(app: App) -> tuple[str | None, str, bool]:
    timer = app.ok("status", "--json").data
    return timer["project"], timer["description"], timer["billable"]


def test_start_needs_neither_project_nor_description_and_says_where_they_come_from(
    app: App, file: Path
) -> None:
    result = app.ok("start")
    assert result.out == "Started acme: On feature/login, at 12:00.\n"
    assert result.err == f"From {file}: project acme, not billable, the description.\n"
    assert now_running(app) == ("acme", "On feature/login", False)


def test_it_is_said_once_a_day(app: App, file: Path) -> None:
    said = f"From {file}: project acme, not billable.\n"
    assert app.ok("start", "One", "-q").err == ""  # what was not shown was not said
    assert app.ok("start", "One").err == said
    assert app.ok("add", "Two", "--from", "9", "--to", "10").err == ""
    assert app.ok("start").err == f"From {file}: project acme, not billable, the description.\n"
    write(file, 'project = "web"\n')
    assert app.ok("start", "Three").err == f"From {file}: project web.\n"
    write(file, 'project = "acme"\nbillable = false\nhook = "rm"\n')
    refused = f"{file}: hook is ignored; only project, billable, description can be set there.\n"
    assert [app.ok("start", "Four").err for _ in range(2)] == [refused] * 2  # always said
    app.ok("stop")
    app.at("2026-11-21 09:00:00")
    assert app.ok("start", "Five").err == refused + said


def test_add_takes_it_too(app: App, file: Path) -> None:
    result = app.ok("add", "Review", "--for", "1h")
    assert result.out == "Added acme: Review, 11:00–12:00 (1:00:00).\n"
    assert result.err == f"From {file}: project acme, not billable.\n"


def test_what_is_typed_comes_first(app: App, file: Path) -> None:
    result = app.ok("start", "Mail", "-p", "web", "--billable")
    assert result.err == ""
    assert now_running(app) == ("web", "Mail", True)
    assert app.ok("start", "-p", "web").err == f"From {file}: not billable, the description.\n"


@pytest.mark.usefixtures("file")
def test_tags_alone_are_no_description_and_an_empty_one_is(app: App) -> None:
    app.ok("start", "+bug")
    assert now_running(app) == ("acme", "On feature/login #bug", False)
    app.ok("start", "")
    assert now_running(app) == ("acme", "", False)


def test_the_environment_comes_before_the_folder_and_the_folder_before_the_settings(
    app: App, file: Path
) -> None:
    app.ok("config", "set", "project", "web")
    assert app.ok("start", "Review").out.endswith("Started acme: Review, at 12:00.\n")
    app.environ["CLOCKEYE_PROJECT"] = "web"
    assert app.ok("start", "Review").err == f"From {file}: not billable.\n"
    assert now_running(app) == ("web", "Review", False)
    app.environ["CLOCKEYE_PROJECT"] = ""
    app.ok("start", "Review")
    assert now_running(app) == (None, "Review", False)


def test_billable_comes_from_the_folder_then_the_project_then_the_setting(app: App, file: Path) -> None:
    app.ok("projects", "add", "garden", "--no-billable")
    app.ok("start", "-p", "garden", "Dig")
    assert now_running(app)[2] is False
    write(file, "billable = true")
    app.ok("start", "-p", "garden", "Dig")
    assert now_running(app)[2] is True
    write(file, "")
    app.ok("start", "-p", "garden", "Dig")
    assert now_running(app)[2] is False


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("command", [["start", "-"], ["resume"]])
def test_old_work_stays_what_it_was(app: App, command: list[str]) -> None:
    app.ok("add", "Mail", "-p", "web", "--billable", "--for", "1h")
    assert app.ok(*command).err == ""
    assert now_running(app) == ("web", "Mail", True)
    assert app.ok("stop", "-d", "Post").err == ""
    assert app.ok("edit", "last", "-p", "acme").err == ""


def test_a_broken_file_stops_nobody_and_bills_nobody(app: App, file: Path) -> None:
    write(file, 'project = "acme"\nbillable = no\n')
    result = app.ok("start", "Review")
    assert result.out == "Started Review, at 12:00.\n"
    assert result.err == f"{file} is ignored: Invalid value (at line 2, column 12).\n"
    assert now_running(app) == (None, "Review", True)


def test_a_file_that_somebody_else_could_have_written_is_ignored_and_named(app: App, file: Path) -> None:
    file.chmod(0o666)
    result = app.ok("start", "Review")
    assert result.out == "Started Review, at 12:00.\n"
    assert result.err.startswith(f"{file} is ignored: other users can write to {file}.")


def test_a_project_that_is_not_found_is_refused_after_saying_who_named_it(app: App, file: Path) -> None:
    write(file, 'project = "acne"')
    result = app.run("start", "Review")
    assert result.code == 3
    first, second, *_ = result.err.split("\n")
    assert first == f"From {file}: project acne."
    assert "acne" in second
    assert app.ok("status").out == "No timer is running.\n"


def test_hostile_text_is_stored_as_it_is_and_shown_as_safe(app: App, file: Path) -> None:
    write(file, 'project = "a\\u001b]0;x\\u0007"\ndescription = "{branch}"')
    (file.parent / ".git/HEAD").write_text("ref: refs/heads/\x1b[2J\u202egnp\n")
    result = app.ok("start", terminal=True)
    assert result.out + result.err == (
        "Started a\\x1b]0;x\\x07: \\x1b[2J\\u202egnp, at 12:00.\n"
        f"From {file}: project a\\x1b]0;x\\x07, the description.\n"
        "Created the project a\\x1b]0;x\\x07. (`clockeye undo` reverts this.)\n"
    )
    assert now_running(app)[:2] == ("a\x1b]0;x\x07", "\x1b[2J\u202egnp")


def test_git_is_never_run(app: App, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "git"
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/marker\n")
    fake.chmod(0o755)
    (file.parent / ".git/config").write_text(f'[core]\n\tfsmonitor = "touch {tmp_path}/marker"\n')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    app.ok("start")
    assert now_running(app)[1] == "On feature/login"
    assert not (tmp_path / "marker").exists()


def test_config_list_says_what_new_work_takes_here(app: App, file: Path) -> None:
    write(file, 'project = "acme"\nurl = "x"\n')
    result = app.ok("config", "list")
    assert result.err == (
        f"{file}: url is ignored; only project, billable, description can be set there.\n"
        f"New work here: From {file}: project acme.\n"
    )


@pytest.mark.usefixtures("file")
def test_quiet_drops_where_it_comes_from(app: App) -> None:
    assert app.ok("start", "-q").err == ""
    assert now_running(app)[0] == "acme"
