"""Every command that writes, on an account: the server holds exactly what was done, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"


def add(home: Home, start: str, end: str, *words: str) -> str:
    """An entry of the app's. Returns its id here."""
    result = home.ok("add", *words, "--from", start, "--to", end, "-p", "web", "--json")
    return str(result.data["local_id"])


def boss(site: Site, tmp_path: Path) -> Home:
    """A computer of the owner, who sees everyone and says who they are."""
    made = site.home(tmp_path / "home", site.boss)
    made.environ["CLOCKEYE_USER"] = site.boss.user_id
    return made


@pytest.mark.both_storages
def test_a_day(home: Home, site: Site) -> None:
    home.at(f"{DAY} 09:00:00").ok("start", "Plan", "-p", "web")
    assert home.there() == [(f"{DAY} 09:00", "running", "Plan")]
    home.at(f"{DAY} 09:30:00").ok("start", "Build", "-p", "web", "-t", "bug", "--no-billable")
    home.at(f"{DAY} 11:00:00").ok("stop")
    home.at(f"{DAY} 12:00:00").ok("resume")
    home.at(f"{DAY} 12:15:00").ok("cancel", "-y")
    add(home, "11:15", "11:45", "Call")
    assert home.there() == [
        (f"{DAY} 09:00", f"{DAY} 09:30", "Plan"),
        (f"{DAY} 09:30", f"{DAY} 11:00", "Build #bug"),
        (f"{DAY} 11:15", f"{DAY} 11:45", "Call"),
    ]
    assert [row["billable"] for row in home.rows()] == [True, False, True]
    assert {row["project_id"] for row in home.rows()} == {site.project}


