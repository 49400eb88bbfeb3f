"""What other clients did is seen; without the service, what is here is, as of when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.account.world import Home, Site, site_in
from tests.tcp_server import answer, listening

if TYPE_CHECKING:
    import socket
    from pathlib import Path

DAY = "2026-11-20"


def logged(home: Home, *period: str) -> list[str]:
    return [row["description"] for row in home.ok("log", *period, "--json").data]


@pytest.mark.both_storages
def test_log_and_report_pull_what_another_client_did(home: Home) -> None:
    first = home.post("There", f"{DAY} 09:00", f"{DAY} 10:00")
    home.post("Monday", "2026-11-16 09:00", "2026-11-16 11:00")
    assert logged(home) == ["There"]
    assert logged(home, "--week") == ["Monday", "There"]
    assert home.later().ok("report", "--week", "--json").json["meta"]["duration"] == 3 * 3600
    home.put(first, description="Changed there", end_time=home.rows()[-1]["start_time"])
    assert logged(home.later()) == ["Changed there"]
    home.remove(first)
    assert logged(home.later()) == []
    assert home.ok("report", "--week", "--json").json["meta"]["duration"] == 2 * 3600


@pytest.mark.both_storages
def test_an_entry_of_another_client_is_edited_and_deleted(home: Home) -> None:
    there = home.post("There", f"{DAY} 09:00", f"{DAY} 10:00")
    assert logged(home) == ["There"]
    home.ok("edit", there, "-d", "Here")
    assert [row[2] for row in home.there()] == ["Here"]
    home.later().ok("delete", "last", "-y")
    assert home.there() == []
    home.later().ok("undo", "-y")
    assert [row[2] for row in home.there()] == ["Here"]


def test_doctor_does_not_hold_what_another_client_did_against_the_history(home: Home) -> None:
    home.ok("projects")
    home.ok("add", "Here", "-p", "web", "--from", "9:00", "--to", "10:00")
    home.put(home.rows()[0]["id"], description="Changed there")
    assert logged(home.later()) == ["Changed there"]
    home.ok("add", "Not sent yet", "-p", "web", "--from", "7:00", "--to", "8:00", "--key", "k")
    checks = {row["check"]: row["value"] for row in home.ok("doctor", "--json").data}
    assert checks["history"] == "1 row compared; all match the history"


def test_fresh_days_are_not_read_again(home: Home) -> None:
    assert logged(home) == []
    home.post("There", f"{DAY} 09:00", f"{DAY} 10:00")
    assert logged(home.later(10)) == []
    assert logged(home.later(10)) == ["There"]


@pytest.mark.both_storages
def test_a_colleague_s_entries_are_not_mine(home: Home, site: Site, tmp_path: Path) -> None:
    site.home(tmp_path / "other", site.key("a colleague")).post("Theirs", f"{DAY} 09:00", f"{DAY} 10:00")
    boss = site.home(tmp_path / "boss", site.boss)
    boss.environ["CLOCKEYE_USER"] = site.boss.user_id
    assert logged(boss) == []
    assert logged(home) == []
    boss.ok("add", "Mine", "--from", "9:00", "--to", "10:00", "-p", "web")
    assert logged(boss.later()) == ["Mine"]
    home.ok("users")
    assert len(boss.ok("users", "--json").data) > 1
    assert [row["you"] for row in boss.ok("users", "--json").data].count(True) == 1


def test_a_project_is_asked_for_that_has_no_entry_yet(home: Home, site: Site) -> None:
    assert logged(home) == []
    with site.client(site.boss) as client:
        client.post("/projects", json={"name": "No entry yet"})
    assert home.ok("log", "-p", "no entry yet", "--json").data == []
    assert home.run("log", "-p", "never made").code == 3


@pytest.mark.both_storages
def test_many_pages(home: Home) -> None:
    for minute in range(60):
        home.post(f"Entry {minute}", f"{DAY} 08:{minute:02}", f"{DAY} 08:{minute:02}")
    assert len(logged(home)) == 60


def test_offline_and_back(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.post("There", f"{DAY} 07:00", f"{DAY} 08:00")
        assert logged(home) == ["There"]
        site.stop()
        added = home.later().ok("add", "Offline 1", "--from", "8", "--to", "9", "-p", "web")
        assert added.err == "Stored here; 1 change is waiting to be sent to the account.\n"

        shown = home.later(10).ok("log", "--json")
        assert [row["description"] for row in shown.data] == ["There", "Offline 1"]
        assert shown.json["meta"]["as_of"] == "2026-11-20T11:00:00Z"
        assert "Showing data as of 12:00" in shown.err
        report = home.ok("report", "--today", "--json")
        assert report.json["meta"]["as_of"] == "2026-11-20T11:00:00Z"

        never = home.run("log", "--last-month", "--refresh")
        assert (never.code, never.out) == (5, "")
        for words in (["sync"], ["users"], ["api", "/users"]):
            assert home.run(*words).code == 5

        site.start()
        # Within a minute of a connection that failed nothing is tried again, and the user is told.
        again = home.later(10).ok("add", "Offline 2", "--from", "9", "--to", "10", "-p", "web")
        assert again.err == "Stored here; 2 changes are waiting to be sent to the account.\n"
        assert [row[2] for row in home.there()] == ["There"]
        home.ok("edit", "last", "-d", "Offline 2, edited")
        home.ok("start", "Timer", "-p", "web")
        home.later(5).ok("stop")
        assert home.ok("sync").out.startswith("Sent 3,")
        whole = ["There", "Offline 1", "Offline 2, edited", "Timer"]
        assert [row[2] for row in home.there()] == whole
        assert home.ok("sync").out.startswith("Sent 0,")
        assert [row[2] for row in home.there()] == whole
        assert logged(home.later()) == whole


def test_what_waits_is_said_in_a_line_where_nobody_is_in_a_hurry(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("log")
        home.ok("projects")
        site.stop()
        home.later().ok("add", "Offline", "--from", "8", "--to", "9", "-p", "web")
        line = "1 change is waiting to be sent to the account; run `clockeye sync`.\n"
        home.ok("log")  # which finds out that nobody is there
        for words in ("log", "report --today", "projects", "history", "log --json"):
            assert home.run(*words.split()).err.splitlines(keepends=True).count(line) == 1, words
        for words in ("status", "status --json", "prompt", "check", "log -q", "sync --status", "profiles"):
            assert line not in home.run(*words.split()).err, words
        site.start()
        assert home.ok("sync").err == ""
        assert home.ok("log").err == ""


def test_after_a_minute_a_command_tries_again(tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss)
        home.ok("add", "1", "--from", "6", "--to", "7", "-p", "web")
        site.stop()
        home.later().ok("add", "2", "--from", "7", "--to", "8", "-p", "web")
        site.start()
        assert home.later(61).ok("add", "3", "--from", "8", "--to", "9", "-p", "web").err == ""
        assert [row[2] for row in home.there()] == ["1", "2", "3"]


def test_an_entry_without_times_that_can_be_read_is_named_and_hides_no_other(home: Home) -> None:
    good = {"id": "te_good", "user_id": "usr_1", "project_id": "prj_1", "description": "Call"}
    good |= {"start_time": f"{DAY}T09:00:00Z", "end_time": f"{DAY}T10:00:00Z"}
    rows = [good, good | {"id": "te_old", "start_time": "0001-01-01T00:00:00Z"}, good | {"id": "te_none"}]
    rows[2] |= {"end_time": "9999-12-31T23:59:59Z"}
    lists = {"time-entries": rows, "projects": [{"id": "prj_1", "name": "web"}], "users": [{"id": "usr_1"}]}
    lists["screenshots"] = [{"id": "scr_1", "time_entry_id": "te_old", "captured_at": f"{DAY}T09:00:00Z"}]

    def tell(connection: socket.socket, request: bytes) -> None:
        there = lists[request.split()[1].decode().split("?")[0].split("/")[2]]
        connection.sendall(answer(json.dumps({"data": there, "meta": {"total": len(there)}}).encode()))

    with listening(tell) as service:
        home.environ["CLOCKEYE_API_URL"] = service.url
        read = home.ok("log", "--all", "--json")
        synced = home.later().ok("sync")
        shots = home.later().ok("screenshots", "--all", "--json")
    assert [row["id"] for row in read.data] == ["te_good"]
    left_out = "2 entries of the account cannot be read; left out, or shown as last read: te_old, te_none.\n"
    assert read.err == left_out
    assert left_out in synced.err
    assert ([row["id"] for row in shots.data], shots.err) == (["scr_1"], left_out)


def test_what_the_account_says_is_kept_as_it_came_and_sent_back_so(home: Home) -> None:
    text = " One  two \u00a0"
    home.post(text, f"{DAY} 09:00", f"{DAY} 10:00")
    assert [row["description"] for row in home.ok("log", "--json").data] == [text]
    home.later().ok("edit", "last", "--no-billable")
    assert [(row["description"], row["billable"]) for row in home.rows()] == [(text, False)]
    home.later().ok("edit", "last", "-d", f"{text} three\r\n")
    assert [row["description"] for row in home.rows()] == ["One  two \u00a0 three"]
