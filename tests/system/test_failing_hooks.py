"""Hooks that fail, hang or are interrupted: the change stays stored."""

from __future__ import annotations

import os
import select
import signal
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.system.real_parts import COMMAND, begin, clockeye, end, environment, hook, needs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


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
    hook(tmp_path, "start", f"sleep 600 & echo $! > {tmp_path}/pid; echo done")
    ended = clockeye(tmp_path, "start", "Work")
    pid = int((tmp_path / "pid").read_text())
    os.kill(pid, signal.SIGKILL)  # it was alive
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
        assert fifo.read() == ""  # the hook no longer holds it open
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
    output = terminal.before or ""
    terminal.close()
    assert terminal.exitstatus == 0
    assert "\\x1b]0;evil\\x07\\x1b[2J\\u202eok" in output
    assert "\x1b" not in output


def test_a_hook_that_somebody_else_could_have_written_is_not_run(app: App) -> None:
    path = hook(app.home, "start", "echo hooked")
    app.ok("start", "One")
    for place in (path, path.parent, app.home):
        mode = place.stat().st_mode
        place.chmod(mode | 0o002)
        assert app.ok("start", "One").err == (
            f"The hook {path} was not run: other users can write to {place}."
            " Check its content, then make sure that only you can change it (chown, chmod go-w).\n"
        )
        place.chmod(mode)
    assert app.ok("start", "One").err == "hooked\n"


def test_a_bad_time_limit_breaks_nothing(app: App) -> None:
    path = hook(app.home, "start", "echo hooked")
    app.environ["CLOCKEYE_HOOKS_TIMEOUT"] = "soon"
    assert (
        f"The hook {path} was not run: Invalid value 'soon' for hooks.timeout (" in app.ok("start", "x").err
    )
