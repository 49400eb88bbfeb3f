"""Keys that cannot list users: nothing is credited to anybody, or changed, before it is known whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from clockeye_cli.server.keys import PERMISSIONS
from tests.account.world import Home, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-11-20"
BLIND = [permission for permission in PERMISSIONS if permission != "users:read"]
"""What a key may do that cannot list users."""


class Team(NamedTuple):
    """Two computers: Ada's, whose key cannot list users, and her colleague Grace's, who has worked last."""

    site: Site
    ada: Home
    grace: Home

    def hers(self) -> list[dict[str, Any]]:
        """What the account has of Grace's, whole."""
        return self.grace.rows()


def team_in(folder: Path, role: str, *, permissions: list[str] | None = None) -> Team:
    """A team on a site of its own; Ada has made one entry elsewhere, Grace two later ones."""
    site = Site(folder / "site")
    user = site.user("Ada")
    key = site.key("Ada", user=user, role=role, permissions=permissions or BLIND)
    ada = site.home(folder / "ada", key, env=False)
    grace = site.home(folder / "grace", site.key("Grace", user=site.user("Grace")))
    ada.post("Sketch", f"{DAY} 07:00", f"{DAY} 08:00")
    grace.post("Compiler", f"{DAY} 08:00", f"{DAY} 10:00")
    grace.post("Linker", f"{DAY} 10:00", f"{DAY} 11:00")
    return Team(site, ada, grace)


@pytest.fixture(params=["member", "manager"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Team]:
    made = team_in(tmp_path, request.param)
    yield made
    made.site.stop()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Team]:
    made = team_in(tmp_path, "manager")
    yield made
    made.site.stop()


def login(home: Home) -> str:
    words = ("auth", "login", "--with-key", "--insecure-storage")
    return home.ok(*words, stdin=home.key.key + "\n").out


def described(home: Home, *words: str) -> list[str]:
    return [row["description"] for row in home.later().ok("log", *words, "--json").data]


def by_user(home: Home, *words: str) -> list[tuple[str | None, str, int]]:
    rows = home.later().ok("report", "--today", "--by", "user", *words, "--json").data
    return [(row["user_id"], row["user"], row["duration"]) for row in rows]


def test_from_login_to_a_report_by_user(team: Team) -> None:
    ada, me, her = team.ada, team.ada.key.user_id, team.grace.key.user_id
    with team.site.client(ada.key) as client:
        sees_team = client.get("/time-entries").json()["meta"]["total"] > 1
    assert "a user that is unknown until the first entry is sent" in login(ada)

    log = ada.ok("log", "--json")
    assert log.data == []
    count = "3 entries are" if sees_team else "1 entry is"
    assert log.err == (
        f"{count} left out, since your user on the account is unknown and they may not be yours."
        " `--user all` shows them. Your user becomes known when you add your first entry.\n"
    )
    report = ada.later().ok("report", "--today", "--json")
    assert (report.data, report.json["meta"]["duration"]) == ([], 0)
    assert report.err == log.err
    everybody = [(me, me, 3600), *([(her, her, 3 * 3600)] if sees_team else [])]
    assert sorted(by_user(ada, "--user", "all")) == sorted(everybody)
    assert by_user(ada, "--user", me) == [(me, me, 3600)]
    rows = ada.ok("log", "--user", "all", "--json").data
    assert {(row["user_id"], row["user"]) for row in rows} == {(user, user) for user, *_ in everybody}

    added = ada.later().ok("add", "Planning", "--from", "11", "--to", "11:30", "-p", "web")
    assert "overlap" not in added.err
    assert ada.ok("auth", "status", "--json").data["user"] == me
    assert described(ada) == ["Sketch", "Planning"]  # what was read of her before is hers now
    assert ada.ok("log", "--json").err == ""
    assert by_user(ada) == [(me, "you", 5400)]
    assert described(ada, "--user", me) == ["Sketch", "Planning"]
    assert ada.ok("edit", "last", "-d", "Plans", "--json").data[0]["description"] == "Plans"
    assert ada.later().ok("edit", "last-1", "-d", "Draft", "--json").data[0]["description"] == "Draft"
    assert [row[2] for row in ada.there()] == ["Draft", "Plans"]
    assert [row["description"] for row in team.hers()] == ["Compiler", "Linker"]


def test_what_is_read_while_the_user_is_unknown_is_left_alone_but_by_its_id(manager: Team) -> None:
    ada, before = manager.ada, manager.hers()
    login(ada)
    assert described(ada) == []
    for words in (
        ["edit", "last", "-d", "Mine"],
        ["edit", "last-1", "-p", "web"],
        ["delete", "last", "-y"],
        ["split", "last", "--at", "10:30"],
        ["resume", "last"],
        ["stop"],
    ):
        assert ada.later().run(*words).code == 3, words
    assert ada.run("complete", "--profile=", "entries").out == ""
    assert ada.run("complete", "--profile=", "descriptions").out == ""
    assert ada.ok("status").out == "No timer is running.\n"
    assert manager.hers() == before

    hers = before[-1]["id"]
    edited = ada.later().ok("edit", hers, "-d", "Link editor", "--json").data[0]
    assert (edited["id"], edited["description"]) == (hers, "Link editor")
    assert manager.hers()[-1] == before[-1] | {"description": "Link editor"}
    assert described(ada) == []  # that does not make it Ada's
    ada.ok("undo")
    assert manager.hers() == before


