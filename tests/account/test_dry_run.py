"""`--dry-run` on an account: the same answer, nothing but reading requests, nothing to send afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dry_run import files, hold_same_answer

if TYPE_CHECKING:
    from tests.account.cable import Cable
    from tests.account.world import Home

DAY: tuple[tuple[str, ...], ...] = (
    ("start", "Plan", "-p", "web"),
    ("start", "Build", "-p", "web", "+bug", "--at", "now"),
    ("stop",),
    ("resume",),
    ("cancel", "-y"),
    ("add", "Call", "-p", "web", "--from", "9", "--to", "10", "--key", "k"),
    ("add", "Call", "-p", "web", "--from", "9", "--to", "10"),
    ("edit", "last", "-d", "Built", "-t", "bug"),
    ("split", "last", "--at", "11:40"),
    ("delete", "last", "-y"),
    ("undo", "-y"),
    ("redo", "-y"),
    ("tags", "rename", "bug", "defect", "-y"),
    ("projects", "add", "garden"),
    ("projects", "edit", "web", "--client", "Nord", "--rate", "80 EUR"),
    ("projects", "archive", "garden"),
    ("projects", "unarchive", "garden"),
    ("projects", "rename", "web", "site"),
    ("clients", "rename", "nord", "Nord GmbH"),
    ("invoices", "add", "1", "--all", "-y"),
    ("invoices", "remove", "1"),
    ("start", "More", "-p", "unknown"),
    ("start", "No project"),
)
"""What is tried and then done, in this order."""


@pytest.fixture
def requests(home: Home, cable: Cable) -> list[bytes]:
    """The requests that the home sends, from its first one on."""
    sent: list[bytes] = []

    def note(request: bytes, passing: bytes) -> bytes:
        sent.append(request.partition(b"\r\n")[0])
        return passing

    cable.ask = note
    home.environ["CLOCKEYE_API_URL"] = cable.url
    home.ok("sync")
    sent.clear()
    return sent


def test_each_command_is_tried_and_then_done(home: Home, requests: list[bytes]) -> None:
    for args in DAY:
        home.later()
        there = home.rows()
        requests.clear()
        dry = home.run(*args, "--dry-run", "--json")
        assert {request[:4] for request in requests} <= {b"GET "}, args
        assert home.run("sync", "--status", "--json").data == [], args
        assert home.rows() == there
        hold_same_answer(dry, home.run(*args, "--json"))
        home.ok("sync")


def test_at_a_terminal_nothing_is_sent_behind_the_prompt(home: Home, requests: list[bytes]) -> None:
    home.environ["CLOCKEYE_SYNC_BACKGROUND"] = "true"
    before = files(home.home)
    result = home.ok("start", "Plan", "-p", "web", "--dry-run", terminal=True)
    assert result.out == "Started web: Plan, at 12:00.\nNothing is stored: --dry-run.\n"
    assert (requests, files(home.home)) == ([], before)


def test_an_unknown_project_is_looked_up_and_not_created(home: Home, requests: list[bytes]) -> None:
    """At a terminal the command itself would ask."""
    result = home.run("start", "Plan", "-p", "unknown", "--dry-run", terminal=True)
    assert result.code == 3
    assert requests == [b"GET /v1/projects HTTP/1.1"]


def test_what_waits_is_neither_sent_nor_counted(home: Home, requests: list[bytes], cable: Cable) -> None:
    cable.unplug()
    home.ok("add", "Call", "-p", "web", "--for", "1h")
    cable.plug()
    before = files(home.home)
    result = home.ok("stop", "--if-running", "--dry-run")
    assert (result.err, requests, files(home.home)) == ("", [], before)
