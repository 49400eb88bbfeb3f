"""The progress bar: when it is shown, and that it leaves nothing behind."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.output.cells import Section, Table
from clockeye_cli.output.terminal.progress import SHOWN_AFTER, progress
from tests.output.captured import Captured, Screen
from tests.output.sample_tables import ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clockeye_cli.output.cells import Row

GONE = "\x1b[?25h\r\x1b[1A\x1b[2K"
"""The cursor is back, and the line is empty."""


class Clock:
    """A clock that a test moves forward."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_is_done_at_once_shows_no_bar() -> None:
    stream, clock = Captured(terminal=True), Clock()
    with progress("Sending", stream, color=True, clock=clock) as each:
        for done in range(10):
            each(done, 10)
            clock.now += SHOWN_AFTER / 11
    assert stream.text == ""


@pytest.mark.parametrize(("encoding", "whole"), [("utf-8", 12), ("ascii", 12), ("utf-8", None)])
def test_what_takes_longer_does_and_it_goes_away(encoding: str, whole: int | None) -> None:
    stream, clock = Captured(terminal=True, encoding=encoding), Clock()
    with progress("Sending [red]", stream, color=False, clock=clock) as each:
        each(0, whole)
        clock.now = SHOWN_AFTER
        each(3, whole)
    assert re.search(rf"Sending \[red\].*\b3/{'12' if whole else '.'}", stream.text)
    assert stream.text.endswith(GONE)
    assert "\x1b[3" not in stream.text  # no colour


def test_the_bar_goes_away_when_it_ends_badly() -> None:
    stream, clock = Captured(terminal=True), Clock()

    def interrupted() -> None:
        with progress("Sending", stream, color=False, clock=clock) as each:
            clock.now = SHOWN_AFTER
            each(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stream.text.endswith(GONE)


@pytest.mark.parametrize(
    "screen",
    [
        Screen(terminal=False),
        Screen(terminal=True, quiet=True),
        Screen(terminal=True, environ={"TERM": "dumb"}),
    ],
    ids=["pipe", "quiet", "dumb"],
)
def test_a_pipe_quiet_and_a_dumb_terminal_see_nothing(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clockeye_cli.output.terminal.progress.SHOWN_AFTER", 0)
    with screen.out.progress("Sending") as each:
        each(1, 2)
    assert screen.noticed == ""


def test_a_terminal_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clockeye_cli.output.terminal.progress.SHOWN_AFTER", 0)
    screen = Screen(terminal=True)
    with screen.out.progress("Sending") as each:
        each(1, 2)
    assert "Sending" in screen.noticed
    assert screen.printed == ""


def test_a_bar_that_is_not_shown_does_not_load_rich() -> None:
    script = (
        "import sys; from clockeye_cli.output.terminal.progress import progress\n"
        "with progress('x', sys.stderr, color=False) as each: each(1, 2)\n"
        "print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_page_that_takes_long_to_draw_shows_that_something_is_done(tmp_path: Path) -> None:
    screen = Screen(terminal=True, save=str(tmp_path / "list.html"))

    def rows() -> Iterator[Row]:
        deadline = time.monotonic() + 30
        while "Drawing" not in screen.noticed and time.monotonic() < deadline:
            pass
        yield ("te_1", 0, "x", 60, "te_a")

    screen.out.table(Table(ENTRY, [Section("", rows())]))
    before, _, after = screen.noticed.partition(GONE)
    assert "Drawing" in before
    assert after == f"Saved to {tmp_path}/list.html.\n"
