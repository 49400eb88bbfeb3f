"""`clockeye imports`: the list of imports, and how one is taken back later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.app import App

SAMPLES = Path(__file__).parents[1] / "importers" / "samples"
TOGGL = str(SAMPLES / "toggl" / "toggl-detailed-bom-crlf.csv")
CLOCKIFY = str(SAMPLES / "clockify" / "total-row-semicolons.csv")


def test_imports_are_listed(app: App) -> None:
    assert app.ok("imports", terminal=True).out == "No imports yet; `clockeye import FILE` creates one.\n"
    app.ok("import", TOGGL)
    app.ok("import", CLOCKIFY)
    assert app.ok("imports", "--json").data == [
        {
            "run": 1,
            "at": "2026-11-20T11:00:00Z",
            "source": "toggl",
            "entries": 5,
            "files": ["toggl-detailed-bom-crlf.csv"],
        },
        {
            "run": 2,
            "at": "2026-11-20T11:00:00Z",
            "source": "clockify",
            "entries": 2,
            "files": ["total-row-semicolons.csv"],
        },
    ]


def test_one_is_taken_back_though_others_followed(app: App) -> None:
    app.ok("import", TOGGL)
    app.ok("import", CLOCKIFY)
    assert app.ok("imports", "undo", "1").out == "Removed 5 entries of import 1.\n"
    assert len(app.entries()) == 2
    assert [row["run"] for row in app.ok("imports", "--json").data] == [2]
    assert app.ok("import", TOGGL, "--json").data["counts"]["new"] == 5


def test_what_was_edited_stays_and_is_named(app: App) -> None:
    app.ok("import", TOGGL)
    edited = app.ok("edit", "last", "-d", "mine now", "--json").data[0]["local_id"]
    result = app.run("imports", "undo", "1", "--json")
    assert result.code == 6
    assert result.data == {"run": 1, "entries": 4, "kept": [edited]}
    assert [row[3] for row in app.entries()] == ["mine now"]


def test_what_is_in_the_closed_period_stays_and_is_named(app: App) -> None:
    app.ok("import", TOGGL)
    app.ok("config", "set", "closed_until", "2026-03-28")
    kept = {
        row["local_id"]
        for row in app.ok("export", "--from", "2026-01-01", "--to", "2026-03-28", "--json").data
    }
    result = app.run("imports", "undo", "1")
    assert result.code == 6
    first, last = result.out.splitlines()
    assert first == f"Removed {5 - len(kept)} entry of import 1."
    assert last.startswith("Edited or billed since, or in the closed period, so they stay: te_")
    assert set(last.partition(": ")[2].split()) == kept
    assert {row["local_id"] for row in app.ok("export", "--json").data} == kept
    app.ok("config", "unset", "closed_until")
    assert app.ok("imports", "undo", "1", "--json").data["kept"] == []
    assert app.entries() == []


def test_it_can_be_undone_itself(app: App) -> None:
    app.ok("import", TOGGL)
    before = app.ok("log", "--all", "--json").out
    app.ok("imports", "undo", "1")
    app.ok("undo")
    assert app.ok("log", "--all", "--json").out == before
    assert app.ok("import", TOGGL, "--json").data["counts"]["there"] == 5


@pytest.mark.parametrize(("number", "code"), [("7", 3), ("0", 2), ("x", 2), ("-1", 2)])
def test_an_unknown_number_is_refused(app: App, number: str, code: int) -> None:
    assert app.run("imports", "undo", "--", number).code == code
