"""Hooks on an account: after the delivery, with the account's ids, and for `sync`."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site


@pytest.fixture
def home(own_site: Site, tmp_path: Path) -> Home:
    made = own_site.home(tmp_path / "home", own_site.key("Ada"))
    made.ok("sync")
    folder = made.home / "hooks"
    folder.mkdir(mode=0o755)
    for event in ("add", "sync"):
        hook = folder / event
        lock = f"{shutil.which('flock') or 'true'} -n {made.home}/env.sender.lock true"
        hook.write_text(f"#!/bin/sh\ncat > {made.home}/{event}.json\n{lock} || echo locked\n")
        hook.chmod(0o755)
    return made


def told(home: Home, event: str) -> Any:
    return json.loads((home.home / f"{event}.json").read_text())["data"]


def test_a_hook_comes_after_the_delivery_and_holds_up_no_sender(home: Home) -> None:
    result = home.ok("add", "Review", "-p", "web", "--for", "1h")
    assert result.err == ""
    assert [row["id"] for row in told(home, "add")] == [home.rows()[0]["id"]]


def test_a_hook_also_gets_what_the_account_refuses(home: Home, own_site: Site) -> None:
    own_site.stop()
    own_site.start([{"method": "POST", "path": "/time-entries", "do": "refuse", "status": 400}])
    assert home.run("add", "Review", "-p", "web", "--for", "1h").code == 6
    assert [row["description"] for row in told(home, "add")] == ["Review"]


def test_sync_tells_what_it_did(home: Home) -> None:
    home.post("There", "2026-11-20 09:00", "2026-11-20 10:00")
    result = home.ok("sync", "--json")
    assert told(home, "sync") == result.data == {"sent": 0, "changed": 1, "removed": 0}
    assert result.err == ""
