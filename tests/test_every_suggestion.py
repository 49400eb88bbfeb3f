"""What the tests of the everyday commands are shown in backticks is run (see `tests/suggested.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = Path(__file__).with_name("commands")
FILES = [
    ["start", "stop", "resume", "forgotten", "snapping", "add", "edit", "undo", "redo", "overlaps", "bulk"],
    ["projects", "clients", "invoices", "unbilled", "closed", "terms", "config", "report", "log", "import"],
]


@pytest.mark.parametrize("names", FILES, ids=lambda names: names[0])
def test_what_the_tests_of_commands_suggest_can_be_run(names: list[str]) -> None:
    """In one process, so that the same suggestions are tried each time."""
    files = [str(COMMANDS / f"test_{name}.py") for name in names]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *files],
        env={**os.environ, "TRY_SUGGESTIONS": "1"},
        cwd=COMMANDS.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
