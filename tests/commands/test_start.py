"""`clockeye start` and `resume`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app import App


def test_the_very_first_start_says_how_to_go_on_and_no_other_does(app: App) -> None:
    first = app.ok("start", "Fix", "the", "login", "bug", "-p", "website")
    assert first.out == "Started website: Fix the login bug, at 12:00.\n"
    assert first.err == (
        "There is a new project: website. (`clockeye undo` takes this back.)\n"
        f"`clockeye stop` stops it. Your times are in {app.home}/local.db, on this computer alone.\n"
    )
    app.at("2026-11-20 12:30:00")
    second = app.ok("start", "Review")
    assert second.out == (
        "Stopped website: Fix the login bug, 12:00–12:30 (0:30:00).\nStarted Review, at 12:30.\n"
    )
    assert second.err == ""


def test_starting_with_a_timer_running_leaves_no_gap_and_no_overlap(app: App) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:10:07").ok("start", "Two")
    assert app.entries() == [
        ("2026-11-20 12:00:00", "2026-11-20 12:10:07", None, "One"),
        ("2026-11-20 12:10:07", "running", None, "Two"),
    ]


def test_if_idle_leaves_a_running_timer_alone_and_says_what_runs(app: App) -> None:
    app.ok("start", "One")
    result = app.at("2026-11-20 12:10:00").ok("start", "Two", "--if-idle")
    assert result.out == "Running already: One, since 12:00.\n"
    assert app.entries() == [("2026-11-20 12:00:00", "running", None, "One")]
