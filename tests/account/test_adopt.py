"""`auth login --adopt`: what was tracked before there was an account goes along, once and whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.account.world import Home, Site, site_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import Result

DAY = "2026-11-20"


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Home:
    """A computer on which was tracked, without an account: two projects, one of them the account's."""
    made = site.home(tmp_path / "home", site.key(f"user of {tmp_path.name}"), env=False)
    made.ok("add", "Plan", "+big", "--from", "8", "--to", "9", "-p", "WEB", "--key", "plan")
    made.ok("add", "Dig", "--from", "9", "--to", "9:30", "-p", f"garden {tmp_path.name}", "--no-billable")
    made.ok("add", "Tea", "--from", "10", "--to", "10:15")
    return made


def login(home: Home, *args: str, typed: str = "", terminal: bool = False) -> Result:
    words = ("auth", "login", "--with-key", "--insecure-storage", *args)
    return home.run(*words, stdin=f"{home.key.key}\n{typed}", terminal=terminal)


def started(home: Home, folder: Path, *args: str) -> subprocess.Popen[bytes]:
    """`auth login --adopt` in a process of its own."""
    words = ("auth", "login", "--with-key", "--insecure-storage", "--adopt", *args)
    process = subprocess.Popen(
        [sys.executable, "-m", "clockeye_cli", *words],
        env={**os.environ, **home.environ, "HOME": str(folder)},
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(home.key.key.encode() + b"\n")
    process.stdin.close()
    return process


def local(home: Home) -> list[str]:
    """What the profile local holds."""
    return [row["description"] for row in home.ok("-P", "local", "log", "--all", "--json").data]


def here(home: Home) -> list[str]:
    """What the account's profile holds."""
    return [row["description"] for row in home.ok("log", "--all", "--json").data]


def test_entries_and_projects_go_to_the_account_under_their_ids(home: Home) -> None:
    before = {row["description"]: row for row in home.ok("log", "--all", "--json").data}
    result = login(home, "--adopt")
    assert result.code == 0, result
    assert result.out.count("\n") == 1
    assert "Moved from the local profile: 2 entries (1:30:00), 1 new project.\n" in result.err
    assert [(row["description"], row["billable"]) for row in home.rows()] == [
        ("Plan #big", True),
        ("Dig", False),
    ]
    assert [row[:2] for row in home.there()] == [
        (f"{DAY} 08:00", f"{DAY} 09:00"),
        (f"{DAY} 09:00", f"{DAY} 09:30"),
    ]
    after = {row["description"]: row for row in home.ok("log", "--all", "--json").data}
    assert {name: row["local_id"] for name, row in after.items()} == {
        name: before[name]["id"] for name in ("Plan #big", "Dig")
    }
    assert after["Plan #big"]["project"] == "web"  # the account's spelling: it is one project
    assert local(home) == ["Tea"]
    assert home.ok("sync", "--status", "--json").data == []


def test_what_has_no_project_stays_and_is_named_until_one_is_given(home: Home) -> None:
    result = login(home, "--adopt")
    assert "Not moved: 1 entry without a project" in result.err
    assert "Tea, 10:00–10:15 (0:15:00)" in result.err
    result = login(home, "--adopt-project", "web")
    assert "Moved from the local profile: 1 entry (0:15:00).\n" in result.err
    assert local(home) == []
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Dig", "Tea"]


def test_a_project_for_what_has_none_may_be_new_but_no_slip(home: Home, site: Site, tmp_path: Path) -> None:
    with site.client(site.boss) as client:
        client.post("/projects", json={"name": "Website"})
    refused = login(home, "--adopt-project", "websote", "--adopt")
    assert refused.code == 3
    assert "Website" in refused.err
    assert local(home) == ["Plan #big", "Dig", "Tea"]
    result = login(home, "--adopt-project", f"breaks {tmp_path.name}")
    assert "3 entries (1:45:00), 2 new projects" in result.err
    with site.client(home.key) as client:
        names = [row["name"] for row in client.get("/projects", params={"per_page": 200}).json()["data"]]
    assert names.count(f"breaks {tmp_path.name}") == names.count(f"garden {tmp_path.name}") == 1
    assert not [name for name in names if name == "WEB"]


def test_a_second_login_takes_only_what_is_new(home: Home) -> None:
    login(home, "--adopt")
    again = login(home, "--adopt")
    assert "Moved" not in again.err
    home.ok("-P", "local", "add", "More", "--from", "11", "--to", "11:30", "-p", "web")
    assert "1 entry (0:30:00)." in login(home, "--adopt").err
    home.ok("sync")
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Dig", "More"]
    assert here(home) == ["Plan #big", "Dig", "More"]


def test_a_backup_from_before_that_is_put_back_is_not_taken_twice(home: Home, tmp_path: Path) -> None:
    home.ok("backup", str(tmp_path / "backup.db"))
    login(home, "--adopt")
    home.ok("edit", "last", "-d", "Dug")
    home.ok("-P", "local", "restore", str(tmp_path / "backup.db"))
    assert local(home) == ["Plan #big", "Dig", "Tea"]
    assert login(home, "--adopt").code == 0
    home.later(61).ok("sync")
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Dug"]
    assert local(home) == ["Tea"]


def test_what_was_adopted_is_understood_and_does_not_come_back(home: Home) -> None:
    plan = home.ok("log", "--all", "--json").data[0]["id"]
    home.ok("edit", plan, "-d", "Planned")
    login(home, "--adopt")
    for command in (("edit", plan, "-d", "X"), ("delete", plan[3:10], "-y"), ("resume", plan)):
        result = home.run("-P", "local", *command)
        assert (result.code, result.err.partition("\n")[0]) == (
            3,
            f"clockeye: {plan} was moved to the profile clockeye.",
        )
    refused = home.run("-P", "local", "undo", "--json")
    error = json.loads(refused.err)["error"]
    assert (refused.code, error["code"]) == (3, "adopted")
    assert f"{plan} was moved to the profile clockeye" in error["message"]
    # The key of `add --key` means the same entry where it is now, and stores nothing where it was.
    words = *("add", "Plan", "+big", "--from", "8"), *("--to", "9", "-p", "WEB", "--key", "plan")
    again = home.run("-P", "local", *words)
    assert (again.code, "moved to the profile clockeye" in again.err) == (3, True)
    assert home.ok(*words, "--json").data["local_id"] == plan
    assert [row["description"] for row in home.rows()] == ["Planned #big", "Dig"]


def test_an_adoption_is_one_line_of_the_history_and_is_not_undone(home: Home) -> None:
    login(home, "--adopt")
    steps = home.ok("history", "--json").data
    assert [step["changes"] for step in steps] == ["+ 2 entries and 1 new project of the profile local"]
    result = home.run("undo")
    assert (result.code, "Adopting the profile local cannot be undone" in result.err) == (3, True)
    home.ok("edit", "last", "-d", "Dug")
    home.ok("undo")  # what came after it is
    assert here(home) == ["Plan #big", "Dig"]


def test_former_ids_go_along(home: Home) -> None:
    home.ok("start", "Run", "-p", "web")
    former = home.later().ok("stop", "--json").data["id"]
    home.ok("undo")
    home.later().ok("stop")
    login(home, "--adopt")
    assert home.ok("edit", former, "-d", "Ran", "--json").data[0]["description"] == "Ran"


def test_the_running_timer_goes_along(home: Home) -> None:
    home.ok("start", "Run", "-p", "web")
    assert "2 entries (1:30:00), 1 new project, the running timer." in login(home, "--adopt").err
    assert "Run" in home.ok("status").out
    assert home.ok("-P", "local", "status").out == "No timer is running.\n"
    assert (home.run("-P", "local", "undo", "-y").code, local(home)) == (3, ["Tea"])
    home.later(3600).ok("stop")
    assert home.there()[-1] == (f"{DAY} 12:00", f"{DAY} 13:00", "Run")


@pytest.mark.parametrize("args", [("--adopt",), ("--no-adopt",), ()])
def test_a_timer_that_stays_is_named_by_every_command_until_it_is_stopped(
    home: Home, args: tuple[str, ...]
) -> None:
    home.ok("start", "Nap")
    result = login(home, *args)
    left = "A timer is still running in the local profile: Nap, since 12:00."
    assert left in result.err
    assert ("stays local: it has no project" in result.err) is ("--adopt" in args)
    for words in (("log",), ("projects",), ("add", "X", "--for", "1m", "-p", "web"), ("history",)):
        assert home.ok(*words).err.count(left) == 1
    assert home.ok("start", "Y", "-p", "web").err.count("Nap") == 1  # which names every other timer
    home.ok("-P", "local", "stop")
    assert left not in home.later().ok("log").err
    home.ok("-P", "local", "start", "Another")
    assert "Another" not in home.ok("log").err  # that one was started on purpose


def test_a_timer_is_named_too_where_an_adoption_was_refused(home: Home, site: Site) -> None:
    with site.client(site.boss) as client:
        client.post("/projects", json={"name": "Website"})
    home.ok("start", "Nap")
    assert login(home, "--adopt-project", "websote").code == 3
    assert "A timer is still running in the local profile: Nap" in home.ok("log").err


def test_the_timer_stays_where_another_one_runs(home: Home) -> None:
    login(home, "--no-adopt")
    home.ok("start", "There", "-p", "web")
    home.ok("-P", "local", "start", "Run", "-p", "web")
    assert (
        "The running timer stays local: another one is running on the account." in login(home, "--adopt").err
    )
    assert "There" in home.ok("status").out


def test_without_a_terminal_nothing_goes_unless_it_is_said(home: Home) -> None:
    stays = "3 entries stay in the local profile; `clockeye auth login --adopt` moves those with a project"
    for args in ((), ("--no-adopt",)):
        result = login(home, *args)
        assert (result.code, stays in result.err) == (0, not args)
    assert home.rows() == []
    assert local(home) == ["Plan #big", "Dig", "Tea"]
    assert login(home, "--no-adopt", "--adopt-project", "web").code == 2


@pytest.mark.parametrize("args", [(), ("--adopt",)])
def test_at_a_terminal_a_dry_run_comes_first(home: Home, args: tuple[str, ...], tmp_path: Path) -> None:
    home.post("Meeting", f"{DAY} 08:30", f"{DAY} 08:45")
    home.ok("start", "Run", "-p", "web")
    refused = login(home, *args, typed="n\n", terminal=True)
    assert refused.code == 0
    width = len("0:30:00")
    assert refused.err.partition("To move from the local profile")[2].splitlines() == [
        ": 2 entries (1:30:00), 1 new project, the running timer.",
        f"From {DAY} to {DAY}:",
        f"  {'0:30:00':>{width}}  garden {tmp_path.name} (new on the account)",
        "  1:00:00  web",
        "The timer keeps running there: web: Run, since 12:00.",
        "1 entry overlaps others on the account.",
        "Not moved: 1 entry without a project; use --adopt-project NAME to move it too:",
        f"  {home.ok('-P', 'local', 'log', '--all', '--json').data[2]['id']}: Tea, 10:00–10:15 (0:15:00)",
        "Move this to the profile clockeye? [y/N] Nothing was moved from the local profile.",
        "A timer is still running in the local profile: WEB: Run, since 12:00."
        " `clockeye -P local stop` stops it.",
    ]
    assert local(home) == ["Plan #big", "Dig", "Tea", "Run"]
    assert [row["description"] for row in home.rows()] == ["Meeting"]
    assert login(home, *args, typed="y\n", terminal=True).code == 0
    assert local(home) == ["Tea"]
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Meeting", "Dig", "Run"]


def test_yes_is_the_answer_that_is_not_asked_for(home: Home) -> None:
    result = login(home, "-y", terminal=True)
    assert "[y/N]" not in result.err
    assert local(home) == ["Tea"]


def test_with_nothing_to_take_along_nothing_is_asked(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path / "home", site.key("new"), env=False)
    assert "[y/N]" not in login(home, "--adopt", terminal=True).err
    home.ok("-P", "local", "add", "Tea", "--for", "5m")
    asked = login(home, terminal=True)
    assert "[y/N]" not in asked.err
    assert "Not moved: 1 entry" in asked.err


def test_projects_go_along_and_archived_ones_only_with_entries(
    home: Home, site: Site, tmp_path: Path
) -> None:
    for name in ("planned", "given up"):
        home.ok("projects", "add", f"{name} {tmp_path.name}")
    home.ok("projects", "archive", f"given up {tmp_path.name}")
    home.ok("projects", "archive", f"garden {tmp_path.name}")
    assert "2 entries (1:30:00), 2 new projects." in login(home, "--adopt").err
    home.ok("-P", "local", "projects", "rename", f"planned {tmp_path.name}", f"done {tmp_path.name}")
    home.ok("-P", "local", "add", "Did", "--from", "7", "--to", "7:30", "-p", f"done {tmp_path.name}")
    assert (
        "1 entry (0:30:00)." in login(home, "--adopt").err
    )  # to the project that it was, under its name there
    with site.client(home.key) as client:
        names = {row["name"] for row in client.get("/projects", params={"per_page": 200}).json()["data"]}
    assert {name for name in names if name.endswith(tmp_path.name)} == {
        f"{name} {tmp_path.name}" for name in ("garden", "planned")
    }


def test_two_logins_at_once_take_each_entry_along_once(home: Home, tmp_path: Path) -> None:
    for name in "ab":
        assert login(home, "-P", name, "--no-adopt").code == 0
    begun = [started(home, tmp_path, "-P", name) for name in "ab"]
    codes = [process.wait() for process in begun]
    assert codes == [0, 0], [process.communicate() for process in begun]
    for name in "ab":
        home.later().ok("-P", name, "sync")
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Dig"]
    assert local(home) == ["Tea"]


def test_an_id_leads_to_a_profile_by_its_present_name(home: Home) -> None:
    plan = home.ok("log", "--all", "--json").data[0]["id"]
    login(home, "--adopt")
    home.ok("profiles", "rename", "clockeye", "work")
    result = home.run("-P", "local", "edit", plan, "-d", "X")
    assert f"{plan} was moved to the profile work." in result.err


def test_what_a_service_that_fails_did_not_take_is_sent_by_the_next_sync(home: Home, site: Site) -> None:
    login(home, "--no-adopt")
    site.stop()
    site.start([{"method": "POST", "do": "drop_after", "nth": 2}])
    try:
        assert login(home, "--adopt").code == 0
    finally:
        site.stop()
        site.start()
    for _ in range(3):
        home.later().run("sync")
    assert home.later().ok("sync", "--status", "--json").data == []
    assert [row["description"] for row in home.rows()] == ["Plan #big", "Dig"]


@pytest.mark.parametrize("nth", [1, 3])
def test_killed_while_it_delivers_each_is_there_once(nth: int, tmp_path: Path) -> None:
    with site_in(tmp_path / "site") as site:
        home = site.home(tmp_path / "home", site.boss, env=False)
        for number in range(4):
            home.ok("add", f"Entry {number}", "--from", f"{number}:00", "--to", f"{number}:30", "-p", "web")
        site.stop()
        # The server has stored the nth entry and does not answer: there the process is killed.
        site.start([{"method": "POST", "path": "/time-entries", "do": "late", "seconds": 3, "nth": nth}])
        process = started(home, tmp_path)
        end = time.monotonic() + 30
        while len(home.rows()) < nth and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(home.rows()) == nth
        assert local(home) == []
        for _ in range(3):
            home.later().run("sync")
        assert home.later().ok("sync", "--status", "--json").data == []
        assert [row["description"] for row in home.rows()] == [f"Entry {number}" for number in range(4)]
        assert here(home) == [f"Entry {number}" for number in range(4)]
