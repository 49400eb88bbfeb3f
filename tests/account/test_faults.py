"""A service that fails in the middle of a POST, a PUT, a DELETE: what was done is there once, in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.account.world import Home, Site, site_in

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-20"

FAULTS: dict[str, dict[str, Any]] = {
    "cut before": {"do": "drop_before"},
    "cut after": {"do": "drop_after"},
    "500": {"do": "status", "status": 500},
    "502": {"do": "status", "status": 502},
    "504 twice": {"do": "status", "status": 504, "times": 2},
    "half an answer": {"do": "truncate"},
    "half an answer twice": {"do": "truncate", "times": 2},
    "limit": {"do": "limit", "headers": {"Retry-After": "1"}},
    "limit in rubbish": {"do": "limit", "headers": {"Retry-After": "soon", "X-RateLimit-Reset": "-1"}},
    "late": {"do": "late", "seconds": 6.5},
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> dict[str, Any]:
    return FAULTS[request.param]


@pytest.fixture
def home(fault: dict[str, Any], own_site: Site, tmp_path: Path) -> Home:
    """A computer on an account that fails one POST, known to it already."""
    home = own_site.home(tmp_path / "home", own_site.boss)
    home.ok("users")
    own_site.stop()
    own_site.start([{"method": "POST", "path": "/time-entries", **fault}])
    return home


def settle(home: Home) -> None:
    """Some syncs later."""
    for _ in range(6):
        home.later().run("sync")
    home.later().ok("sync")
    assert home.ok("sync", "--status", "--json").data == []


def test_an_entry_is_there_once(home: Home) -> None:
    home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
    home.later().run("add", "More", "--from", "10", "--to", "11", "-p", "web")
    settle(home)
    assert home.there() == [
        (f"{DAY} 09:00", f"{DAY} 10:00", "Work"),
        (f"{DAY} 10:00", f"{DAY} 11:00", "More"),
    ]
    assert [row["description"] for row in home.ok("log", "--json").data] == ["Work", "More"]


@pytest.mark.parametrize("fault", [FAULTS[name] for name in FAULTS if name != "late"])
def test_edited_meanwhile(home: Home) -> None:
    home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
    home.ok("edit", "last", "-d", "Edited", "--to", "10:30")
    settle(home)
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 10:30", "Edited")]


@pytest.mark.parametrize("fault", [FAULTS[name] for name in FAULTS if name != "late"])
def test_deleted_meanwhile(home: Home) -> None:
    home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
    home.ok("delete", "last", "-y")
    settle(home)
    assert home.there() == []
    assert home.ok("log", "--json").data == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "status", "truncate", "limit"])
def test_a_change_arrives(tmp_path: Path, method: str, kind: str) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
        site.stop()
        site.start([{"method": method, "path": "/time-entries/*", "do": kind}])
        words = ["edit", "last", "-d", "Edited"] if method == "PUT" else ["delete", "last", "-y"]
        assert home.later().run(*words).code == 0
        settle(home)
        assert [row[2] for row in home.there()] == (["Edited"] if method == "PUT" else [])
