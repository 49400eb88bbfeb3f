"""The timer on the account, as people see it: on one computer, on two, offline, and at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"


@pytest.fixture
def desk(home: Home) -> Home:
    """A computer that knows its account's projects."""
    home.at(f"{DAY} 08:00:00").ok("projects")
    return home


@pytest.fixture
def laptop(site: Site, desk: Home, tmp_path: Path) -> Home:
    """Another computer of the same person."""
    laptop = site.home(tmp_path / "laptop", desk.key)
    laptop.at(f"{DAY} 08:00:00").ok("projects")
    return laptop


def at(home: Home, time: str) -> Home:
    home.at(f"{DAY} {time}:00")
    return home


@pytest.mark.both_storages
def test_what_was_started_there_is_shown_and_stopped_here(desk: Home, laptop: Home) -> None:
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    status = desk.ok("status")
    assert status.out == "web: Call, since 09:00 (0:30:00), started elsewhere on the account\n"
    assert status.err == ""
    shown = desk.ok("status", "--json").data
    assert (shown["running"], shown["duration"], shown["id"]) == (True, 1800, desk.rows()[0]["id"])
    assert (
        desk.ok("start", "Other", "-p", "web", "--if-idle").out
        == "Already running: web: Call, since 09:00.\n"
    )
    stopped = at(desk, "10:00").ok("stop")
    assert stopped.out == "Stopped web: Call, 09:00–10:00 (1:00:00).\n"
    assert stopped.err == "The stopped timer was started elsewhere on the account.\n"
    assert desk.there() == [(f"{DAY} 09:00", f"{DAY} 10:00", "Call")]
    assert desk.ok("status").out == "No timer is running.\n"
    heard = at(laptop, "10:05").ok("log", "--json")
    assert [row["ended_at"] for row in heard.data] == [f"{DAY}T09:00:00Z"]
    assert heard.err == (
        "The timer was stopped elsewhere on the account: web: Call, 09:00–10:00 (1:00:00).\n"
    )
    again = at(laptop, "10:10").ok("log", "--json")
    assert (again.data, again.err) == (heard.data, "")


def test_start_switches_from_what_was_started_there(desk: Home, laptop: Home) -> None:
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    started = desk.ok("start", "Build", "-p", "web")
    assert started.out.splitlines() == [
        "Stopped web: Call, 09:00–09:30 (0:30:00).",
        "Started web: Build, at 09:30.",
    ]
    assert started.err.splitlines()[0] == "The stopped timer was started elsewhere on the account."
    assert desk.there() == [(f"{DAY} 09:00", f"{DAY} 09:30", "Call"), (f"{DAY} 09:30", "running", "Build")]
    at(desk, "10:00").ok("undo", "-y")
    assert desk.there() == [(f"{DAY} 09:00", "running", "Call")]
    assert desk.ok("status").out == "web: Call, since 09:00 (1:00:00)\n"  # from now on, it runs here


@pytest.mark.parametrize("command", [("stop",), ("start", "Build", "-p", "web"), ("resume", "last")])
@pytest.mark.parametrize("answer", ["y\n", "n\n"])
def test_at_a_terminal_it_is_asked_first(
    desk: Home, laptop: Home, command: tuple[str, ...], answer: str
) -> None:
    desk.ok("add", "Early", "--from", "06:00", "--to", "07:00", "-p", "web")
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    asked = desk.ok(*command, stdin=answer, terminal=True)
    question = "Stop web: Call, since 09:00, which was started elsewhere on the account? [y/N] "
    assert asked.err.startswith(question)
    if answer == "y\n":
        assert (f"{DAY} 09:00", f"{DAY} 09:30", "Call") in desk.there()
    else:
        assert asked.err == f"{question}Nothing was changed.\n"
        assert asked.out == ""
        assert (f"{DAY} 09:00", "running", "Call") in desk.there()
    assert desk.run("start", "More", "-p", "web", "--no-input", terminal=True).code == 0


def test_no_input_and_pipes_ask_nothing(desk: Home, laptop: Home) -> None:
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    assert desk.ok("stop", "--no-input", terminal=True).out == "Stopped web: Call, 09:00–09:30 (0:30:00).\n"


def test_cancel_names_what_was_started_there(desk: Home, laptop: Home) -> None:
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    assert desk.ok("cancel", "-y").out.startswith("Cancelled web: Call, 09:00–09:30 (0:30:00).")
    assert desk.rows() == []
    at(desk, "09:40").ok("undo", "-y")
    assert desk.there() == [(f"{DAY} 09:00", "running", "Call")]


