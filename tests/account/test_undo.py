"""`undo`, `redo` and projects on an account: it holds what is here, and what its API cannot do is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.account.test_writes import DAY, add

if TYPE_CHECKING:
    from tests.account.world import Home


def test_projects_of_an_account_cannot_be_merged_or_deleted(home: Home) -> None:
    home.ok("projects", "add", "other")
    for command in (["merge", "web", "other"], ["delete", "other"]):
        result = home.run("projects", *command)
        assert (result.code, "ClockEye's API cannot" in result.err) == (2, True)


@pytest.mark.both_storages
def test_undo_and_redo_on_an_account(home: Home) -> None:
    """Back and forth, sent in between or not: the account has what is here, once."""
    home.at(f"{DAY} 09:00:00").ok("start", "Plan", "-p", "web")
    local_id = home.at(f"{DAY} 10:00:00").ok("stop", "--json").data["local_id"]
    home.at(f"{DAY} 11:30:00")
    add(home, "10:00", "11:00", "Call")
    plan, call = (f"{DAY} 09:00", f"{DAY} 10:00", "Plan"), (f"{DAY} 10:00", f"{DAY} 11:00", "Call")
    home.at(f"{DAY} 12:00:00").ok("edit", "last", "-d", "Called")
    assert home.there() == [plan, (*call[:2], "Called")]
    home.ok("undo", "-n", "3", "-y")
    assert home.there() == [(f"{DAY} 09:00", "running", "Plan")]
    assert home.ok("status", "--json").data["description"] == "Plan"
    home.ok("redo", "-n", "2", "-y")
    assert home.there() == [plan, call]
    assert home.ok("edit", local_id, "--no-billable", "--json").data[0]["local_id"] == local_id
    home.ok("undo")
    home.ok("undo")
    home.ok("redo")
    home.ok("undo")
    assert home.there() == [plan]
    home.ok("redo")
    assert home.there() == [plan, call]
    assert home.ok("sync", "--status", "--json").data == []
