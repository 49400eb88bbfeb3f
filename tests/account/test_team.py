"""A manager looks at everybody's entries, what runs elsewhere is seen, and ClockEye may add up itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests import tcp_server
from tests.account.world import Home, Site, site_in
from tests.app import App

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = "2026-11-20"


class Team(NamedTuple):
    """The manager's computer, and two others: Grace has worked, Alan has not."""

    site: Site
    boss: Home
    grace: Home
    alan: Home


@pytest.fixture
def team(tmp_path: Path, new_data: Callable[[], str]) -> Iterator[Team]:
    with site_in(tmp_path / "site", data=new_data()) as site:
        boss = site.home(tmp_path / "boss", site.boss)
        boss.environ["CLOCKEYE_USER"] = site.boss.user_id
        grace, alan = (
            site.home(tmp_path / name, site.key(name, user=site.user(name))) for name in ("Grace", "Alan")
        )
        boss.post("Planning", f"{DAY} 08:00", f"{DAY} 09:00")
        grace.post("Compiler", f"{DAY} 09:00", f"{DAY} 11:00")
        yield Team(site, boss, grace, alan)


def described(home: Home, *words: str) -> list[str]:
    return [row["description"] for row in home.ok("log", *words, "--json").data]


def test_log_is_about_oneself_unless_a_user_is_named(team: Team) -> None:
    assert described(team.boss) == ["Planning"]
    assert described(team.boss.later(), "--user", "all") == ["Planning", "Compiler"]
    assert described(team.boss.later(), "--user", "grace@example.com") == ["Compiler"]
    assert described(team.boss.later(), "--user", "gra") == ["Compiler"]
    assert described(team.boss.later(), "--user", team.grace.key.user_id) == ["Compiler"]
    assert described(team.boss.later()) == ["Planning"]
    row = team.boss.ok("log", "--user", "gra", "--json").data[0]
    assert (row["user_id"], row["user"]) == (team.grace.key.user_id, "grace@example.com")


