"""Killing a command before each of its system calls that write, from the same state each time."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.app import App
from tests.system.under_strace import KILLED, LATE, SYSTEM_CALLS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.system.under_strace import Sabotage


class Scene(NamedTuple):
    """A command line and what was done before it."""

    args: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


RUNNING = (("start", "Old", "work", "-p", "web"),)
ENTRIES = (
    ("add", "One", "--from", "8", "--to", "9", "-p", "web"),
    ("add", "Two", "--from", "9", "--to", "10", "-p", "garden", "--key", "k"),
)

SCENES = {
    "first run": Scene(("start", "New", "work", "-p", "web")),
    "start": Scene(("start", "New", "work", "-p", "new project"), ENTRIES),
    "switch": Scene(("start", "New", "work", "-p", "web"), (*ENTRIES, *RUNNING)),
    "stop": Scene(("stop", "-d", "It was this", "-t", "tag"), (*ENTRIES, *RUNNING)),
    "cancel": Scene(("cancel", "-y"), (*ENTRIES, *RUNNING)),
    "add": Scene(("add", "Three", "--for", "30m", "--key", "again"), ENTRIES),
    "add of much": Scene(("add", "long " * 4_000, "--for", "30m"), ENTRIES),
    "edit": Scene(("edit", "last", "last-1", "-d", "Changed", "-p", "other"), ENTRIES),
    "split": Scene(("split", "last", "--at", "9:30", "--gap", "5m"), ENTRIES),
    "delete": Scene(("delete", "last", "last-1", "-y"), ENTRIES),
    "undo of a delete": Scene(("undo",), (*ENTRIES, ("delete", "last", "-y"))),
    "undo of a stop": Scene(("undo",), (*ENTRIES, *RUNNING, ("stop",))),
    "undo of a project": Scene(("undo",), ENTRIES),
    "rename": Scene(("projects", "rename", "web", "website"), ENTRIES),
}


def prepared(fast_path: Path, scene: Scene) -> tuple[Path, App]:
    """A home in which the scene's commands were run, and the app on it, a little later."""
    made = fast_path / "made"
    app = App(made).at("2026-11-20 12:00:00")
    for args in scene.before:
        app.ok(*args)
    return made, app.at("2026-11-20 12:30:00")


def copy(made: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    if made.exists():
        shutil.copytree(made, home)


def kills(
    killer: Sabotage,
    now: int,
    args: tuple[str, ...],
    fresh: Callable[[], None],
    home: Path,
    look: Callable[[bool], None],
    every: int = 1,
) -> int:
    """Kill a command before each of its calls in turn, and return how often it was killed.

    Writes of pages, which can be many, are only sampled: one in `every`.
    """
    killed = 0
    for call in SYSTEM_CALLS:
        for number in range(1, LATE, every if call == "pwrite64" else 1):
            fresh()
            ended = killer.run(home, args, now, call, number)
            look(bool(ended.out))
            if ended.code != KILLED:
                assert ended.code == 0, ended
                break
            killed += 1
        else:
            pytest.fail(f"{args} makes {call} more often than {LATE} times")
    return killed
