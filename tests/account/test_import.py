"""Imports on an account: projects need a yes, rows need a project, and everything is sent once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.account.world import Home

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
WATSON = str(SAMPLES / "watson" / "watson-frames.json")
TOGGL = str(SAMPLES / "toggl" / "toggl-detailed-bom-crlf.csv")


def code(home: Home, *args: str) -> str:
    result = home.run("import", *args, "--json")
    assert result.code == 2, result
    error: str = json.loads(result.err.splitlines()[0])["error"]["code"]
    return error


def test_new_projects_need_a_yes(home: Home) -> None:
    assert code(home, WATSON) == "projects_to_make"
    assert home.rows() == []
    out = home.ok("import", WATSON, "-y").out
    assert "Stored 5 entries (import 1)." in out
    assert "Stored here; sending it takes about 1 min at the account's rate limit.\n" in out
    home.later().ok("sync")
    assert len(home.rows()) == 5
    home.ok("import", WATSON, "-y")
    home.later().ok("sync")
    assert len(home.rows()) == 5


def test_rows_without_a_project_need_one(home: Home) -> None:
    assert code(home, TOGGL, "-y") == "projects_to_make"
    home.ok("projects", "add", "misc")
    home.ok("config", "set", "project", "misc")
    home.ok("import", TOGGL, "-y")
    home.later().ok("sync")
    assert len(home.rows()) == 5