def test_a_folder_says_which_project(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".clockeye.toml"
    file.write_text('project = "web"\n')
    file.chmod(0o644)
    monkeypatch.chdir(tmp_path)
    result = home.ok("add", "Plan", "--for", "1h", terminal=True)
    assert result.err == f"From {file}: project web.\n"
    assert [row["description"] for row in home.rows()] == ["Plan"]


@pytest.mark.both_storages
def test_edit_split_delete_undo(home: Home) -> None:
    add(home, "9:00", "11:00", "Work")
    before = home.rows()[0]["id"]
    home.later().ok("edit", "last", "-d", "Better", "--to", "10:30", "--no-billable")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 10:30", "Better")]
    assert home.rows()[0]["id"] == before
    assert home.rows()[0]["billable"] is False
    home.later().ok("undo")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 11:00", "Work")]
    home.later().ok("split", "last", "--at", "10:00")
    halves = [(f"{DAY} 09:00", f"{DAY} 10:00", "Work"), (f"{DAY} 10:00", f"{DAY} 11:00", "Work")]
    assert home.there() == halves
    home.later().ok("delete", "last", "-y")
    assert home.there() == halves[:1]
    home.later().ok("undo", "-y")
    assert home.there() == halves
    home.later().ok("undo", "-y")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 11:00", "Work")]
    home.later().ok("undo", "-y")
    assert home.there() == []
    home.ok("sync")
    assert home.run("sync", "--status", "--json").data == []


def test_two_equal_entries_are_two(home: Home) -> None:
    add(home, "9:00", "10:00", "Same")
    home.later().ok("add", "Same", "--from", "9:00", "--to", "10:00", "-p", "web", "--overlap")
    home.ok("sync")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 10:00", "Same")] * 2


def test_a_key_makes_add_safe_to_repeat(home: Home) -> None:
    for _ in range(3):
        home.later().ok("add", "Once", "--from", "9:00", "--to", "10:00", "-p", "web", "--key", "k1")
    assert len(home.rows()) == 1


def test_an_entry_needs_a_project_that_is_there(home: Home, site: Site) -> None:
    with site.client(site.boss) as client:
        before = client.get("/projects").json()["meta"]["total"]
    for words in (["add", "x", "--for", "1h"], ["start", "x"]):
        result = home.run(*words)
        assert result.code == 2
        assert "An entry on an account needs a project" in result.err
        assert "-p NAME" in result.err
        unknown = home.run(*words, "-p", "nowhere at all")
        assert unknown.code == 3
        assert "projects add" in unknown.err
    home.ok("config", "set", "project", "web")
    home.ok("add", "By the setting", "--for", "1h")
    assert [row[2] for row in home.there()] == ["By the setting"]
    with site.client(site.boss) as client:
        assert client.get("/projects").json()["meta"]["total"] == before


def test_a_project_that_another_client_made_is_known(home: Home, site: Site) -> None:
    home.ok("add", "First", "--from", "7", "--to", "8", "-p", "web")
    with site.client(site.boss) as client:
        made = client.post("/projects", json={"name": "Brand new"}).json()["data"]["id"]
    home.later().ok("add", "Second", "--from", "8", "--to", "9", "-p", "brand new")
    home.later().ok("edit", "last", "-p", made)
    assert [row["project_id"] for row in home.rows()] == [site.project, made]


@pytest.mark.both_storages
def test_projects_add(site: Site, tmp_path: Path) -> None:
    home = boss(site, tmp_path)
    home.ok("projects", "add", "shop")
    home.later().ok("add", "Till", "--from", "7", "--to", "8", "-p", "shop")
    home.later().ok("sync")
    with site.client(site.boss) as client:
        found = [row for row in client.get("/projects").json()["data"] if row["name"] == "shop"]
    assert len(found) == 1
    assert [row["project_id"] for row in home.rows()] == [found[0]["id"]]


def test_a_project_that_is_there_is_not_made_twice(site: Site, tmp_path: Path) -> None:
    home = boss(site, tmp_path)
    with site.client(site.boss) as client:
        client.post("/projects", json={"name": "twin"})
        home.ok("projects", "add", "twin")
        home.later().ok("sync")
        assert [row["name"] for row in client.get("/projects").json()["data"]].count("twin") == 1


@pytest.mark.both_storages
def test_every_id_is_understood_for_ever(home: Home) -> None:
    local_id = add(home, "9:00", "10:00", "Work")
    account_id = home.rows()[0]["id"]
    home.later().ok("edit", account_id, "-d", "By the account's id")
    home.later().ok("edit", local_id, "-d", "By the id here")
    assert [row[2] for row in home.there()] == ["By the id here"]
    home.later().ok("delete", account_id, "-y")
    home.later().ok("undo", "-y")
    again = home.rows()[0]["id"]
    assert again != account_id
    for number, entry_id in enumerate((account_id, again, local_id)):
        home.later().ok("edit", entry_id, "-d", f"Again {number}")
        assert [row[2] for row in home.there()] == [f"Again {number}"]


@pytest.mark.both_storages
def test_text_comes_through_exactly(home: Home) -> None:
    said = "Zoë's “ü” 🦄 <b>&amp;</b> \\n '; DROP"
    home.ok("add", "--for", "1h", "-p", "web", "--", said)
    assert [row["description"] for row in home.rows()] == [said]
    home.ok("sync")
    assert [row["description"] for row in home.ok("log", "--json").data] == [said]


def test_what_is_done_before_it_is_said_who_you_are_is_kept(site: Site, tmp_path: Path) -> None:
    site.user("Somebody")
    home = site.home(tmp_path / "home", site.boss)
    made = home.ok("projects", "add", "whose")
    assert "Which one are you?" in made.err
    assert "Stored here; 1 change" in made.err
    assert home.run("sync").code == 2
    home.environ["CLOCKEYE_USER"] = site.boss.user_id
    home.later().ok("sync")
    with site.client(site.boss) as client:
        assert [row["name"] for row in client.get("/projects").json()["data"]].count("whose") == 1


def test_renaming_a_tag_says_how_many_requests_that_takes(home: Home) -> None:
    for hour in (8, 9):
        add(home, f"{hour}:00", f"{hour}:30", "Fix", "+bug")
    question = "Rename #bug to #defect in 2 entries? That takes 4 requests to the account."
    assert home.run("tags", "rename", "bug", "defect").err == (
        f"clockeye: {question} Cannot ask: not running interactively.\n  Answer with -y.\n"
    )
    assert [row["description"] for row in home.rows()] == ["Fix #bug", "Fix #bug"]
    home.later().ok("tags", "rename", "bug", "defect", "-y")
    assert [row["description"] for row in home.rows()] == ["Fix #defect", "Fix #defect"]


def test_an_entry_on_an_account_keeps_a_project(home: Home) -> None:
    home.ok("add", "One", "-p", "web", "--from", "9", "--to", "10")
    for command in (["edit", "last"], ["add", "x", "--for", "1h"], ["start", "x"]):
        result = home.run(*command, "-p", "none")
        assert (result.code, result.err) == (
            2,
            "clockeye: An entry on an account needs a project: ClockEye's API accepts none without one.\n"
            "  Name another project with -p PROJECT.\n",
        )
    assert home.ok("log", "-p", "none", "--json").data == []
    assert len(home.ok("log", "--not-project", "none", "--json").data) == 1


def test_what_makes_room_is_changed_on_the_account_and_back_again(home: Home) -> None:
    add(home, "9:00", "11:00", "Work")
    home.later().ok("add", "Call", "--from", "9:30", "--to", "10:00", "-p", "web", "--adjust")
    assert sorted(home.there()) == [
        (f"{DAY} 09:00", f"{DAY} 09:30", "Work"),
        (f"{DAY} 09:30", f"{DAY} 10:00", "Call"),
        (f"{DAY} 10:00", f"{DAY} 11:00", "Work"),
    ]
    home.later().ok("undo", "-y")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 11:00", "Work")]


def test_overlaps_that_came_from_the_account_are_found(site: Site, tmp_path: Path) -> None:
    home = boss(site, tmp_path)
    for start, end in (("09:00", "10:00"), ("09:45", "11:00")):
        with site.client(site.boss) as client:
            body = {
                "description": "From the web",
                "project_id": site.project,
                "start_time": f"{DAY}T{start}:00Z",
                "end_time": f"{DAY}T{end}:00Z",
            }
            assert client.post("/time-entries", json=body).status_code == 201
    result = home.run("check", "--overlaps", "--period", DAY)
    assert (result.code, result.out.count("overlap for 0:15:00")) == (1, 1)
    assert home.ok("report", "--period", DAY, "--json").json["meta"]["counted_twice"] == 900