def test_a_spreadsheet_by_user_has_a_sheet_for_each_person(team: Team, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    team.grace.post("Compiler", f"{DAY} 23:30", "2026-11-21 00:30")
    file = tmp_path / "team.xlsx"
    everybody = ("report", "--user", "all", "--by", "project,user")
    team.boss.at("2026-11-22 12:00:00").ok(*everybody, "--save", str(file))
    book = openpyxl.load_workbook(file, data_only=True)
    people = book.sheetnames[4:]
    assert book.sheetnames[:4] == ["Totals", "By project", "Timesheet", "Entries"]
    assert (people[0], people[2:]) == ("grace@example.com", ["alan@example.com"])  # and the manager
    rows = {name: [*book[name].iter_rows(values_only=True)] for name in people}
    hours = [timedelta(hours=2), timedelta(minutes=30), timedelta(minutes=30)]
    assert [(row[4], row[2]) for row in rows["grace@example.com"][1:-1]] == [
        ("Compiler", each) for each in hours
    ]
    assert [rows[name][-1][2] for name in people[:2]] == [timedelta(hours=3), timedelta(hours=1)]
    assert [row[0] for row in rows["alan@example.com"]] == ["Start (Europe/Berlin)", "No entries."]
    assert book["Entries"].max_column == 6  # with the user


def test_a_table_of_everybody_says_whose_an_entry_is(team: Team) -> None:
    shown = team.boss.ok("log", "--user", "all", terminal=True).out
    assert "grace@example.com" in shown
    assert "grace@example.com" not in team.boss.ok("log", terminal=True).out
    assert "user" in team.boss.ok("log", "--user", "all").out.splitlines()[0].split("\t")


@pytest.mark.both_storages
def test_report_of_everybody_shows_those_with_nothing_too(team: Team) -> None:
    rows = team.boss.ok("report", "--today", "--user", "all", "--by", "user,project", "--json").data
    found = [(row["user"], row["project"], row["duration"]) for row in rows]
    assert ("grace@example.com", "web", 7200) in found
    assert ("alan@example.com", None, 0) in found
    assert sorted(row["user_id"] for row in rows) == sorted(
        home.key.user_id for home in (team.boss, team.grace, team.alan)
    )
    assert "alan@example.com" in team.boss.ok("report", "--user", "all", "--by", "user", terminal=True).out


def test_a_user_that_nobody_is(team: Team) -> None:
    result = team.boss.run("log", "--user", "nobody")
    assert result.code == 2
    assert "grace@example.com" in result.err
    assert team.grace.run("log", "--user", "alan").code == 2  # a member sees only themselves


def test_without_an_account_there_are_no_users(tmp_path: Path, team: Team) -> None:
    home = team.site.home(tmp_path / "local", team.site.boss, env=False)
    result = home.run("log", "--user", "all", "--json")
    assert result.code == 3
    assert '"no_account"' in result.err


def test_offline_and_refresh(team: Team) -> None:
    boss = team.boss
    never = boss.run("log", "--offline", "--user", "ada@example.com")
    assert (never.code, never.out) == (5, "")
    assert described(boss, "--offline") == []
    assert described(boss) == ["Planning"]
    boss.post("Later", f"{DAY} 09:00", f"{DAY} 10:00")
    assert described(boss) == ["Planning"]  # fresh
    assert described(boss, "--refresh") == ["Planning", "Later"]
    boss.post("Latest", f"{DAY} 10:00", f"{DAY} 11:00")
    assert described(boss.later(), "--offline") == ["Planning", "Later"]
    report = boss.ok("report", "--today", "--offline", "--json").json["meta"]
    assert (report["duration"], report["as_of"]) == (7200, "2026-11-20T11:00:00Z")
    team.site.stop()
    refreshed = boss.run("log", "--refresh")
    assert (refreshed.code, refreshed.out) == (5, "")
    assert boss.run("log", "--refresh", "--offline").code == 2


def test_all_that_was_read_once_is_known_offline(team: Team) -> None:
    assert described(team.boss, "--all") == ["Planning"]
    team.site.stop()
    assert described(team.boss.later(), "--all") == ["Planning"]
    assert described(team.boss, "--last-year") == []


def test_what_runs_elsewhere_is_shown_and_counts_nothing(tmp_path: Path) -> None:
    with tcp_server.listening(_running_there) as service:
        home = App(tmp_path)
        home.environ |= {"CLOCKEYE_API_URL": service.url, "CLOCKEYE_API_KEY": "ck_test"}
        log = home.ok("log", "--json")
        row = log.data[0]
        assert (row["id"], row["ended_at"], row["duration"], row["counted"]) == ("te_there", None, 0, 0)
        assert row["running"] is True
        assert "1 entry is running elsewhere on the account and not counted yet: prj_web: Call" in log.err
        assert "11:00–elsewhere" in home.ok("log", terminal=True).out
        report = home.ok("report", "--today", "--json")
        assert report.json["meta"]["duration"] == 0
        assert "not counted yet: prj_web: Call" in report.err
        asked = len(service.requests)
        status = home.ok("status")
        assert status.out == "prj_web: Call, since 11:00 (1:00:00), started elsewhere on the account\n"
        assert status.err == ""
        assert home.ok("prompt").out == "prj_web: Call 1:00\n"
        assert home.ok("status", "--format", "{elapsed} {today}").out == "1:00 0:00\n"
        assert len(service.requests) == asked  # none of them asks the account


def _running_there(connection: socket.socket, request: bytes) -> None:
    """An account with one entry, which has no end yet."""
    entry = {"id": "te_there", "project_id": "prj_web", "description": "Call", "end_time": None}
    entry["start_time"] = f"{DAY}T10:00:00Z"
    rows = [entry] if b"/time-entries" in request else [{"id": "prj_web"}] if b"/projects" in request else []
    content = {"data": rows, "meta": {"total": len(rows), "page": 1, "per_page": 200}}
    connection.sendall(tcp_server.answer(json.dumps(content).encode()))


@pytest.mark.both_storages
def test_a_summary_is_what_clockeye_counts_in_one_request(team: Team) -> None:
    boss = team.boss
    boss.environ["CLOCKEYE_ZONE"] = "UTC"
    boss.ok("users")
    rows = boss.ok("report", "--today", "--source", "summary", "--user", "all", "--by", "user", "--json")
    found = {row["user"]: row["duration"] for row in rows.data}
    assert (found["grace@example.com"], found["alan@example.com"], len(found)) == (7200, 0, 3)
    assert rows.json["meta"]["source"] == "as ClockEye counts"
    assert rows.json["meta"]["duration"] == 3 * 3600
    own = boss.ok("report", "--week", "--source", "summary", "--json").data
    assert [(row["project"], row["duration"]) for row in own] == [("web", 3600)]
    days = boss.ok("report", "--week", "--source", "summary", "--by", "day", "-p", "web", "--json").data
    assert [(row["day"], row["duration"], row["entries"]) for row in days] == [(DAY, 3600, 1)]
    assert (
        "Week 47, 2026-11-16 to 2026-11-22, as ClockEye counts"
        in boss.ok("report", "--source", "summary", terminal=True).out
    )


def test_a_summary_is_refused_where_clockeye_counts_otherwise(team: Team) -> None:
    summary = ("report", "--source", "summary")
    for words in (
        ["--week"],  # of Berlin's days
        ["--all"],
        ["--by", "tag"],
        ["--by", "project,day"],
        ["--search", "x"],
        ["--offline"],
    ):
        result = team.boss.run(*summary, *words)
        assert (result.code, result.out) == (2, ""), words
    assert team.boss.run("report", "--source", "guess").code == 2


def test_a_summary_of_another_shape_is_an_error_that_says_what_is_missing(tmp_path: Path) -> None:
    with tcp_server.listening(_summing_up_otherwise) as service:
        home = App(tmp_path)
        home.environ |= {
            "CLOCKEYE_API_URL": service.url,
            "CLOCKEYE_API_KEY": "ck_test",
            "CLOCKEYE_ZONE": "UTC",
        }
        result = home.run("report", "--source", "summary", "--user", "all")
    assert (result.code, result.out) == (5, "")
    assert "'duration'" in result.err
    assert "from the entries" in result.err


def _summing_up_otherwise(connection: socket.socket, request: bytes) -> None:
    rows = [{"project_id": "prj_web", "seconds": 12}] if b"/reports" in request else []
    content = {"data": rows, "meta": {"total": 0}}
    connection.sendall(tcp_server.answer(json.dumps(content).encode()))


def test_ids_of_the_account_are_understood_and_given(team: Team) -> None:
    there = team.boss.post("Mail", f"{DAY} 10:00", f"{DAY} 10:30")
    assert described(team.boss) == ["Planning", "Mail"]
    beginning = there[: len("te_") + 8]
    edited = team.boss.ok("edit", beginning, "-d", "Letters", "--json").data[0]
    assert (edited["id"], edited["description"]) == (there, "Letters")
    halves = team.boss.later().ok("split", beginning, "--at", "10:15", "--json").data
    assert there in [half["id"] for half in halves]
    deleted = team.boss.later().ok("delete", there.removeprefix("te_"), "-y", "--json").data[0]
    assert deleted["id"] == there


def test_at_a_terminal_a_project_is_asked_for_and_made(team: Team) -> None:
    started = team.boss.ok("start", "Review", stdin="web\n", terminal=True)
    assert "needs a project" in started.err
    assert "web: Review" in started.out
    made = team.boss.later(120).ok("start", "Dig", "-p", "garden", stdin="y\n", terminal=True)
    assert "garden: Dig" in made.out
    assert [row["project"] for row in team.grace.ok("projects", "--json").data] == ["garden", "web"]
    refused = team.boss.later(120).run("start", "x", "-p", "attic", stdin="n\n", terminal=True)
    assert refused.code == 3
    slip = team.boss.run("start", "x", "-p", "gardem", stdin="garden\n", terminal=True)
    assert (slip.code, slip.out.splitlines()[-1]) == (0, "Started garden: x, at 12:04.")


def test_archiving_is_for_this_computer_only_and_said(team: Team) -> None:
    team.boss.ok("projects")
    assert "this computer only" in team.boss.ok("projects", "archive", "web").err
