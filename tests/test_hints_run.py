"""Each command that an error, a notice or an answer suggests does something when it is run as printed."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.config.settings import SETTINGS
from tests.app import App
from tests.placeholders import VALUES_OF_SETTINGS
from tests.suggested import problem_of, suggestions

if TYPE_CHECKING:
    from pathlib import Path

ODD = 'it\'s $HOME `x`; "a b"'
"""A name that a shell would take apart."""

IDLE = [
    "stop",
    "cancel",
    "stop -d 'Fix it' -t bug",
    "resume nothing like this",
    "resume 11:45",
    "edit te_zzzz -d x",
    "edit last +bug",
    "edit last 'new text'",
    "edit it to 10:30",
    "add Fix 10:00-11:00",
    "add Fix from 11 to 11:30",
    "add Fix for 20m",
    "add Fix --from '10m ago'",
    "add Fix --from 11 --to 11:30 -p 'a new one'",
    "add Fix --for 10m -p acmee",
    f"add Fix --for 10m -p {shlex.quote(ODD)}",
    "start 11:45 Standup",
    "start 10:00-11:00 Fix",
    "split last",
    "split last 9:30",
    "delete",
    "delete te_zzzz -y",
    "delete @1 :yes",
    "rm last",
    "continue",
    "track 11:00 - 11:30 Fix +bug",
    "annotate @1 Better text",
    "modify start @1 9:10",
    "tag @1 bug",
    "log :week",
    "log +bug",
    "log -p nothing",
    "tags mv bug defect",
    "tags rm bug",
    "tags rename nothing other",
    "undo 2",
    "undo -n 99",
    "redo",
    "history 5",
    "projects mv web site",
    "projects delete web",
    "projects merge web nothing",
    "profiles use nothing",
    "profiles add local",
    "profiles remove local",
    "config set week_start noday",
    "config set target 8",
    "report --open",
    "import",
    "import --as watson",
    "check --period today",
    "help pause",
    "help tims",
    "-P nothing start x",
    "sync",
    "users",
    "screenshots",
    "auth status",
    "doctor --reapir",
    "watch",
    "strat Fix",
    "serve keys ad laptop",
    "serve user list",
    "serve users role nobody admin",
    "serve keys revoke nothing",
    "stauts",
    "logg",
    "dleete last",
]
RUNNING = [
    "",
    "start Fix --at 9",
    "pause",
    "stop last",
    "stop 11:45",
    "stop +bug Fix it",
    "edit current --to 11:45",
    "resume it 11:45",
    "delete current -y",
    "undo",
    "projects delete acme",
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody with projects, tags, odd names and a backup; a timer runs in the one beside it."""
    folder = tmp_path_factory.mktemp("prepared")
    app = App(folder / "idle").at("2026-11-20 12:00:00")
    app.ok("projects", "add", "shop")
    app.ok("projects", "add", "--", ODD)
    app.ok("projects", "archive", "--", ODD)
    app.ok("add", "Call #bug", "--from", "8", "--to", "9", "-p", "web")
    app.ok("add", ODD, "--from", "9", "--to", "10", "-p", "acme")
    app.ok("backup", str(folder / "idle" / "backup.db"))
    shutil.copytree(folder / "idle", folder / "running")
    App(folder / "running").at("2026-11-20 11:30:00").ok("start", "Running", "-p", "acme")
    return folder


@pytest.mark.parametrize("typed", [*IDLE, *RUNNING])
def test_what_is_suggested_can_be_run(prepared: Path, tmp_path: Path, typed: str) -> None:
    kind = "running" if typed in RUNNING else "idle"
    app = App(shutil.copytree(prepared / kind, tmp_path / "home")).at("2026-11-20 12:00:00")
    args = shlex.split(typed)
    result = app.run(*args)
    lines = suggestions(args, result, terminal=False)
    assert lines
    for line in lines:
        assert not problem_of(app, args, result, line, ""), line


def test_a_value_that_a_message_leaves_to_the_reader_is_filled_in(tmp_path: Path) -> None:
    """For each setting, and for the backup that restores a damaged file."""
    app = App(tmp_path / "home").at("2026-11-20 12:00:00")
    app.ok("add", "Call", "--for", "1h")
    for key in VALUES_OF_SETTINGS:
        args = ["config", "set", key, "%%%"]
        result = app.run(*args)
        for suggestion in suggestions(args, result, terminal=False):
            assert not problem_of(app, args, result, suggestion, ""), suggestion.line
    (app.home / "local.db").write_bytes(b"no database" * 500)
    result = app.run("log")
    lines = suggestions(["log"], result, terminal=False)
    assert [each.line for each in lines] == ["clockeye doctor --repair", "clockeye restore FILE"]
    for suggestion in lines:
        assert not problem_of(app, ["log"], result, suggestion, ""), suggestion.line


def test_there_is_a_value_of_each_setting() -> None:
    assert {*VALUES_OF_SETTINGS} == {*SETTINGS}


HARVEST = (
    "Date,Client,Project,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n"
    "2026-03-18,Nord,Relaunch,Dev,Plan,2.25,Yes,No,Kim,Lee\n"
    "2026-03-18,Nord,Relaunch,Dev,Draw,1.00,Yes,No,Ann,Roe\n"
)
TIMEWARRIOR = "inc 20250303T090000Z - 20250303T091500Z # it's\n"


@pytest.mark.parametrize(("file", "text"), [("a.csv", HARVEST), ("2025-03.data", TIMEWARRIOR)])
def test_an_option_that_an_import_suggests_can_be_typed_with_its_value(
    tmp_path: Path, file: str, text: str
) -> None:
    app = App(tmp_path / "home").at("2026-11-20 12:00:00")
    (tmp_path / file).write_text(text)
    refused = app.run("import", str(tmp_path / file))
    assert refused.code == 2
    option = re.search(r"--(?:user|project-from) .*", refused.err)
    assert option
    stored = app.ok("import", str(tmp_path / file), *shlex.split(option[0]), "--json").data
    assert stored["counts"]["new"] == 1


def test_a_project_without_a_rate_can_be_left_out_as_suggested(prepared: Path, tmp_path: Path) -> None:
    app = App(shutil.copytree(prepared / "idle", tmp_path / "home")).at("2026-11-20 12:00:00")
    app.ok("projects", "unarchive", "--", ODD)
    app.ok("add", "Odd", "--from", "10", "--to", "11:30", "-p", ODD)
    for name in ("web", "acme"):
        app.ok("projects", "edit", name, "--rate", "80 EUR")
    page = str(tmp_path / "page.html")
    refused = app.run("report", "--money", "--save", page)
    assert refused.code == 3
    option = re.search(r"`(--not-project .*)` leaves it out", refused.err)
    assert option
    app.ok("report", "--money", "--save", page, *shlex.split(option[1]))
