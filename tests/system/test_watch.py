"""The live view in a real terminal: its content, its keys, and the restored terminal however it ends."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import termios
import time
from typing import TYPE_CHECKING, Any, Self

import pytest

from tests.system.real_parts import COMMAND, clockeye, environment, needs

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60.0
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?7h\x1b[?25h\x1b[?1049l"
ADD = ("add", "Review", "-p", "web", "--from", "2026-01-01 09:00", "--for", "1h")


class Terminal:
    """`clockeye watch` on a terminal of its own."""

    def __init__(self, home: Path, **more: str) -> None:
        self._ours, theirs = pty.openpty()
        self.attributes: list[Any] = termios.tcgetattr(self._ours)
        self.seen = b""
        self.process = subprocess.Popen(
            [*COMMAND, "watch"],
            env=environment(home, TERM="xterm", **more),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def until(self, text: bytes) -> bytes:
        """All that was written up to here, once `text` is in it; the rest is kept for later."""
        end = time.monotonic() + PATIENCE
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self._ours], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._ours, 65536)
                except OSError:  # nobody holds the other side any more
                    pytest.fail(f"it ended: {self.seen!r}")
        before, _, self.seen = self.seen.partition(text)
        return before + text

    def press(self, key: str) -> None:
        os.write(self._ours, key.encode())

    def is_as_before(self) -> bool:
        """Whether keys are lines again and are echoed, as on a terminal that nobody has touched."""
        return bool(termios.tcgetattr(self._ours) == self.attributes)


def entries(home: Path) -> list[str]:
    return clockeye(home, "log", "--all", "--columns", "description").out.split()[1:]


def test_its_keys_switch_stop_and_resume(tmp_path: Path) -> None:
    clockeye(tmp_path, *ADD)
    clockeye(tmp_path, "start", "Mail", "-p", "web", "--at", "5m ago")
    with Terminal(tmp_path, CLOCKEYE_TARGET="8h") as terminal:
        shown = terminal.until(b"quit")
        assert b"web: Mail, since" in shown
        assert b"8:00:00" in shown
        terminal.press("1")
        terminal.until(b"Started web: Review")
        assert clockeye(tmp_path, "status").out.startswith("web: Review")
        terminal.press("s")
        terminal.until(b"Stopped web: Review")
        assert clockeye(tmp_path, "status").out == "No timer is running.\n"
        terminal.press("r")
        terminal.until(b"Started web: Review")
        terminal.press("\x1b[A")  # an arrow is no key of ours
        terminal.press("s")
        terminal.until(b"Stopped web: Review")
        terminal.press("q")
        terminal.until(LEFT)
        assert terminal.process.wait(PATIENCE) == 0
        assert terminal.is_as_before()
    assert entries(tmp_path) == ["Review", "Mail", "Review", "Review"]


def test_what_another_command_does_is_seen(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.until(b"No timer is running.")
        clockeye(tmp_path, "start", "Elsewhere")
        terminal.until(b"Elsewhere, since")


def test_a_key_runs_the_hooks_at_once_and_what_they_say_is_shown(tmp_path: Path) -> None:
    clockeye(tmp_path, "start", "Mail", "-p", "web")
    hook = tmp_path / "hooks/stop"
    hook.parent.mkdir(mode=0o755)
    hook.write_text(f"#!/bin/sh\ncat >> {tmp_path}/told\necho hooked\n")
    hook.chmod(0o755)
    with Terminal(tmp_path) as terminal:
        terminal.until(b"quit")
        terminal.press("s")
        shown = terminal.until(b"hooked")
        assert b"Stopped web: Mail" in shown
        terminal.press("q")
        terminal.until(LEFT)
        assert terminal.process.wait(PATIENCE) == 0
    assert (tmp_path / "told").read_text().count('"event": "stop"') == 1


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    clockeye(tmp_path, "start", "x\x1b]0;owned\x07\x1b[2Jy")
    with Terminal(tmp_path) as terminal:
        shown = terminal.until(b"quit")
        assert b"\x1b]0" not in shown
        assert b"\x1b[2J" not in shown


@pytest.mark.parametrize("height", [5, 9, 17])
def test_on_a_page_that_is_too_small_the_keys_stay_and_lines_are_cut(tmp_path: Path, height: int) -> None:
    """In tmux, as that knows what is on the page."""
    long = "A description that is too long for a line"
    for number in range(4):
        day = f"2026-01-0{number + 1} 09:00"
        clockeye(tmp_path, "add", f"{number} {long}", "-p", "web", "--from", day, "--for", "1h")
    clockeye(tmp_path, "start", long, "-p", "web")
    tmux = [needs("tmux"), "-f", "/dev/null", "-S", str(tmp_path / "tmux")]
    env = environment(tmp_path, TERM="xterm", CLOCKEYE_TARGET="8h")

    def do(*args: str) -> str:
        return subprocess.run([*tmux, *args], env=env, check=True, capture_output=True, text=True).stdout

    do("new-session", "-d", "-x", "40", "-y", str(height), "-s", "0", *COMMAND, "watch")
    try:
        do("set", "-g", "status", "off")
        do("resize-window", "-x", "40", "-y", str(height))
        end = time.monotonic() + PATIENCE
        while "q  quit" not in (page := do("capture-pane", "-p")):
            assert time.monotonic() < end, page
            time.sleep(0.1)
        lines = page.splitlines()
        assert lines[0].endswith("  web: A description that is too…")
        assert lines[1].startswith("Today, of 8:00:00 0:00:0")
        assert lines[2] == ""
        keys = [
            *(f"{place}  web: {4 - place} A description that is too lon…" for place in range(1, 5)),
            *("s  stop", "q  quit"),
        ]
        shown = [line for line in lines[3:] if line][-len(keys) :]
        assert shown == keys[-(height - 3) :]
    finally:
        do("kill-server")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_and_the_terminal_is_as_before(tmp_path: Path, number: signal.Signals) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.until(b"quit")
        assert not terminal.is_as_before()
        terminal.process.send_signal(number)
        terminal.until(LEFT)
        assert b"Traceback" not in terminal.until(b"Interrupted.")
        assert terminal.process.wait(PATIENCE) == 130
        assert terminal.is_as_before()


def test_a_stop_gives_the_terminal_back_and_takes_it_again(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.until(b"quit")
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until(LEFT)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(ENTERED)
        terminal.until(b"quit")


def test_an_error_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    clockeye(tmp_path, *ADD)
    with Terminal(tmp_path) as terminal:
        terminal.until(b"quit")
        (store,) = tmp_path.rglob("local.db")
        store.write_bytes(b"rubbish" * 1000)
        terminal.until(LEFT)
        terminal.until(b"local.db")
        assert terminal.process.wait(PATIENCE) == 7
        assert terminal.is_as_before()


def test_without_a_terminal_it_says_what_to_use_instead(tmp_path: Path) -> None:
    ended = clockeye(tmp_path, "watch")
    assert (ended.code, ended.out) == (2, "")
    assert "clockeye status" in ended.err
