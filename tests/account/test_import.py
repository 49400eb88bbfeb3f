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
    assert "Stored here; sending it takes a few seconds.\n" in out
    home.later().ok("sync")
    assert len(home.rows()) == 5
    home.ok("import", WATSON, "-y")
    home.later().ok("sync")
    assert len(home.rows()) == 5


def test_a_long_import_says_how_long_sending_takes(home: Home, tmp_path: Path) -> None:
    """The first 100 requests need no wait, and each further 100 need a minute."""
    frames = tmp_path / "frames"
    for count, minutes in ((98, 0), (99, 1), (250, 2)):
        starts = [1_600_000_000 + 1_000 * count + 600 * number for number in range(count)]
        rows = [[start, start + 300, f"p{count}", f"{start:032}", [], start + 300] for start in starts]
        frames.write_text(json.dumps(rows))
        out = home.ok("import", str(frames), "-y").out
        time = f"about {minutes} min at the account's rate limit" if minutes else "a few seconds"
        assert f"Stored here; sending it takes {time}.\n" in out


def test_rows_without_a_project_need_one(home: Home) -> None:
    assert code(home, TOGGL, "-y") == "projects_to_make"
    home.ok("projects", "add", "misc")
    home.ok("config", "set", "project", "misc")
    home.ok("import", TOGGL, "-y")
    home.later().ok("sync")
    assert len(home.rows()) == 5
