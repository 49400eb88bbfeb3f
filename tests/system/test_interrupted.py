"""Ctrl-C, readers that exit, closed streams, bare environments: an exit code and no traceback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pexpect
import pytest

from tests.many_entries import make
from tests.system.real_parts import (
    COMMAND,
    begin,
    clockeye,
    end,
    environment,
    needs,
    shell,
    small_disk,
    state_of,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    assert clockeye(folder, "start", "Work", "-p", "web").code == 0
    return folder


def question_of_cancel(home: Path) -> pexpect.spawn[str]:
    """A terminal in which `clockeye cancel` waits for an answer."""
    terminal = pexpect.spawn(
        COMMAND[0],
        [*COMMAND[1:], "cancel"],
        env={**environment(home), "TERM": "dumb"},
        encoding="utf-8",
        timeout=30,
    )
    terminal.expect(r"\[y/N\]")
    return terminal


def test_ctrl_c_at_a_question_is_130_and_changes_nothing(home: Path) -> None:
    before = state_of(home / "local.db")
    terminal = question_of_cancel(home)
    terminal.sendintr()
    terminal.expect(pexpect.EOF)
    output = terminal.before
    terminal.close()
    assert terminal.exitstatus == 130
    assert "Traceback" not in (output or "")
    assert "Interrupted" in (output or "")
    assert state_of(home / "local.db") == before


def has_open(process: int, name: str) -> bool:
    folder = f"/proc/{process}/fd"
    for number in os.listdir(folder):
        with suppress(FileNotFoundError):  # closed while we look
            if os.path.basename(os.readlink(f"{folder}/{number}")) == name:
                return True
    return False


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x04"])
def test_no_and_the_end_of_the_input_change_nothing(answer: str, home: Path) -> None:
    before = state_of(home / "local.db")
    terminal = question_of_cancel(home)
    terminal.send(answer)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert state_of(home / "local.db") == before


def test_ctrl_c_while_it_waits_for_another_command_is_130_and_changes_nothing(home: Path) -> None:
    before = state_of(home / "local.db")
    holder = sqlite3.connect(home / "local.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        process = begin(home, "stop")
        deadline = time.monotonic() + 30
        while not has_open(process.pid, "local.db"):  # then it waits
            assert time.monotonic() < deadline
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    ended = end(process)
    assert ended.code == 130, ended
    assert ended.out == ""
    assert state_of(home / "local.db") == before


def test_ctrl_c_at_any_call_that_writes_is_130_or_too_late(tmp_path: Path, home: Path) -> None:
    # strace sends SIGINT instead of SIGKILL; what is acknowledged is there, nothing is there by half.
    import shutil

    before = state_of(home / "local.db")
    codes = set[int]()
    for number in (1, 5, 20, 30, 40):
        copy = tmp_path / f"copy {number}"
        shutil.copytree(home, copy)
        injected = ["-e", f"inject=pwrite64:signal=SIGINT:when={number}"]
        ended = clockeye(
            copy,
            "stop",
            before=[needs("strace"), "-f", "-qqq", "-o", "/dev/null", "-e", "trace=pwrite64", *injected],
        )
        codes.add(ended.code)
        assert ended.code in (0, 130), ended
        state = state_of(copy / "local.db")
        if ended.out:
            assert state != before
        if ended.code == 130:
            assert "Interrupted" in ended.err
    assert 130 in codes


def test_ctrl_c_while_modules_are_loaded_says_no_traceback(home: Path) -> None:
    # From the moment on when a module of ours is loaded, up to the end. What comes before is Python's own.
    strace = [needs("strace"), "-f", "-qqq", "-e", "trace=openat"]
    log = home.parent / "calls"
    assert clockeye(home, "log", "--all", before=[*strace, "-o", str(log)]).code == 0
    lines = [line for line in log.read_text().splitlines() if "openat(" in line]
    # (It is opened twice where what Python has compiled of it is missing or old.)
    first = max(n for n, line in enumerate(lines, 1) if "/clockeye_cli/" in line and "/errors." in line)
    codes = set[int]()
    for number in range(first + 1, len(lines), max(1, (len(lines) - first) // 12)):
        inject = ["-o", "/dev/null", "-e", f"inject=openat:signal=SIGINT:when={number}"]
        ended = clockeye(home, "log", "--all", before=[*strace, *inject], PYTHONWARNINGS="ignore")
        codes.add(ended.code)
        assert ended.code in (130, 0), (number, ended)
    assert 130 in codes


def test_a_reader_that_leaves_is_no_error(home: Path) -> None:
    script = "for n in 1 2 3; do $clockeye add Entry $n --for 1m --overlap; done"
    assert shell(home, script).code == 0
    long = "x" * 120_000
    assert clockeye(home, "add", long, "--for", "1m", "--overlap").code == 0
    for command in (
        "log --all",
        "log --all --json",
        "report --all -o csv",
        "history",
        "--help",
        "log --help",
    ):
        ended = shell(home, f"set -o pipefail; $clockeye {command} | head -c 1 >/dev/null")
        assert ended.code == 0, (command, ended)
        assert "clockeye:" not in ended.err


def test_a_command_whose_reader_has_gone_has_still_happened(home: Path) -> None:
    assert shell(home, "$clockeye stop | true").code == 0
    assert clockeye(home, "status").out == "No timer is running.\n"


@pytest.mark.parametrize(
    "command", ["status", "log --all", "log --all --json", "--help", "stop", "--version"]
)
def test_a_full_output_is_reported_without_a_traceback(command: str, home: Path) -> None:
    ended = shell(home, f"$clockeye {command} >/dev/full")
    assert ended.code not in (0, 3), ended
    assert ended.err.count("Cannot write to standard output: No space left on device.") == 1
    assert "clockeye" not in ended.err.replace("clockeye: Cannot write", "")
    assert shell(home, f"$clockeye {command} >/dev/full 2>/dev/full").code != 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(closed: str, home: Path) -> None:
    commands = ("stop", "start Again", "add x --for 1m --overlap")
    shell(home, "; ".join(f"$clockeye {command} {closed}" for command in commands))
    assert shell(home, f"$clockeye log --all {closed}").code in (0, 7)
    ended = clockeye(home, "history", "--json")
    assert ended.out.count('"command"') == 4
    assert clockeye(home, "doctor").code == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1", "C.UTF-8"])
def test_any_locale(locale: str, home: Path) -> None:
    ended = clockeye(
        home, "start", "Grüße an 世界 🎉", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert ended.code in (0, 2), ended
    for args in (("status",), ("log", "--all"), ("log", "--all", "--json"), ("report",), ("--help",)):
        shown = clockeye(home, *args, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert shown.code == 0, shown


def test_no_home_and_no_environment(tmp_path: Path) -> None:
    ours = environment(tmp_path)
    bare = [needs("env"), "-i", f"PYTHONPATH={ours['PYTHONPATH']}", "PYTHONDONTWRITEBYTECODE=1"]

    def run(*words: str) -> int:
        process = subprocess.run([*bare, *words], capture_output=True, text=True, timeout=60, check=False)
        assert "Traceback" not in process.stderr
        assert "Internal error" not in process.stderr
        return process.returncode

    # Where HOME is not set, the user's own home is asked for; so only what never writes is run without one.
    for more in ([], ["HOME="], ["HOME=relative"], ["HOME=/dev/null"]):
        for args in ("--version", "prompt", "config path", "status"):
            assert run(*more, *COMMAND, *args.split()) in (0, 7), (more, args)
    assert run(f"HOME={tmp_path}", *COMMAND, "start", "x") == 0
    assert (tmp_path / ".local/share/clockeye/local.db").exists()


def test_arguments_that_are_no_utf_8_are_refused_and_nothing_is_stored(home: Path) -> None:
    before = state_of(home / "local.db")
    for args in (
        (b"start", b"caf\xe9"),
        (b"add", b"x", b"--for", b"1m", b"-p", b"caf\xe9"),
        (b"edit", b"current", b"-d", b"\xff"),
        (b"log", b"--search", b"\xff"),
        (b"status", b"--format", b"\xff"),
        (b"-P", b"\xff", b"status"),
        (b"\xff",),
        (b"config", b"set", b"project", b"\xff"),
    ):
        ended = clockeye(home, *args)
        assert ended.code == 2, (args, ended)
        assert "UTF-8" in ended.err
    assert state_of(home / "local.db") == before


def test_a_home_whose_name_is_no_utf_8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    for args in (
        ["start", "Work"],
        ["status"],
        ["log"],
        ["doctor"],
        ["config", "set", "week_start", "sunday"],
    ):
        process = subprocess.run(
            [*COMMAND, *args],
            env={**{k.encode(): v.encode() for k, v in environment("").items()}, b"CLOCKEYE_HOME": folder},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert process.returncode == 0, process
    assert sorted(os.listdir(folder)) == [b"config.toml", b"config.toml.lock", b"local.db"]


def test_the_process_that_runs_these_tests_is_the_one_that_is_tested() -> None:
    assert COMMAND[0] == sys.executable


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home with 3,000 entries, and what `log --all --json` prints there."""
    home = tmp_path_factory.mktemp("long") / "home"
    home.mkdir()
    make(str(home / "local.db"), 3_000, 1_795_000_000)
    whole = clockeye(home, "log", "--all", "--json").out
    assert len(whole) > 500_000
    return home, whole


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_limit_in_the_middle_of_the_output_is_7_and_never_half_a_success(
    unbuffered: str, long_list: tuple[Path, str], tmp_path: Path
) -> None:
    home, _ = long_list
    environ = {"PYTHONUNBUFFERED": unbuffered} if unbuffered else {}
    for output in ("log --all --json", "log --all -o csv", "report --all --by day -o tsv"):
        limited = shell(home, f"ulimit -f 8; $clockeye {output} > {tmp_path}/short", **environ)
        assert (limited.code, limited.out) == (7, ""), (output, limited)
        assert limited.err.count("File too large") == 1
    with small_disk(tmp_path / "disk", 64) as disk:
        full = shell(home, f"$clockeye log --all --json > {disk}/short", **environ)
        assert (full.code, "No space left" in full.err) == (7, True), full


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_of_a_pipe_that_does_not_block_gets_everything(
    unbuffered: str, long_list: tuple[Path, str]
) -> None:
    home, whole = long_list
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    env = environment(home, **({"PYTHONUNBUFFERED": unbuffered} if unbuffered else {}))
    process = subprocess.Popen([*COMMAND, "log", "--all", "--json"], env=env, stdout=writer)
    os.close(writer)
    with open(reader, "rb", buffering=0) as pipe:
        got = b""
        while part := pipe.read(4_096):
            got += part
    assert process.wait(30) == 0
    # After the rows, `meta` says when.
    assert got.decode().partition('"meta"')[0] == whole.partition('"meta"')[0]
