"""What stands for a word in capitals in a suggested command: a file, a project, the value of a setting.

What a test makes is of the right kind for the command, so that the command can be run and not only parsed.
"""

from __future__ import annotations

import shutil
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.app import App

VALUES_OF_SETTINGS = {
    "billable": "false",
    "chart": "false",
    "closed_until": "2020-01-31",
    "day_start": "04:00",
    "gaps.min": "10m",
    "history.keep": "5000",
    "holidays": "2026-12-25 Christmas",
    "hooks.timeout": "5s",
    "max_timer": "10h",
    "precision": "minute",
    "profile": "local",
    "project": "web",
    "rate": "80 EUR",
    "rounding": "15m",
    "sender": "Kim Lee",
    "sync.background": "false",
    "sync.fresh": "1m",
    "sync.settle": "10s",
    "sync.timer": "false",
    "target": "mon-fri 8h",
    "week_start": "sunday",
    "work_days": "mon-fri",
    "work_hours": "9:00-17:00",
    "zone": "Europe/Berlin",
}
"""A valid value of each setting."""

WATSON = '[[1600000000, 1600003600, "web", "0000000000000000000000000000000a", [], 1600003600]]'


def with_values(app: App, words: list[str], folder: Path) -> list[str]:
    """A suggested command with its placeholders filled in, as far as there is something for them.

    Args:
        app: The computer that it will run on.
        words: The words after `clockeye`.
        folder: Where files may be made.
    """
    filled = list(words)
    for place, (before, word) in enumerate(pairwise(["", *words])):
        if word == "VALUE":
            filled[place] = VALUES_OF_SETTINGS.get(before, word)
        elif word == "OTHER":
            filled[place] = _other_project(app, words)
        elif word == "FILE":
            filled[place] = _file(words, before, folder)
    return filled


def _other_project(app: App, words: list[str]) -> str:
    """A project that is neither named nor the one of the entries."""
    app.run("projects", "add", "another")
    return "another" if "another" not in words else "OTHER"


def _file(words: list[str], before: str, folder: Path) -> str:
    if before == "--save":
        return str(folder / "page.html")
    if words[0] == "restore":
        return str(shutil.copy(_backup(), folder))
    if words in (["import", "FILE"], ["import", "FILE", "--as", "watson"]):
        (folder / "frames").write_text(WATSON)
        return str(folder / "frames")
    return "FILE"


@cache
def _backup() -> Path:
    """A backup of a computer with one entry; made once."""
    from tests.app import App  # late: it runs what this module fills in

    folder = Path(mkdtemp(prefix="backup-"))
    app = App(folder / "home")
    app.is_trial = True
    app.ok("add", "Before", "--for", "1h")
    app.ok("backup", str(folder / "backup.db"))
    return folder / "backup.db"
