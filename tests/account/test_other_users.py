"""What a manager does to a colleague's entry stays the colleague's, or is refused; nobody else gets it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
import pytest

from tests import tcp_server
from tests.app import App
from tests.sync.service import COLLEAGUE, ME, NOON, Service

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"
EVERYBODY = ("--user", "all")


@pytest.fixture
def boss(own_site: Site, tmp_path: Path) -> Home:
    boss = own_site.home(tmp_path / "boss", own_site.boss)
    boss.environ["CLOCKEYE_USER"] = own_site.boss.user_id
    return boss


def test_edit_split_delete_and_undo_of_a_colleagues_entry_leave_it_hers(
    own_site: Site, boss: Home, tmp_path: Path
) -> None:
    grace = own_site.home(tmp_path / "grace", own_site.key("Grace", user=own_site.user("Grace")))
    hers = grace.post("Compiler", f"{DAY} 08:00", f"{DAY} 10:00")
    boss.ok("log", *EVERYBODY)
    boss.ok("edit", hers, "-d", "Linker")
    boss.later().ok("split", hers, "--at", "9:00")
    halves = [(f"{DAY} 08:00", f"{DAY} 09:00", "Linker"), (f"{DAY} 09:00", f"{DAY} 10:00", "Linker")]
    assert grace.there() == halves
    boss.later().ok("delete", hers, "-y")
    assert grace.there() == halves[1:]
    boss.later().ok("undo")
    assert grace.there() == halves
    boss.later().ok("undo")
    boss.later().ok("undo")
    assert grace.there() == [(f"{DAY} 08:00", f"{DAY} 10:00", "Compiler")]
    assert boss.there() == []
    rows = boss.later().ok("report", "--today", "--by", "user", *EVERYBODY, "--json").data
    assert {row["user"]: row["duration"] for row in rows}["grace@example.com"] == 7200
    started = boss.ok("resume", grace.rows()[0]["id"])
    boss.later(600).ok("stop")
    assert "Compiler" in started.out
    assert [row[2] for row in boss.there()] == ["Compiler"]  # whoever works on it now has the time


def served(service: Service) -> Callable[[socket.socket, bytes], None]:
    """The service in memory on a socket."""

    def act(connection: socket.socket, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        response = service.handle(httpx.Request(method, f"http://127.0.0.1:1{target}", content=body))
        status = f"{response.status_code} {HTTPStatus(response.status_code).phrase}"
        connection.sendall(tcp_server.answer(response.content, status=status))

    return act


def test_an_undo_that_the_service_credits_to_somebody_else_ends_with_6(tmp_path: Path) -> None:
    service = Service()
    service.add("Compiler", NOON - 7200, NOON - 3600, user=COLLEAGUE)
    service.users_of_others = "ignores"
    with tcp_server.listening(served(service)) as listening:
        home = App(tmp_path)
        home.environ |= {"CLOCKEYE_API_URL": listening.url, "CLOCKEYE_API_KEY": "ck_test"}
        (row,) = home.ok("log", *EVERYBODY, "--json").data
        home.ok("delete", row["id"], "-y")
        undone = home.run("undo")
        assert (undone.code, service.entries) == (6, {})
        local_id = row["local_id"]
        reason = f"ClockEye stored this entry for user {ME} instead of {COLLEAGUE}; its deletion is queued."
        assert f"{local_id}: {reason}" in undone.err
        home.ok("sync", "resolve", local_id, "--drop")
        assert home.ok("log", *EVERYBODY, "--json").data == []


def test_an_undo_that_the_service_refuses_ends_with_6_and_the_next_with_3(tmp_path: Path) -> None:
    service = Service()
    for number in range(2):
        service.add(f"Task {number}", NOON - 7200 + number * 600, NOON - 6900 + number * 600, user=COLLEAGUE)
    service.users_of_others = "refuses"
    with tcp_server.listening(served(service)) as listening:
        home = App(tmp_path)
        home.environ |= {"CLOCKEYE_API_URL": listening.url, "CLOCKEYE_API_KEY": "ck_test"}
        first, second = home.ok("log", *EVERYBODY, "--json").data
        home.ok("delete", first["id"], "-y")
        assert home.run("undo").code == 6
        home.ok("sync", "resolve", first["local_id"], "--drop")
        home.ok("delete", second["id"], "-y")
        refused = home.run("undo", "--json")
        assert (refused.code, refused.out, '"user_refused"' in refused.err) == (3, "", True)
        assert home.ok("sync", "--status", "--json").data == []
        assert service.entries == {}
