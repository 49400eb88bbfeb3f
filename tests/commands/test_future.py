"""Entries that end in the future are named by `log` and `doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.plain import said

if TYPE_CHECKING:
    from tests.app import App

LATER = "te_1: web: Planned, 2027-01-10 11:00–12:00 (1:00:00)"


def test_an_entry_in_the_future_is_named_by_log_and_doctor(app: App) -> None:
    app.at("2027-01-10 12:00:00").ok("add", "Planned", "-p", "web", "--for", "1h")
    app.at("2026-11-20 12:00:00").ok("add", "Now", "--for", "1h")
    notice = f"1 entry ends in the future: {LATER}. `clockeye edit ENTRY` corrects a wrong time.\n"
    for args in (["log"], ["log", "--all"], ["log", "--json"]):
        assert said(app.ok(*args))[2].endswith(notice)
    findings = {row["check"]: row for row in app.ok("doctor", "--json").data}
    assert (findings["future"]["ok"], findings["future"]["value"].startswith("1 entry ends")) == (True, True)
    app.at("2027-01-10 12:00:00")
    assert app.ok("log").err == ""
    assert {row["check"]: row["value"] for row in app.ok("doctor", "--json").data}["future"] == (
        "no entry ends in the future"
    )


def test_of_many_the_first_are_named(app: App) -> None:
    app.at("2027-01-10 12:00:00")
    for hour in range(7):
        app.ok("add", f"No {hour}", "--from", f"{hour}:00", "--to", f"{hour}:30")
    err = app.at("2026-11-20 12:00:00").ok("log").err
    assert err.startswith("More than 5 entries end in the future: te_")
    assert (err.count("No "), "; and more." in err) == (5, True)
