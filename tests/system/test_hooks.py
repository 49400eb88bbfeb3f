"""Hooks: what they are told, and that nothing they do breaks what has happened."""

from __future__ import annotations

import json
import os
import select
import signal
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from tests.system.real_parts import COMMAND, ROOT, begin, clockeye, end, environment, needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

EVENTS = ("start", "stop", "add", "edit", "delete", "sync")


def hook(home: Path, event: str, script: str) -> Path:
    """Make a hook of a script for the shell."""
    path = home / "hooks" / event
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def log(app: App) -> Path:
    """A file into which all hooks write what they are told, a document a line."""
    log = app.home / "log"
    for event in EVENTS:
        hook(app.home, event, f"tr -d '\\n' >> {log}; echo >> {log}")
    return log


def told(log: Path) -> list[dict[str, Any]]:
    """What hooks were told since the last time."""
    lines = log.read_text().splitlines() if log.exists() else []
    log.write_text("")
    return [json.loads(line) for line in lines]


def events(log: Path) -> list[tuple[str, list[str]]]:
    """The events since the last time, each with the descriptions of its entries."""
    return [
        (document["meta"]["event"], [row["description"] for row in document["data"]])
        for document in told(log)
    ]


# --- what they are told -------------------------------------------------------------------------------------


def test_a_hook_gets_what_the_command_gives_as_json(app: App, log: Path) -> None:
    app.ok("start", "Review", "-p", "web", "-q")
    (document,) = told(log)
    assert document == {
        "version": 1,
        "data": [app.ok("status", "--json").data],
        "meta": {"event": "start", "profile": "local"},
    }
    app.at("2026-11-20 12:30:00")
    stopped = app.ok("stop", "--json").data
    assert [row for document in told(log) for row in document["data"]] == [stopped]


def test_an_edit_says_what_was(app: App, log: Path) -> None:
    app.ok("add", "Mail", "--for", "1h")
    was = app.ok("log", "--json", "--columns", "id,description").data
    app.ok("edit", "last", "-d", "Post")
    (row,) = told(log)[1]["data"]
    assert (row["description"], row["was"]["description"]) == ("Post", "Mail")
    assert [{"id": row["was"]["id"], "description": "Mail"}] == was
    app.ok("edit", "last", "-d", "Post")
    assert told(log) == []  # nothing was changed


def test_every_command_tells_of_what_it_changed(app: App, log: Path) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:10:00").ok("start", "Two")
    assert events(log) == [("start", ["One"]), ("stop", ["One"]), ("start", ["Two"])]
    app.at("2026-11-20 12:20:00").ok("edit", "current", "-d", "Three")
    app.ok("cancel", "-y")
    assert events(log) == [("edit", ["Three"]), ("delete", ["Three"])]
    app.ok("resume")
    app.at("2026-11-20 12:40:00").ok("stop", "-d", "Four")
    assert events(log) == [("start", ["One"]), ("stop", ["Four"])]
    app.ok("undo", "-y")
    assert events(log) == [("delete", ["Four"]), ("start", ["One"])]
    app.ok("cancel", "-y")
    told(log)
    app.ok("add", "Five", "--from", "9", "--to", "10")
    app.ok("split", "last-1", "--at", "9:30")
    assert events(log) == [("add", ["Five"]), ("edit", ["Five"]), ("add", ["Five"])]
    app.ok("undo")
    app.ok("delete", "last", "last-1", "-y")
    assert events(log)[-1] == ("delete", ["One", "Five"])


def test_what_changes_no_entry_tells_nobody(app: App, log: Path) -> None:
    app.ok("projects", "add", "web")
    app.ok("start", "One")
    told(log)
    app.ok("start", "Two", "--if-idle")
    app.run("stop", "--at", "13:00")
    for command in ("status", "log", "prompt", "history", "doctor"):
        app.ok(command)
    assert told(log) == []


def test_a_hook_is_told_once_however_many_entries_there_are(app: App, log: Path) -> None:
    for number in range(9):
        app.ok("add", str(number), "--for", "1m", "--overlap", "-q")
    told(log)
    app.ok("edit", *(f"last-{number}" for number in range(1, 9)), "last", "--no-billable")
    ((event, rows),) = events(log)
    assert (event, len(rows)) == ("edit", 9)


