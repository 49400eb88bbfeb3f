"""What a person has to decide: entries that the account refuses, and what both sides have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.account.world import Home, site_in

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-20"


@pytest.fixture
def home(home: Home) -> Home:
    """With one entry that both sides know."""
    home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
    return home.later()


def test_a_refused_entry_is_kept_and_named_and_editing_sends_it(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("users")
        site.stop()
        site.start([{"method": "POST", "path": "/time-entries", "do": "refuse", "status": 400}])
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
        assert synced.err.startswith("clockeye: 1 change is still unsent:\n")
        assert "Bad" in synced.err
        assert home.later().run("sync", "-q") == (6, "", synced.err)

        home.later().ok("edit", row["id"], "-d", "Mended")
        assert home.ok("sync", "-q") == (0, "", "")
        assert [row[2] for row in home.there()] == ["Mended", "Good"]
        assert home.ok("sync", "--status", "--json").data == []


def test_a_refused_entry_that_is_dropped_or_deleted_is_nowhere(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("users")
        site.stop()
        site.start([{"method": "POST", "path": "/time-entries", "do": "refuse", "status": 422, "times": 2}])
        assert home.run("add", "1", "--from", "9", "--to", "10", "-p", "web").code == 6
        assert home.later().run("add", "2", "--from", "10", "--to", "11", "-p", "web").code == 6
        first, second = (row["id"] for row in home.ok("sync", "--status", "--json").data)
        home.ok("delete", second, "-y")
        dropped = home.ok("sync", "resolve", first, "--drop").out
        assert f"Resolved {first}.\n- {first}: web: 1, 09:00–10:00" in dropped
        home.later().ok("sync")
        assert home.there() == []
        assert home.ok("log", "--json").data == []
        home.ok("undo")  # now it is an entry like any other, and the account takes it
        assert [row[2] for row in home.there()] == ["1"]
        assert [row["description"] for row in home.ok("log", "--json").data] == ["1"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_refused_change_that_is_dropped_leaves_what_the_account_has(tmp_path: Path, method: str) -> None:
    words = ["edit", "last", "-d", "New"] if method == "PUT" else ["delete", "last", "-y"]
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("add", "Work", "--from", "9", "--to", "10", "-p", "web")
        site.stop()
        site.start([{"method": method, "do": "refuse", "status": 409}])
        assert home.later().run(*words).code == 6
        (row,) = home.ok("sync", "--status", "--json").data
        home.ok("sync", "resolve", row["id"], "--drop")
        home.later().ok("sync")
        assert [row["description"] for row in home.ok("log", "--json").data] == ["Work"]
        assert [row[2] for row in home.there()] == ["Work"]
        home.ok("undo")
        assert [row[2] for row in home.there()] == (["New"] if method == "PUT" else [])


def test_a_refused_project_that_is_dropped_goes_once_no_entry_is_in_it(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("users")
        site.stop()
        site.start([{"method": "POST", "path": "/projects", "do": "refuse", "status": 400}])
        assert home.run("projects", "add", "garden").code == 6
        later = home.later().ok("add", "Work", "--from", "9", "--to", "10", "-p", "garden")
        (row,) = [row for row in home.ok("sync", "--status", "--json").data if row["what"] == "project"]
        assert row["id"] in later.err
        refused = home.run("sync", "resolve", row["id"], "--drop")
        assert (refused.code, "--project" in refused.err) == (3, True)
        home.ok("edit", "last", "-p", "web")
        home.ok("sync", "resolve", row["id"], "--drop")
        assert [row["project"] for row in home.ok("projects", "--json").data] == ["web"]
        home.ok("sync")
        assert [row[2] for row in home.there()] == ["Work"]


def test_only_the_command_that_wrote_what_is_refused_ends_with_6(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("projects")
        site.stop()
        home.ok("add", "Early", "--from", "8", "--to", "9", "-p", "web")
        site.start([{"method": "POST", "path": "/time-entries", "do": "refuse", "status": 400}])
        later = home.later(61).ok("add", "Late", "--from", "9", "--to", "10", "-p", "web")
        (row,) = home.ok("sync", "--status", "--json").data
        assert (row["state"], "Early" in row["description"]) == ("rejected", True)
        # Every command names it, whether it writes or reads, until it is decided.
        named = f"1 change needs a decision ({row['id']}); `clockeye sync --status` explains.\n"
        for said in (later, home.ok("log"), home.ok("report", "--today"), home.ok("start", "x", "-p", "web")):
            assert said.err.endswith(named)
        assert named not in home.ok("sync", "--status").err
        home.ok("edit", row["id"], "-d", "Mended")
        assert home.ok("log").err == ""


def test_what_a_key_was_not_allowed_is_sent_after_the_next_login(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.key("ann"), env=False)
        login = ("auth", "login", "--with-key", "--insecure-storage")
        home.ok(*login, stdin=home.key.key)
        site.stop()
        site.start(
            [
                {"method": "POST", "path": "/time-entries", "do": "refuse", "status": 403},
                {"method": "POST", "path": "/time-entries", "do": "refuse", "status": 400},
            ]
        )
        assert home.run("add", "Forbidden", "--from", "8", "--to", "9", "-p", "web").code == 6
        assert home.run("add", "Wrong", "--from", "9", "--to", "10", "-p", "web").code == 6
        home.ok(*login, stdin=site.key("again", user="ann@clockeye.invalid").key)
        assert [row["state"] for row in home.ok("sync", "--status", "--json").data] == ["queued", "rejected"]
        assert home.later().run("sync").code == 6
        assert [row[2] for row in home.there()] == ["Forbidden"]


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


def test_mine_reverts_no_field_that_only_the_account_has_changed(home: Home) -> None:
    home.put(home.rows()[0]["id"], description="There", end_time=f"{DAY}T10:30:00+01:00")
    home.ok("edit", "last", "-d", "Here", "--from", "8:45")
    home.ok("sync", "resolve", "last", "--keep", "mine")
    home.later().ok("sync")
    assert home.there() == [(f"{DAY} 08:45", f"{DAY} 10:30", "Here")]
    rows = home.later().ok("log", "--json").data
    assert [(row["description"], row["duration"]) for row in rows] == [("Here", 105 * 60)]


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