@pytest.mark.parametrize(
    ("command", "there"),
    [
        (("edit", "current", "-d", "Chat"), [("09:00", "running", "Chat")]),
        (("edit", "current", "--from", "08:45"), [("08:45", "running", "Call")]),
        (("edit", "current", "--to", "09:20"), [("09:00", "09:20", "Call")]),
        (("split", "current", "--at", "09:20"), [("09:00", "09:20", "Call"), ("09:20", "running", "Call")]),
        (("delete", "current", "-y"), []),
        (("stop", "--at", "09:20", "-d", "Chat"), [("09:00", "09:20", "Chat")]),
    ],
)
def test_every_command_reaches_what_was_started_there(
    desk: Home, laptop: Home, command: tuple[str, ...], there: list[tuple[str, str, str]]
) -> None:
    at(laptop, "09:00").ok("start", "Call", "-p", "web")
    at(desk, "09:30").ok("log")
    desk.ok(*command)
    assert [(start[11:], end[11:] or end, text) for start, end, text in desk.there()] == there


@pytest.mark.both_storages
def test_stopped_on_both_the_earlier_end_counts(desk: Home, laptop: Home) -> None:
    at(desk, "09:00").ok("start", "Call", "-p", "web")
    at(laptop, "09:30").ok("log")
    laptop.ok("stop")
    stopped = at(desk, "10:00").ok("stop")
    assert stopped.out == "Stopped web: Call, 09:00–10:00 (1:00:00).\n"
    assert stopped.err == (
        "The timer was also stopped elsewhere on the account, at 09:30; the earlier end counts:"
        " web: Call, 09:00–09:30 (0:30:00).\n"
    )
    ((start, end, _),) = desk.there()
    assert (start, end) == (f"{DAY} 09:00", f"{DAY} 09:30")
    assert at(desk, "10:05").ok("log", "--json").data[0]["duration"] == 1800


@pytest.mark.both_storages
def test_deleted_there_it_runs_on_and_stop_says_what_to_do(desk: Home) -> None:
    at(desk, "09:00").ok("start", "Call", "-p", "web")
    desk.remove(desk.rows()[0]["id"])
    told = at(desk, "09:30").ok("log")
    assert (
        "The running timer was deleted on the account: web: Call, since 09:00. It keeps running here;"
        " `clockeye cancel` discards it.\n"
    ) in told.err
    assert "deleted" not in at(desk, "09:40").ok("log").err
    stopped = at(desk, "10:00").ok("stop")
    assert stopped.out == "Stopped web: Call, 09:00–10:00 (1:00:00).\n"
    assert "1 change needs a decision" in stopped.err
    desk.ok("sync", "resolve", "last", "--keep", "mine")
    assert desk.there() == [(f"{DAY} 09:00", f"{DAY} 10:00", "Call")]


def test_offline_all_of_it_is_sent_later(own_site: Site, tmp_path: Path) -> None:
    home = own_site.home(tmp_path / "home", own_site.key("Ann"))
    at(home, "08:00").ok("projects")
    own_site.stop()
    started = at(home, "09:00").ok("start", "Call", "-p", "web")
    assert "1 change is waiting" in started.err
    assert at(home, "09:10").ok("status").out == "web: Call, since 09:00 (0:10:00)\n"
    at(home, "09:30").ok("start", "Build", "-p", "web")
    own_site.start()
    at(home, "09:40").ok("sync")
    assert home.there() == [(f"{DAY} 09:00", f"{DAY} 09:30", "Call"), (f"{DAY} 09:30", "running", "Build")]
    own_site.stop()
    at(home, "10:00").ok("stop")
    own_site.start()
    at(home, "10:10").ok("sync")
    assert home.there()[1] == (f"{DAY} 09:30", f"{DAY} 10:00", "Build")
    assert home.ok("sync", "--status", "--json").data == []


def test_a_waiting_start_is_named_in_the_status_of_sync(own_site: Site, tmp_path: Path) -> None:
    home = own_site.home(tmp_path / "home", own_site.key("Ann"))
    at(home, "08:00").ok("projects")
    own_site.stop()
    at(home, "09:00").ok("start", "Call", "-p", "web")
    (row,) = home.ok("sync", "--status", "--json").data
    assert (row["what"], row["state"], row["description"]) == ("create", "queued", "web: Call, since 09:00")