def test_what_was_done_before_the_user_was_known_can_be_undone_after_it(manager: Team) -> None:
    ada = manager.ada
    login(ada)
    described(ada, "--all")
    (own,) = ada.rows()
    ada.later().ok("edit", own["id"], "-d", "Drawing")
    ada.later().ok("add", "Planning", "--from", "11", "--to", "11:30", "-p", "web")
    ada.later().ok("undo")
    ada.later().ok("undo")
    assert [row[2] for row in ada.there()] == ["Sketch"]
    assert described(ada) == ["Sketch"]


def test_the_first_entry_binds_as_a_login_does(manager: Team) -> None:
    ada = manager.ada
    login(ada)
    ada.ok("start", "Planning", "-p", "web")
    ada.later(600).ok("stop")
    assert ada.ok("auth", "status", "--json").data["user"] == ada.key.user_id
    again = ada.run("auth", "login", "--with-key", "--insecure-storage", stdin=manager.grace.key.key + "\n")
    assert (again.code, ada.key.user_id in again.err) == (4, True)
    rotated = manager.site.key("rotated", user=ada.key.user_id, permissions=BLIND)
    words = ("auth", "login", "--with-key", "--insecure-storage")
    assert ada.key.user_id in ada.ok(*words, stdin=rotated.key + "\n").out
    assert described(ada) == ["Sketch", "Planning"]


def test_a_key_in_the_environment_that_cannot_list_users_can_be_rotated(
    manager: Team, tmp_path: Path
) -> None:
    cron = manager.site.home(tmp_path / "cron", manager.ada.key)
    cron.ok("add", "Nightly", "--from", "11", "--to", "11:30", "-p", "web")
    cron.environ["CLOCKEYE_API_KEY"] = manager.site.key("two", user=cron.key.user_id, permissions=BLIND).key
    refused = cron.later().run("sync")
    assert (refused.code, f"CLOCKEYE_USER={cron.key.user_id}" in refused.err) == (4, True)
    cron.environ["CLOCKEYE_USER"] = cron.key.user_id
    cron.later().ok("sync")
    assert described(cron) == ["Sketch", "Nightly"]


def test_users_go_by_their_ids_where_the_key_cannot_list_them(manager: Team) -> None:
    ada = manager.ada
    login(ada)
    unknown = ada.run("log", "--user", "grace@example.com", "--json")
    assert (unknown.code, "usr_" in unknown.err, '"user_not_found"' in unknown.err) == (2, True, True)
    assert described(ada, "--user", manager.grace.key.user_id) == ["Compiler", "Linker"]
    assert described(ada, "--user", manager.site.boss.user_id) == []
    assert described(ada) == []


def test_a_summary_is_nobodys_while_the_user_is_unknown(manager: Team) -> None:
    ada = manager.ada
    login(ada)
    ada.environ["CLOCKEYE_ZONE"] = "UTC"
    refused = ada.run("report", "--today", "--source", "summary")
    assert (refused.code, refused.out, "--user all" in refused.err) == (2, "", True)
    rows = ada.ok("report", "--today", "--source", "summary", "--user", "all", "--by", "user", "--json").data
    assert sum(row["duration"] for row in rows) == 4 * 3600


@pytest.mark.parametrize("is_bound", [True, False], ids=["bound", "unbound"])
@pytest.mark.parametrize("may_list", [True, False], ids=["may-list-users", "may-not"])
@pytest.mark.parametrize("role", ["member", "manager", "owner"])
def test_last_never_touches_an_entry_of_another_user(
    tmp_path: Path, role: str, may_list: bool, is_bound: bool
) -> None:
    permissions = [*BLIND, "users:read"] if may_list else BLIND
    with_team = team_in(tmp_path, role, permissions=permissions)
    ada, before = with_team.ada, with_team.hers()
    ada.environ |= {"CLOCKEYE_API_KEY": ada.key.key, "CLOCKEYE_USER": ada.key.user_id if may_list else ""}
    if is_bound:
        ada.ok("add", "Early", "--from", "5", "--to", "6", "-p", "web")
    described(ada, "--user", "all")
    described(ada)
    for back, words in enumerate((["-d", "Changed"], ["--from", "5:30"], ["-p", "web", "--no-billable"])):
        ada.later().run("edit", f"last-{back}", *words)
    ada.later().run("split", "last", "--at", "7:30")
    ada.later().run("delete", "last", "-y")
    ada.later().run("undo")
    ada.later().run("sync")
    assert with_team.hers() == before
    with_team.site.stop()
