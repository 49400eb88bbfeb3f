"""What an account changes in a closed period: reading is not blocked, and the change is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.account.world import Home

LAST_MONTH = ("log", "october", "--refresh", "--json")


@pytest.fixture
def closed(home: Home) -> tuple[Home, str, str]:
    """Two entries of October that were read, and books that are closed until its end."""
    changed = home.post("Design", "2026-10-05 09:00", "2026-10-05 10:00")
    kept = home.post("Mail", "2026-10-06 09:00", "2026-10-06 10:00")
    first = home.ok("config", "set", "closed_until", "2026-10-31") and home.ok(*LAST_MONTH)
    assert (first.json["meta"]["closed_changes"], "closed" in first.err) == ([], False)
    return home, changed, kept


def checked(home: Home) -> dict[str, str]:
    return {row["check"]: row["value"] for row in home.run("doctor", "--json").data}


def test_what_other_computers_billed_is_unknown(closed: tuple[Home, str, str]) -> None:
    home, _, _ = closed
    unknown = "What another computer has billed is unknown here: ClockEye's API has no invoices.\n"
    for command in ("report", "log"):
        assert home.ok(command, "october", "--unbilled").err == unknown
        assert home.ok(command, "october").err == ""
    home.ok("invoices", "add", "outside", "october", "-y")
    assert "closed" not in checked(home)
    assert checked(home)["invoices"] == (
        "1 invoice, on this computer only: ClockEye's API has no invoices,"
        " so another computer can bill the same entries"
    )


def test_a_change_a_deletion_and_a_new_entry_are_named(closed: tuple[Home, str, str]) -> None:
    home, changed, kept = closed
    home.put(changed, description="Design review")
    home.remove(kept)
    home.post("Late", "2026-10-07 09:00", "2026-10-07 10:00")
    shown = home.later().ok(*LAST_MONTH)
    assert [row["description"] for row in shown.data] == ["Design review", "Late"]
    assert len(shown.json["meta"]["closed_changes"]) == 3
    assert "3 entries of the closed period changed on the account: " in shown.err
    assert "The books are closed until 2026-10-31." in shown.err
    ids = ", ".join(shown.json["meta"]["closed_changes"])
    again = home.later().ok(*LAST_MONTH)
    assert (again.json["meta"]["closed_changes"], "closed" in again.err) == ([], False)
    assert (
        checked(home)["closed"]
        == f"the account last changed entries of the closed period on 2026-11-20: {ids}"
    )


def test_days_that_are_read_for_the_first_time_are_no_changes(closed: tuple[Home, str, str]) -> None:
    home, _, _ = closed
    home.post("Earlier", "2026-09-07 09:00", "2026-09-07 10:00")
    shown = home.later().ok("log", "september", "--json")
    assert [row["description"] for row in shown.data] == ["Earlier"]
    assert shown.json["meta"]["closed_changes"] == []


def test_the_open_period_is_not_named_and_without_closed_books_there_is_no_field(home: Home) -> None:
    entry = home.post("Today", "2026-11-20 09:00", "2026-11-20 10:00")
    assert "closed_changes" not in home.ok("log", "--json").json["meta"]
    home.ok("config", "set", "closed_until", "2026-10-31")
    home.put(entry, description="Changed")
    assert home.later().ok("log", "--json").json["meta"]["closed_changes"] == []


def test_sync_names_them_too(home: Home) -> None:
    entry = home.post("Design", "2026-11-10 09:00", "2026-11-10 10:00")
    home.ok("sync")
    home.ok("config", "set", "closed_until", "2026-11-15")
    home.put(entry, end_time="2026-11-10T09:30:00Z")
    assert "1 entry of the closed period changed on the account: te_" in home.later().ok("sync").err
