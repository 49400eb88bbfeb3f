"""An agent that adds, edits and undoes through commands, in a process of its own or among a test's.

As a program it works for AGENT_SECONDS as whom CLOCKEYE_ACTOR names, and prints what it leaves, as JSON.
"""

from __future__ import annotations

import io
import json
import os
import time
from typing import TYPE_CHECKING, Any

from clockeye_cli.__main__ import run
from clockeye_cli.session import World

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 2
"""The fewest rounds of work."""


def work(name: str, seconds: float, clockeye: Callable[..., Any]) -> dict[str, int]:
    """Add, edit and undo. Returns the durations of what is to be left, by id.

    Args:
        name: A project for the work.
        seconds: For how long.
        clockeye: Runs a command line, and returns the `data` of its JSON.
    """
    kept: dict[str, int] = {}
    until = time.monotonic() + seconds
    while len(kept) < ROUNDS or time.monotonic() < until:
        number = len(kept) + 1
        entry = clockeye("add", f"Keep {number}", "--for", f"{number + 10}m", "--overlap", "-p", name)
        (edited,) = clockeye("edit", "it", "--for", f"{number}m", "--overlap")
        assert (edited["id"], edited["duration"]) == (entry["id"], number * 60)
        (edited,) = clockeye("undo")
        assert (edited["id"], edited["duration"]) == (entry["id"], (number + 10) * 60)
        clockeye("edit", "it", "-d", f"Kept {number}")
        second = clockeye("add", "Take back", "--for", "7m", "--overlap", "-p", name)
        (undone,) = clockeye("undo")
        assert undone["id"] == second["id"]
        kept[entry["id"]] = (number + 10) * 60
    return kept


def clockeye(*args: str) -> Any:
    """Run a command line in this process. Returns the `data` of its JSON."""
    stdin, stdout, stderr = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(3)]
    code = run([*args, "--json"], World(os.environ, stdin, stdout, stderr, lambda: int(time.time())))
    stdout.seek(0)
    stderr.seek(0)
    assert code == 0, (args, stderr.read())
    return json.load(stdout)["data"]


if __name__ == "__main__":
    print(json.dumps(work(os.environ["CLOCKEYE_ACTOR"], float(os.environ["AGENT_SECONDS"]), clockeye)))
