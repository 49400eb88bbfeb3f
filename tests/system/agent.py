"""An agent that adds, edits and undoes through commands, in a process of its own or among a test's.

As a program it says that it is ready, waits for the end of standard input, works as whom CLOCKEYE_ACTOR
names, and prints what it leaves, as JSON. With AGENT_SECONDS it works for so long, each command a process.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from clockeye_cli.__main__ import run
from clockeye_cli.session import World

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]
    """Runs a command line; gives its exit code, and what it said on standard output and standard error."""

ROUNDS = 2
"""The fewest rounds of work."""

TRIES = 20


def data_of(run: Run, *args: str) -> Any:
    """The `data` of a command's JSON. While others lock the store, it is run again, as the hint says."""
    for _ in range(TRIES):
        code, out, err = run(*args, "--json")
        if '"code": "storage_busy"' not in err:
            break
    assert code == 0, (args, err)
    return json.loads(out)["data"]


def work(name: str, seconds: float, run: Run) -> dict[str, int]:
    """Add, edit and undo. Returns the durations of what is to be left, by id.

    Args:
        name: A project for the work.
        seconds: For how long.
        run: Runs the commands.
    """

    def clockeye(*args: str) -> Any:
        return data_of(run, *args)

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


def in_this_process(*args: str) -> tuple[int, str, str]:
    stdin, stdout, stderr = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(3)]
    code = run([*args], World(os.environ, stdin, stdout, stderr, lambda: int(time.time())))
    stdout.seek(0)
    stderr.seek(0)
    return code, stdout.read(), stderr.read()


def as_a_process(*args: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "clockeye_cli", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


if __name__ == "__main__":
    seconds = float(os.environ["AGENT_SECONDS"])
    in_this_process("status")  # so that everything is loaded
    print("ready", flush=True)
    sys.stdin.read()
    how = as_a_process if seconds else in_this_process
    print(json.dumps(work(os.environ["CLOCKEYE_ACTOR"], seconds, how)))
