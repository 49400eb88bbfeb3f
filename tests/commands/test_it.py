"""`it` is what your latest command touched; `last` is the entry that ended last, and never after now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    """Three entries, of which the first was added last, and a timer."""
    app.ok("add", "Two", "--from", "10", "--to", "10:30")
    app.ok("add", "Three", "--from", "10:30", "--to", "11")
    app.ok("start", "Timer", "--at", "11:30")
    app.ok("add", "One", "--from", "8", "--to", "9")
    return app


CASES = [
    ([], "One"),
    ([["edit", "last", "-d", "Edited"]], "Edited"),
    ([["start", "Next"]], "Next"),
    ([["stop"]], "Timer"),
    ([["resume", "last"]], "Three"),
    ([["split", "last", "--at", "10:45", "--gap", "5m"]], "Three"),
    ([["edit", "last-1", "last-2", "-d", "Both"]], "Both"),
    ([["stop"], ["undo"]], "Timer"),
    ([["stop"], ["undo"], ["redo"]], "Timer"),
    ([["delete", "last", "-y"], ["undo"]], "Three"),
    ([["cancel", "-y"], ["undo"]], "Timer"),
    ([["edit", "last", "-d", "Edited"], ["undo"]], "Three"),
    ([["projects", "add", "web"], ["log"], ["history"]], "One"),
]


@pytest.mark.parametrize(("commands", "text"), CASES)
def test_it_is_what_the_latest_command_changed(day: App, commands: list[list[str]], text: str) -> None:
    for command in commands:
        day.ok(*command)
    assert day.ok("edit", "it", "--no-billable", "--json").data[0]["description"] == text


def test_it_after_a_split_is_the_second_part(day: App) -> None:
    second = day.ok("split", "last", "--at", "10:45", "--json").data[1]["id"]
    assert day.ok("edit", "it", "-d", "x", "--json").data[0]["id"] == second


def test_it_that_was_deleted_is_named(day: App) -> None:
    day.ok("delete", "it", "-y")
    assert refused(day, "edit", "it", "-d", "x") == (
        3,
        "clockeye: `it` is the entry that your latest command changed, te_1, which no longer exists.\n"
        "  `clockeye history` shows what became of it; `last` is your latest entry.\n",
    )


def test_it_before_any_command(app: App) -> None:
    assert refused(app, "delete", "it", "-y") == (
        3,
        "clockeye: `it` is the entry that your latest command changed;"
        " no command of yours has changed one yet.\n"
        "  `last` is your latest entry; `clockeye log` shows ids in its first column.\n",
    )


def test_it_is_each_actors_own(app: App) -> None:
    app.ok("add", "Person's", "--from", "8", "--to", "9", terminal=True)
    app.ok("add", "Script's", "--from", "9", "--to", "10")
    app.environ["CLOCKEYE_ACTOR"] = "robot"
    app.ok("add", "Robot's", "--from", "10", "--to", "11", terminal=True)
    assert app.ok("edit", "it", "--no-billable", "--json").data[0]["description"] == "Robot's"
    del app.environ["CLOCKEYE_ACTOR"]
    for terminal, text in ((True, "Person's"), (False, "Script's")):
        result = app.ok("edit", "it", "--no-billable", "--json", terminal=terminal)
        assert result.data[0]["description"] == text


def test_an_entry_in_the_future_is_never_last(app: App) -> None:
    app.at("2027-01-10 12:00:00").ok("add", "Clock was wrong", "--for", "1h")
    app.at("2026-11-20 12:00:00")
    assert refused(app, "resume") == (
        3,
        "clockeye: All of your entries end in the future.\n  `clockeye log --all` lists them.\n",
    )
    app.ok("add", "Now", "--for", "1h")
    for command in (["resume"], ["start", "-"]):
        assert said(app.ok(*command))[1].splitlines()[-1] == "Started Now, at 12:00."
        app.ok("cancel", "-y")
    assert app.ok("edit", "last", "-d", "Edited", "--json").data[0]["ended_at"] == "2026-11-20T11:00:00Z"
    assert refused(app, "edit", "last-1", "-d", "x")[0] == 3
