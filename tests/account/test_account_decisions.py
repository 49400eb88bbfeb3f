"""What a person has to decide: entries that the account refuses, and what both sides have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from account_world import Home, Site, site_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site_in(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Home:
    """With one entry that both sides know."""
    made = site.home(tmp_path / "home", site.key(tmp_path.name))
    made.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
    made.later()
    return made


def test_a_refused_entry_is_kept_and_named_and_editing_sends_it(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("users")
        site.stop()
        site.start([{"method": "POST", "path": "/time-entries", "do": "status", "status": 400}])
        refused = home.run("add", "Bad", "--from", "9", "--to", "10", "-p", "web")
        assert refused.code == 6
        row = home.ok("sync", "--status", "--json").data[0]
        assert row["state"] == "rejected"
        assert row["id"] in refused.err
        assert [row["description"] for row in home.ok("log", "--json").data] == ["Bad"]

        other = home.later().ok("add", "Good", "--from", "10", "--to", "11", "-p", "web")
        assert "sync --status" in other.err
        assert [row[2] for row in home.there()] == ["Good"]
        synced = home.run("sync")
        assert synced.code == 6
        assert row["id"] in synced.err
        assert synced.err.startswith("clockeye: 1 change is left:\n")
        assert "Bad" in synced.err
        assert home.later().run("sync", "-q") == (6, "", synced.err)

        home.later().ok("edit", row["id"], "-d", "Mended")
        assert home.ok("sync", "-q") == (0, "", "")
        assert [row[2] for row in home.there()] == ["Mended", "Good"]
        assert home.ok("sync", "--status", "--json").data == []


def test_a_refused_entry_may_be_dropped_or_deleted(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("users")
        site.stop()
        site.start([{"method": "POST", "path": "/time-entries", "do": "status", "status": 422, "times": 2}])
        assert home.run("add", "1", "--from", "9", "--to", "10", "-p", "web").code == 6
        assert home.later().run("add", "2", "--from", "10", "--to", "11", "-p", "web").code == 6
        first, second = (row["id"] for row in home.ok("sync", "--status", "--json").data)
        home.ok("delete", second, "-y")
        home.ok("sync", "resolve", first, "--drop")
        home.later().ok("sync")
        assert home.there() == []
        assert [row["description"] for row in home.ok("log", "--json").data] == ["1"]


def test_different_fields_merge(home: Home) -> None:
    home.put(home.rows()[0]["id"], description="There")
    home.ok("edit", "last", "--to", "10:30")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 10:30", "There")]
    assert [row["description"] for row in home.later().ok("log", "--json").data] == ["There"]


def test_the_same_change_on_both_sides_is_no_conflict(home: Home) -> None:
    home.put(home.rows()[0]["id"], description="Same")
    home.ok("edit", "last", "-d", "Same")
    home.ok("sync")
    assert home.ok("sync", "--status", "--json").data == []


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_both_changed_the_same_field(home: Home, keep: str) -> None:
    home.put(home.rows()[0]["id"], description="There")
    made = home.ok("edit", "last", "-d", "Here")
    assert "sync --status" in made.err
    row = home.ok("sync", "--status", "--json").data[0]
    assert row["state"] == "conflict"
    assert "Here" in row["description"]
    assert "There" in row["theirs"]
    assert home.run("sync").code == 6
    # Until it is decided, ours counts, once, and theirs stays there.
    assert [row["description"] for row in home.later().ok("log", "--json").data] == ["Here"]
    assert [row[2] for row in home.there()] == ["There"]

    assert home.run("sync", "resolve", row["id"], "--send").code == 3
    assert home.run("sync", "resolve", row["id"]).code == 2
    home.ok("sync", "resolve", row["id"], "--keep", keep)
    home.later().ok("sync")
    whole = [(f"{DAY} 09:00", f"{DAY} 10:00", {"mine": "Here", "theirs": "There"}[keep])]
    assert home.there() == whole
    assert [row["description"] for row in home.later().ok("log", "--json").data] == [whole[0][2]]
    assert home.run("sync", "resolve", row["id"], "--keep", keep).code == 3


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_changed_here_and_deleted_there(home: Home, keep: str) -> None:
    home.remove(home.rows()[0]["id"])
    home.ok("edit", "last", "-d", "Here")
    row = home.ok("sync", "--status", "--json").data[0]
    assert (row["state"], row["theirs"]) == ("conflict", None)
    home.ok("sync", "resolve", "last", "--keep", keep)
    home.later().ok("sync")
    assert [row[2] for row in home.there()] == (["Here"] if keep == "mine" else [])
    assert len(home.later().ok("log", "--json").data) == (keep == "mine")
    home.ok("sync")


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_deleted_here_and_changed_there(home: Home, keep: str) -> None:
    home.put(home.rows()[0]["id"], description="There")
    home.ok("delete", "last", "-y")
    row = home.ok("sync", "--status", "--json").data[0]
    assert row["state"] == "conflict"
    assert "There" in row["theirs"]
    home.later().ok("sync", "resolve", row["id"], "--keep", keep)
    home.later().ok("sync")
    assert [row[2] for row in home.there()] == ([] if keep == "mine" else ["There"])
    assert len(home.later().ok("log", "--json").data) == (keep == "theirs")


def test_deleted_on_both_sides(home: Home) -> None:
    home.remove(home.rows()[0]["id"])
    home.ok("delete", "last", "-y")
    home.ok("sync")
    assert home.ok("sync", "--status", "--json").data == []
