"""Imports under load: many at once, and on a disk that becomes full."""

from __future__ import annotations

import json
from pathlib import Path

from tests.system.real_parts import begin, clockeye, end, small_disk

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
TOGGL = str(SAMPLES / "toggl" / "toggl-detailed-bom-crlf.csv")
HEADER = "Email,Project,Description,Start date,Start time,End date,End time,Duration"


def test_16_imports_at_once_are_one(tmp_path: Path) -> None:
    command = ("import", TOGGL, "--zone", "Europe/Berlin")
    ended = [end(process) for process in [begin(tmp_path, *command) for _ in range(16)]]
    assert [each for each in ended if each.code] == []
    assert sum("Stored 5 entries" in each.out for each in ended) == 1
    assert len(json.loads(clockeye(tmp_path, "log", "--all", "--json").out)["data"]) == 5
    assert len(json.loads(clockeye(tmp_path, "imports", "--json").out)["data"]) == 1


def test_an_import_that_fills_the_disk_has_not_happened(tmp_path: Path) -> None:
    file = tmp_path / "toggl.csv"
    rows = [
        f"kim@example.org,oak,{'long ' * 20}{number},2020-01-{1 + number % 28:02},09:00:00,"
        f"2020-01-{1 + number % 28:02},09:{number % 60:02}:00,00:{number % 60:02}:00"
        for number in range(3000)
    ]
    file.write_text("\n".join([HEADER, *rows]))
    with small_disk(tmp_path / "disk", 1024) as home:
        assert clockeye(home, "add", "Before", "--for", "1m").code == 0
        full = clockeye(home, "import", str(file))
        assert (full.code, full.out) == (7, ""), full
        assert "full" in full.err
        rows_here = json.loads(clockeye(home, "log", "--all", "--json").out)["data"]
        assert [row["description"] for row in rows_here] == ["Before"]
        assert clockeye(home, "import", TOGGL, "--zone", "Europe/Berlin").code == 0
