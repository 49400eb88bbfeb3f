"""The cable is pulled, at every stage of a request, and put back: each entry is there once."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.server.keys import revoke_key
from clockeye_cli.server.places import opened
from tests.account.cable import PLACES, Cable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"
LOGIN = ("auth", "login", "--with-key", "--insecure-storage")


@pytest.fixture
def home(home: Home, cable: Cable) -> Home:
    """A computer at the end of the cable, which knows its account."""
    home.environ["CLOCKEYE_API_URL"] = cable.url
    home.ok("projects")
    return home


def add(home: Home, number: int) -> str:
    """Add an entry. Returns what was said beside the result."""
    hour, minute = divmod(6 * 60 + number * 10, 60)
    begin, end = f"{DAY} {hour:02}:{minute:02}", f"{DAY} {hour:02}:{minute + 5:02}"
    return home.later().ok("add", f"Entry {number:02}", "--from", begin, "--to", end, "-p", "web").err


def settle(home: Home) -> None:
    """Some syncs later."""
    for _ in range(2):
        home.later().run("sync")
    home.later().ok("sync")


def both(home: Home) -> Counter[str]:
    """What there is, the same on both sides."""
    there = Counter(row["description"] for row in home.rows())
    assert Counter(row["description"] for row in home.ok("log", "--all", "--json").data) == there
    return there


@pytest.mark.parametrize("meanwhile", ["nothing", "edited", "deleted"])
def test_a_cable_that_is_cut_anywhere_in_a_post(home: Home, cable: Cable, meanwhile: str) -> None:
    for number, place in enumerate(PLACES):
        cable.cut(f"Entry {number:02}", place)
        assert "Stored here; " in add(home, number), place
        if meanwhile == "edited":
            home.ok("edit", "last", "-d", f"Edited {number:02}")
        elif meanwhile == "deleted":
            home.ok("delete", "last", "-y")
    settle(home)
    word = {"nothing": "Entry", "edited": "Edited"}.get(meanwhile)
    assert both(home) == Counter(f"{word} {number:02}" for number in range(len(PLACES)) if word)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_cable_that_is_cut_anywhere_in_a_change(home: Home, cable: Cable, method: str) -> None:
    for number, place in enumerate(PLACES):
        assert add(home, number) == ""
        if method != "DELETE" or ("answer's body" not in place and "last" not in place):  # 204 has no body
            cable.cut(f"{method} /v1/time-entries/", place)
        words = (
            ["delete", "last", "-y"] if method == "DELETE" else ["edit", "last", "-d", f"Edited {number:02}"]
        )
        home.ok(*words)
        cable.repair()
    settle(home)
    assert both(home) == Counter(f"Edited {number:02}" for number in range(len(PLACES)) if method != "DELETE")


def test_a_day_on_and_off_the_cable(home: Home, cable: Cable) -> None:
    for number in range(8):
        (cable.unplug if number % 2 else cable.plug)() if number else None
        said = add(home, number)
        assert ("Stored here" in said) == bool(number % 2)
        home.later()
    home.ok("edit", "last", "-d", "Edited")
    assert home.run("sync").code == 5
    cable.plug()
    home.ok("sync")
    assert both(home) == Counter(["Edited", *(f"Entry {number:02}" for number in range(7))])
    assert add(home, 9) == ""  # who has synced does not wait until the minute is over


def test_who_reads_does_not_wait_for_a_network_that_is_away(home: Home, cable: Cable) -> None:
    add(home, 0)
    home.ok("log")
    cable.unplug()
    assert "Cannot reach" in home.later().ok("log").err
    asked = 0

    def count(_request: bytes, passing: bytes) -> bytes:
        nonlocal asked
        asked += 1
        return passing

    cable.plug()
    cable.ask = count
    for words in (["log"], ["report", "--today"], ["add", "x", "--for", "1m", "-p", "web"]):
        home.later(15).ok(*words)
    assert "could not be reached a moment ago. Showing data as of" in home.ok("log").err
    assert asked == 0
    home.ok("log", "--refresh")
    assert asked == 1
    assert [row["description"] for row in home.later(20).ok("log", "--json").data] == ["Entry 00", "x"]
    assert asked > 1


def test_a_key_that_is_revoked_in_the_middle_drops_nothing(site: Site, cable: Cable, tmp_path: Path) -> None:
    key = site.key("ann")
    home = site.home(tmp_path, key, env=False)
    home.environ["CLOCKEYE_API_URL"] = cable.url
    home.ok(*LOGIN, stdin=key.key)
    cable.unplug()
    for number in range(6):
        add(home, number)
    posts: list[str] = []

    def revoke(request: bytes, passing: bytes) -> bytes:
        if request.startswith(b"POST"):
            posts.append(json.loads(request.partition(b"\r\n\r\n")[2])["description"])
            if len(posts) == 3:
                revoke_key(opened(site.data), key.id)
        return passing

    cable.plug()
    cable.ask = revoke
    refused = home.later().run("sync")
    assert (refused.code, "rejected the key" in refused.err) == (4, True)
    assert posts == ["Entry 00", "Entry 01", "Entry 02"]  # nothing more was tried
    waiting = home.ok("sync", "--status", "--json").data
    assert [row["state"] for row in waiting] == ["queued"] * 4
    late = home.ok("add", "Late", "--from", "5", "--to", "5:30", "-p", "web").err
    assert "rejected the key" in late
    assert "5 changes are waiting to be sent" in late

    home.key = site.key("again", user="ann@clockeye.invalid")
    home.ok(*LOGIN, stdin=home.key.key)
    home.later().ok("sync")
    assert both(home) == Counter(["Late", *(f"Entry {number:02}" for number in range(6))])


EMPTY = b'{"data":[],"meta":{"total":0,"page":1,"per_page":200}}'


def listed(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
        len(body),
        body,
    )


def test_an_empty_list_with_200_takes_nothing_away(home: Home, cable: Cable) -> None:
    for number in range(3):
        add(home, number)
    cable.answer = lambda request, answer: listed(EMPTY) if b"/time-entries?" in request else answer
    for words in (["log", "--json"], ["report", "--today", "--json"], ["sync"], ["log", "--json"]):
        home.later(600).ok(*words)
    home.remove(home.rows()[1]["id"])
    home.later(600).ok("sync")
    assert both(home) == Counter(["Entry 00", "Entry 02"])
    cable.repair()
    assert both(home.later(600)) == Counter(["Entry 00", "Entry 02"])


def test_a_list_that_lags_behind_its_writes(home: Home, cable: Cable) -> None:
    """What is read is as it was before the last write: also by the look for what a lost answer has made."""
    lists: dict[bytes, bytes] = {}

    def lag(request: bytes, answer: bytes) -> bytes:
        path = request.partition(b"\r\n")[0]
        if request.startswith(b"POST"):
            return answer[:9] if b"01" in request else answer
        if b"/time-entries?" not in path:
            return answer
        before = lists.get(path, listed(EMPTY))
        lists[path] = answer
        return before

    add(home, 0)
    home.ok("log")
    cable.answer = lag
    for number in (1, 2, 3):
        add(home, number)
        home.ok("log")
    home.ok("edit", "last", "-d", "Edited")
    home.later(10).ok("log")
    settle(home)
    assert both(home) == Counter(["Entry 00", "Entry 01", "Entry 02", "Edited"])


@pytest.mark.parametrize(
    ("decision", "left"),
    [
        ("--same-as", ["Nearly"]),
        ("--is", ["Nearly"]),
        ("--send", ["Entry 00", "Nearly"]),
        ("--drop", ["Nearly"]),
        ("--same-as other", None),
    ],
)
def test_of_an_entry_that_may_be_ours_a_person_decides(
    home: Home, cable: Cable, decision: str, left: list[str] | None
) -> None:
    """What the lost request may have made is there at the same time with another text."""
    add(home, 9)
    cable.cut("Entry 00", "before the answer's last byte")
    add(home, 0)
    (there,) = (row["id"] for row in home.rows() if row["description"] == "Entry 00")
    home.put(there, description="Nearly")
    assert home.later().run("sync").code == 6
    (row,) = home.ok("sync", "--status", "--json").data
    assert (row["state"], there in row["reason"]) == ("ask", True)
    if left is None:  # that one is another entry of ours
        (other,) = (row["id"] for row in home.rows() if row["description"] == "Entry 09")
        assert home.run("sync", "resolve", row["id"], "--same-as", other).code == 3
        assert home.run("sync").code == 6
        return
    home.ok("sync", "resolve", row["id"], decision, *([there] if decision in ("--same-as", "--is") else []))
    settle(home)
    assert both(home) == Counter(["Entry 09", *left])
