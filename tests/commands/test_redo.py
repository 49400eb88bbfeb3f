"""`clockeye redo` and `undo -n`: back and forth through the history, and whose commands they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.test_undo import COMMANDS, state
from tests.plain import refused, said

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def day(app: App) -> App:
    """Two entries of two projects and a timer."""
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10")
    app.ok("add", "Two #bug", "-p", "acme", "--from", "10", "--to", "11")
    app.ok("start", "Timer", "-p", "web", "--at", "11:30")
    return app


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_redo_repeats_every_command_that_was_undone(day: App, command: list[str]) -> None:
    before = state(day)
    day.ok(*command)
    after = state(day)
    day.ok("undo", "-y")
    day.at("2026-11-20 12:30:00").ok("redo", "-y")
    day.at("2026-11-20 12:00:00")
    assert state(day) == after
    day.ok("undo", "-y")
    assert state(day) == before


def test_redo_says_what_it_redid_and_is_a_command_of_its_own(app: App) -> None:
    app.ok("add", "Two words", "-p", "web", "--from", "9", "--to", "10")
    app.ok("undo")
    redone = (
        "Redone: clockeye add 'Two words' -p web --from 9 --to 10\n"
        "  + project: web\n"
        "  + te_1: web: Two words, 09:00–10:00 (1:00:00)\n"
    )
    assert said(app.ok("redo"))[1] == redone
    assert said(app.ok("undo"))[1] == (
        "Undone: clockeye add 'Two words' -p web --from 9 --to 10\n"
        "  - te_1: web: Two words, 09:00–10:00 (1:00:00)\n"
        "  - project: web\n"
    )
    assert said(app.ok("redo"))[1] == redone
    assert refused(app, "redo") == (
        3,
        "clockeye: Nothing to redo.\n  `clockeye history` shows past commands.\n",
    )
    commands = [row["command"] for row in app.ok("history", "--json").data]
    assert commands[:3] == ["clockeye redo", "clockeye undo", "clockeye redo"]


def test_redo_ends_where_another_command_writes(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    app.ok("undo")
    app.ok("log")
    app.ok("add", "Two", "--from", "9", "--to", "10")
    assert '"code": "nothing_to_redo"' in app.run("redo", "--json").err


def test_several_are_undone_and_redone_at_once_or_none(day: App) -> None:
    states = [state(day)]
    for command in (["stop"], ["edit", "last", "-d", "Better"], ["add", "Early", "--from", "7", "--to", "8"]):
        day.ok(*command)
        states.append(state(day))
    assert [line for line in said(day.ok("undo", "-n", "3", "-y"))[1].splitlines() if line[0] != " "] == [
        "Undone: clockeye add Early --from 7 --to 8",
        "Undone: clockeye edit last -d Better",
        "Undone: clockeye stop",
    ]
    assert state(day) == states[0]
    day.ok("redo", "-n", "2")
    assert state(day) == states[2]
    assert refused(day, "redo", "-n", "2") == (
        3,
        "clockeye: Cannot redo 2 commands: only 1 can be redone.\n"
        "  Nothing was changed. `clockeye redo -n 1` goes back as far as possible.\n",
    )
    assert state(day) == states[2]
    assert refused(day, "undo", "-n", "6", "-y")[0] == 3
    assert state(day) == states[2]


def test_undo_of_several_asks_once_and_names_what_is_lost(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10", terminal=True)
    app.ok("start", "Two", terminal=True)
    app.at("2026-11-20 12:20:00")
    assert said(app.ok("undo", "-n", "2", terminal=True, stdin="n\n"))[2] == (
        "`clockeye start Two`, and discard the time of Two, since 12:00\n"
        "`clockeye add One --from 9 --to 10`\n"
        "Undo these 2 commands? [y/N] Nothing was changed.\n"
    )


@pytest.mark.parametrize("count", ["0", "-1", "x", ""])
def test_no_number_of_commands(app: App, count: str) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    assert app.run("undo", "-n", count).code == 2
    assert app.run("redo", "-n", count).code == 2


def test_undo_asks_before_it_reverts_what_somebody_else_ran(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    app.at("2026-11-21 12:00:00")
    assert said(app.ok("undo", terminal=True, stdin="n\n"))[2] == (
        "Undo `clockeye add One --from 9 --to 10`, which a script ran at 2026-11-20 12:00? [y/N]"
        " Nothing was changed.\n"
    )
    app.ok("undo")  # the script itself is not asked


def test_an_actor_undoes_its_own_commands_only(app: App) -> None:
    app.ok("add", "Mine", "--from", "8", "--to", "9", terminal=True)
    app.environ["CLOCKEYE_ACTOR"] = "robot"
    app.ok("add", "Its", "--from", "9", "--to", "10")
    del app.environ["CLOCKEYE_ACTOR"]
    app.ok("add", "Script's", "--from", "10", "--to", "11")
    app.environ["CLOCKEYE_ACTOR"] = "robot"
    app.ok("undo")
    assert refused(app, "undo")[0] == 3
    app.ok("redo")
    del app.environ["CLOCKEYE_ACTOR"]
    app.ok("undo", "-n", "2", "-y", terminal=True)
    assert [row[3] for row in app.entries()] == ["Its"]
    assert refused(app, "undo")[0] == 3
    assert said(app.ok("undo", "--actor", "robot", terminal=True, stdin="y\n"))[2] == (
        "Undo `clockeye add Its --from 9 --to 10`, which robot ran at 12:00? [y/N] "
    )
    assert app.entries() == []
    actors = [row["actor"] for row in app.ok("history", "--json").data]
    assert actors == ["person", "person", "person", "robot", "robot", "script", "robot", "person"]
    assert len(app.ok("history", "--actor", "script", "--json").data) == 1


def test_the_history_names_whoever_is_not_a_person(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10", terminal=True)
    app.ok("edit", "last", "-d", "Two")
    app.environ["NO_COLOR"] = "1"
    assert [line for line in app.ok("history", terminal=True).out.splitlines() if line[:1] == "2"] == [
        "2026-11-20 12:00  clockeye edit last -d Two  (by a script)",
        "2026-11-20 12:00  clockeye add One --from 9 --to 10",
    ]


def test_an_actor_that_cannot_be_stored_is_refused(app: App) -> None:
    for name in ("\udcff", "x" * 101):
        app.environ["CLOCKEYE_ACTOR"] = name
        assert app.run("add", "One", "--for", "1h").code == 2
        assert app.ok("status").out == "No timer is running.\n"