def test_the_hook_of_the_document_shows_what_was_done(tmp_path: Path) -> None:
    needs("jq")
    document = (ROOT / "docs" / "hooks-and-folders.md").read_text(encoding="utf-8")
    script = document.partition("## Hooks\n")[2].partition("```sh\n#!/bin/sh\n")[2].partition("```")[0]
    hook(tmp_path, "stop", script)
    shown = tmp_path / "notify-send"
    shown.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" > {tmp_path}/shown\n")
    shown.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    assert clockeye(tmp_path, "start", "It's a", '"day"').code == 0
    assert clockeye(tmp_path, "stop", PATH=path).err == ""
    assert (tmp_path / "shown").read_text() == 'Stopped|It\'s a "day" (0 min)|'


# --- what they have around them -----------------------------------------------------------------------------


def test_what_a_hook_prints_goes_to_standard_error(app: App) -> None:
    hook(app.home, "start", "echo out; echo err >&2")
    result = app.ok("start", "One", "-p", "web")
    assert result.out == "Started web: One, at 12:00.\n"
    assert result.err.endswith("out\nerr\n")
    assert json.loads(app.ok("start", "Two", "--json").out)["data"]["description"] == "Two"
    assert app.ok("start", "Three", "-q").err == ""


def test_a_hook_gets_the_profile_and_no_key(app: App) -> None:
    hook(app.home, "start", 'env | grep "^CLOCKEYE_[AHP]" | sort')
    app.environ |= {
        "CLOCKEYE_API_KEY": "ck_secret",
        "CLOCKEYE_API_KEY_FILE": "/secret",
        "PATH": os.environ["PATH"],
    }
    result = app.ok("-P", "local", "start", "One")
    assert result.err.endswith(f"CLOCKEYE_HOME={app.home}\nCLOCKEYE_HOOK=start\nCLOCKEYE_PROFILE=local\n")
    assert "secret" not in result.err


def test_a_hook_that_calls_clockeye_finds_it_done_and_starts_no_other_hook(tmp_path: Path) -> None:
    mine = " ".join(COMMAND)
    hook(
        tmp_path,
        "stop",
        f"{mine} add From the hook --for 5m --overlap && {mine} log -o tsv --columns description",
    )
    hook(tmp_path, "add", f"{mine} add Again and again --for 5m --overlap")
    assert clockeye(tmp_path, "start", "Work").code == 0
    ended = clockeye(tmp_path, "stop")
    assert ended.code == 0
    assert ended.err.splitlines()[1:] == ["description", "From the hook", "Work"]


# --- what goes wrong ----------------------------------------------------------------------------------------


def test_without_a_hooks_folder_nothing_is_said(app: App) -> None:
    app.ok("start", "One")
    assert app.ok("stop").err == ""
    (app.home / "hooks").mkdir(mode=0o755)
    assert app.ok("start", "One").err == ""


def test_a_hook_that_fails_is_named_and_breaks_nothing(app: App) -> None:
    path = hook(app.home, "stop", "echo no network; exit 3")
    app.ok("start", "One")
    result = app.at("2026-11-20 12:10:00").ok("stop")
    assert result.out == "Stopped One, 12:00–12:10 (0:10:00).\n"
    assert result.err == (f"no network\nThe hook {path} exited with 3; your change is stored anyway.\n")
    assert len(app.entries()) == 1


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        ("#!/bin/sh\n", 0o644, "Permission denied"),
        ("#!/no/such/program\n", 0o755, "No such file or directory"),
        ("\x7fELF no program\n", 0o755, "Exec format error"),
    ],
)
def test_a_hook_that_cannot_be_run_is_named_and_breaks_nothing(
    app: App, content: str, mode: int, why: str
) -> None:
    app.ok("start", "One")
    path = hook(app.home, "stop", "")
    path.write_text(content)
    path.chmod(mode)
    assert app.ok("stop").err == (
        f"The hook {path} cannot be run: {why}."
        " It must be executable, and its first line must name an existing program.\n"
    )


