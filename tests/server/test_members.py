"""Members of the team: roles, removing somebody, everything about somebody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.server.demo import prepare_demo
from clockeye_cli.server.keys import list_keys
from clockeye_cli.server.members import add_user, list_users, remove_user, set_role
from clockeye_cli.server.personal import export
from tests.server.served import NOON

if TYPE_CHECKING:
    from tests.server.served import Api, Team


def totals(team: Team) -> dict[str, int]:
    """Seconds of each user, as the summary adds them up."""
    answer = team.owner.get("/reports/summary", params={"group_by": "user"})
    return {row["user_id"]: row["duration"] for row in answer.json()["data"]}


def test_a_role_holds_from_the_next_request_on(team: Team) -> None:
    team.add("bob")
    assert team.ann.get("/time-entries").json()["meta"]["total"] == 0
    assert set_role(team.api.database, "ANN@clockeye.invalid", "manager").role == "manager"
    assert team.ann.get("/time-entries").json()["meta"]["total"] == 1


def test_the_only_owner_keeps_the_role_and_stays(team: Team) -> None:
    owner = team.user("owner")
    with pytest.raises(ClashError, match="is the only owner"):
        set_role(team.api.database, owner, "admin")
    with pytest.raises(ClashError, match="is the only owner"):
        remove_user(team.api.database, owner, delete_entries=True)
    set_role(team.api.database, team.user("boss"), "owner")
    assert set_role(team.api.database, owner, "admin").role == "admin"


def test_a_user_with_entries_is_removed_only_with_a_decision_about_them(team: Team) -> None:
    team.add("ann")
    for decision in ({}, {"heir": team.user("bob"), "delete_entries": True}, {"heir": team.user("ann")}):
        with pytest.raises(UsageError):
            remove_user(team.api.database, team.user("ann"), **decision)
    with pytest.raises(ClashError, match="Unknown user 'nobody'"):
        remove_user(team.api.database, team.user("ann"), heir="nobody")
    assert totals(team) == {team.user("ann"): 12_600}
    assert team.ann.get("/time-entries").status_code == 200


def test_entries_are_transferred_and_keys_refused_at_once(team: Team) -> None:
    entry = team.add("ann")
    project = team.ann.post("/projects", json={"name": "Of Ann"}).json()["data"]["id"]
    removed = remove_user(team.api.database, team.user("ann"), heir=team.user("bob"))
    assert (removed.entries, removed.heir and removed.heir.name) == (1, "bob")
    assert team.ann.get("/time-entries").status_code == 401
    assert team.bob.get(f"/time-entries/{entry['id']}").json()["data"]["user_id"] == team.user("bob")
    assert totals(team) == {team.user("bob"): 12_600}
    created_by = {row["id"]: row["created_by"] for row in team.owner.get("/projects").json()["data"]}
    assert created_by[project] == team.user("bob")
    assert "ann" not in [key.name for key in list_keys(team.api.database)]
    team.api.app.close()  # saves the requests of a key that is gone: without a word


def test_a_running_entry_is_ended_when_it_is_transferred(team: Team) -> None:
    running = [team.add(name, end_time=None)["id"] for name in ("ann", "bob")]
    remove_user(team.api.database, team.user("ann"), heir=team.user("bob"))
    ends = [team.bob.get(f"/time-entries/{entry}").json()["data"]["end_time"] for entry in running]
    assert [end is None for end in ends] == [False, True]


def test_entries_are_deleted_with_their_user_and_projects_stay(team: Team) -> None:
    entry = team.add("ann")
    project = team.ann.post("/projects", json={"name": "Of Ann"}).json()["data"]["id"]
    team.add("bob", project_id=project)
    assert remove_user(team.api.database, team.user("ann"), delete_entries=True).entries == 1
    assert team.owner.get(f"/time-entries/{entry['id']}").status_code == 404
    assert totals(team) == {team.user("bob"): 12_600}
    assert [user.name for user in list_users(team.api.database)] == ["bob", "boss", "owner"]


def test_a_user_without_entries_needs_no_decision(team: Team) -> None:
    ada = add_user(team.api.database, "Ada", "ada@example.com")
    assert remove_user(team.api.database, "ada@example.com").member == ada


def test_everything_about_one_person(team: Team) -> None:
    mine, _ = team.add("ann"), team.add("bob")
    document = export(team.api.database, team.user("ann"))
    assert document["user"]["email"] == "ann@clockeye.invalid"
    assert document["time_entries"] == [mine]
    assert [project["id"] for project in document["projects"]] == [team.project]
    assert [key["name"] for key in document["keys"]] == ["ann"]
    assert team.keys["ann"].key.removeprefix(f"{team.keys['ann'].id}_") not in json.dumps(document)


def test_screenshots_are_exported_and_go_with_their_entries(api: Api) -> None:
    prepare_demo(api.database, now=int(NOON))
    document = export(api.database, "luis@example.com")
    assert {shot["time_entry_id"] for shot in document["screenshots"]} <= {
        entry["id"] for entry in document["time_entries"]
    }
    assert document["screenshots"][0]["picture"].startswith("iVBORw0KGgo")  # the signature of a PNG file
    remove_user(api.database, "luis@example.com", heir="mei@example.com")
    assert len(export(api.database, "mei@example.com")["screenshots"]) > len(document["screenshots"])