def test_a_hook_that_hangs_is_ended_with_all_that_it_has_started(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    end_of_both = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    path = hook(tmp_path, "start", f"exec 9>{alive}; echo begun; sleep 600 & sleep 600")
    ended = clockeye(tmp_path, "start", "Work", CLOCKEYE_HOOKS_TIMEOUT="1s")
    assert ended.code == 0
    assert ended.err.splitlines()[1:] == [
        "begun",
        f"The hook {path} was stopped after 1 s; your change is stored anyway.",
    ]
    # The pipe ends once nobody has it open for writing any more.
    assert select.select([end_of_both], [], [], 30)[0]
    assert os.read(end_of_both, 1) == b""
    os.close(end_of_both)
    assert clockeye(tmp_path, "status").out.startswith("Work, since")


def test_what_a_hook_leaves_behind_is_not_waited_for(tmp_path: Path) -> None:
    hook(tmp_path, "start", f"sleep 600 & echo $! > {tmp_path}/left; echo done")
    ended = clockeye(tmp_path, "start", "Work")
    left = int((tmp_path / "left").read_text())
    os.kill(left, signal.SIGKILL)  # it was alive
    assert (ended.code, ended.err.splitlines()[1:]) == (0, ["done"])


def test_a_hook_that_reads_nothing_and_prints_without_end_is_cut_off(app: App) -> None:
    hook(app.home, "add", "head -c 1000000 /dev/zero | tr '\\0' x")
    result = app.ok("add", "x" * 1_000_000, "--for", "1h")
    assert result.err.endswith("x" * 65_536 + "\n")
    assert len(result.err) < 70_000


def test_ctrl_c_does_not_wait_for_a_hook_and_what_was_stored_is_stored(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    hook(tmp_path, "start", f"exec 9>{begun}; echo >&9; exec sleep 600")
    process = begin(tmp_path, "start", "Work")
    with begun.open() as fifo:
        fifo.readline()
        process.send_signal(signal.SIGINT)
        ended = end(process)
        assert ended.code == 130
        assert select.select([fifo], [], [], 30)[0]
        assert fifo.read() == ""  # it is not there any more to hold it open
    assert clockeye(tmp_path, "status").out.startswith("Work, since")


def test_ctrl_c_in_the_instant_of_launching_leaves_no_hook_running(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    nobody_holds_it = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    hook(tmp_path, "start", f"exec 9>{alive}; exec sleep 600")
    launching = "trace=fork,vfork,clone,clone3"
    injected = ["-e", launching, "-e", launching.replace("trace", "inject") + ":signal=SIGINT:when=1"]
    ended = clockeye(
        tmp_path, "start", "Work", before=[needs("strace"), "-qqq", "-o", "/dev/null", *injected]
    )
    assert ended.code == 130, ended
    assert os.read(nobody_holds_it, 1) == b""
    os.close(nobody_holds_it)
    assert clockeye(tmp_path, "status").out.startswith("Work, since")


def test_what_a_hook_prints_cannot_control_a_terminal(tmp_path: Path) -> None:
    hook(tmp_path, "start", "printf '\\033]0;evil\\007\\033[2J\\342\\200\\256ok\\n'")
    terminal = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "start", "Work"],
        env={**environment(tmp_path), "TERM": "xterm"},
        encoding="utf-8",
        timeout=30,
    )
    terminal.expect(pexpect.EOF)
    said = terminal.before or ""
    terminal.close()
    assert terminal.exitstatus == 0
    assert "\\x1b]0;evil\\x07\\x1b[2J\\u202eok" in said
    assert "\x1b" not in said


def test_a_hook_that_somebody_else_could_have_written_is_not_run(app: App) -> None:
    path = hook(app.home, "start", "echo hooked")
    app.ok("start", "One")
    for place in (path, path.parent, app.home):
        mode = place.stat().st_mode
        place.chmod(mode | 0o002)
        assert app.ok("start", "One").err == (
            f"The hook {path} was not run: other users can write to {place}."
            " Check its content, then make it yours alone (chown, chmod go-w).\n"
        )
        place.chmod(mode)
    assert app.ok("start", "One").err == "hooked\n"


def test_a_bad_time_limit_breaks_nothing(app: App) -> None:
    path = hook(app.home, "start", "echo hooked")
    app.environ["CLOCKEYE_HOOKS_TIMEOUT"] = "soon"
    assert (
        f"The hook {path} was not run: Invalid value 'soon' for hooks.timeout (" in app.ok("start", "x").err
    )
