"""`clockeye undo` and `history`: every command that writes can be taken back, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.__main__ import run
from clockeye_cli.session import World
from tests.app import Stream
from tests.plain import plain, refused, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app import App


def state(app: App) -> Any:
    """All that commands can change, ids of projects and the timer aside (an undone stop gives a new one)."""
    rows = app.ok("log", "--all", "--json").data
    entries = [
        (row["id"] if not row["running"] else "", *(row[key] for key in row if not key.endswith("id")))
        for row in rows
    ]
    projects = app.ok("projects", "list", "--all", "--json").data
    return entries, [tuple(row.values()) for row in projects]


@pytest.fixture
def day(app: App) -> App:
    """Two entries of two projects and a timer."""
    app.ok("projects", "add", "unused")
    app.ok("add", "One", "-p", "web", "--from", "9", "--to", "10", "--key", "one")
    app.ok("add", "Two #bug", "-p", "acme", "--from", "10", "--to", "11")
    app.ok("start", "Timer", "-p", "web", "--at", "11:30")
    return app


COMMANDS = [
    ["start", "Next", "-p", "new"],
    ["start", "Next", "--at", "11:45"],
    ["start", "-"],
    ["resume", "last-1"],
    ["stop"],
    ["stop", "--at", "11:45", "-d", "Other", "-p", "new", "-t", "x"],
    ["cancel", "-y"],
    ["add", "Three", "-p", "new", "--from", "8:30", "--to", "9", "--key", "k"],
    ["edit", "last", "last-1", "-d", "Same", "-p", "new"],
    ["edit", "last", "--from", "10:30"],
    ["edit", "current", "--from", "11:15", "-d", "Moved"],
    ["split", "last", "--at", "10:30", "--gap", "5m"],
    ["split", "current", "--at", "11:40"],
    ["delete", "last", "last-1", "-y"],
    ["projects", "add", "new", "newer", "--billable"],
    ["projects", "rename", "web", "website"],
    ["projects", "archive", "web", "acme"],
    ["projects", "merge", "web", "acme"],
    ["projects", "delete", "unused"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_undo_takes_back_every_command_that_writes(day: App, command: list[str]) -> None:
    before = state(day)
    day.ok(*command)
    assert state(day) != before
    day.ok("undo", "-y")
    assert state(day) == before


@pytest.mark.parametrize("second", COMMANDS, ids=" ".join)
def test_undo_twice_goes_back_two_commands(day: App, second: list[str]) -> None:
    states = [state(day)]
    for command in (["add", "Between", "--from", "8", "--to", "8:30"], second):
        day.ok(*command)
        states.append(state(day))
    day.ok("undo", "-y")
    assert state(day) == states[1]
    day.ok("undo", "-y")
    assert state(day) == states[0]


def test_undo_says_what_it_undid_and_what_that_changed(app: App) -> None:
    app.ok("add", "Two words", "-p", "web", "--from", "9", "--to", "10")
    app.ok("edit", "last", "-d", "Better")
    app.ok("delete", "last", "-y")
    assert said(app.ok("undo"))[1] == (
        "Undone: clockeye delete last -y\n  + te_1: web: Better, 09:00–10:00 (1:00:00)\n"
    )
    assert said(app.ok("undo"))[1] == (
        "Undone: clockeye edit last -d Better\n"
        "  ~ te_1: web: Two words, 09:00–10:00 (1:00:00); was web: Better\n"
    )
    assert said(app.ok("undo"))[1] == (
        "Undone: clockeye add 'Two words' -p web --from 9 --to 10\n"
        "  - te_1: web: Two words, 09:00–10:00 (1:00:00)\n"
        "  - project: web\n"
    )
    assert refused(app, "undo") == (
        3,
        "clockeye: Nothing to undo.\n  `clockeye history` shows past commands.\n",
    )


def test_undo_of_a_running_start_asks_first_for_its_time_would_be_lost(app: App) -> None:
    app.ok("start", "One", "-p", "web", terminal=True)
    app.at("2026-11-20 12:20:00")
    question = "Undo `clockeye start One -p web`, and discard the time of web: One, since 12:00?"
    assert refused(app, "undo") == (
        2,
        f"clockeye: {question} Cannot ask: not running interactively.\n  Answer with -y.\n",
    )
    assert said(app.ok("undo", terminal=True, stdin="n\n")) == (
        0,
        "",
        f"{question} [y/N] Nothing was changed.\n",
    )
    assert said(app.ok("undo", terminal=True, stdin="y\n")) == (
        0,
        "Undone: clockeye start One -p web\n  - timer: web: One, since 12:00\n  - project: web\n",
        f"{question} [y/N] ",
    )
    assert app.entries() == []


def test_the_lost_span_stays_in_the_history(app: App) -> None:
    app.ok("start", "One", "-p", "web")
    app.at("2026-11-20 12:20:00").ok("undo", "-y")
    assert said(app.ok("history", "--columns", "at,command,changes,undone"))[1] == (
        "at\tcommand\tchanges\tundone\n"
        "2026-11-20T12:20:00+01:00\tclockeye undo -y\t- timer: web: One, since 12:00; - project: web\tfalse\n"
        "2026-11-20T12:00:00+01:00\tclockeye start One -p web\t+ project: web;"
        " + timer: web: One, since 12:00\ttrue\n"
    )


def test_undo_of_a_switch_asks_and_brings_the_first_timer_back(app: App) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:10:00").ok("start", "Two")
    app.at("2026-11-20 12:20:00")
    assert refused(app, "undo")[0] == 2
    app.ok("undo", "-y")
    assert app.entries() == [("2026-11-20 12:00:00", "running", None, "One")]


@pytest.mark.parametrize("command", [["stop"], ["edit", "current", "-d", "x"], ["cancel", "-y"]])
def test_undo_that_loses_no_time_asks_nothing(app: App, command: list[str]) -> None:
    app.ok("start", "One")
    app.at("2026-11-20 12:20:00").ok(*command)
    app.ok("undo")
    assert app.entries() == [("2026-11-20 12:00:00", "running", None, "One")]


def test_undo_of_a_stop_brings_the_timer_back_under_a_new_id(app: App) -> None:
    former = app.ok("start", "One", "--json").data["id"]
    app.ok("stop")
    data = app.ok("undo", "--json").data
    assert [(row["id"] == former, row["running"]) for row in data] == [(True, False), (False, True)]


def test_undo_is_itself_not_undone(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    app.ok("undo")
    assert refused(app, "undo")[0] == 3


class Meanwhile(Stream):
    """A terminal at which somebody answers yes, after something else was done elsewhere."""

    def __init__(self, do: Callable[[], object]) -> None:
        super().__init__("y\n", terminal=True)
        self._do = do

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override] # as TextIOWrapper has it
        self._do()
        return super().readline(size)


@pytest.mark.parametrize(
    ("command", "meanwhile", "err"),
    [
        (
            ["undo"],
            ["add", "Other", "--from", "9", "--to", "10"],
            "Another command has run in the meantime.\n  `clockeye history` shows it.\n",
        ),
        (
            ["cancel"],
            ["start", "Other"],
            "The running timer has changed in the meantime.\n  `clockeye status` shows it.\n",
        ),
        (
            ["delete", "last"],
            ["edit", "last", "-d", "Other"],
            "te_1 has changed in the meantime.\n  Nothing was deleted; try again.\n",
        ),
    ],
)
def test_what_changes_while_a_question_is_open_is_left_alone(
    app: App, command: list[str], meanwhile: list[str], err: str
) -> None:
    app.ok("add", "There", "--from", "8", "--to", "8:30")
    app.ok("start", "Timer")
    stderr, stdout = Stream(terminal=True), Stream(terminal=True)
    stdin = Meanwhile(lambda: app.ok(*meanwhile))
    code = run(command, World(app.environ, stdin, stdout, stderr, lambda: app.now))
    assert (code, stdout.everything()) == (3, "")
    assert plain(stderr.everything()).endswith(f"clockeye: {err}")


def test_undo_where_something_is_no_longer_as_the_command_left_it(app: App) -> None:
    app.ok("add", "One", "--from", "9", "--to", "10")
    import sqlite3

    connection = sqlite3.connect(app.home / "local.db")
    with connection:
        connection.execute("UPDATE entries SET description = 'By another program'")
    connection.close()
    assert refused(app, "undo") == (
        3,
        "clockeye: The entry te_1 has changed since that command.\n"
        "  `clockeye history` shows past commands; `clockeye edit ENTRY` changes an entry.\n",
    )
    error = app.run("undo", "--json").err
    assert '"code": "changed_since"' in error


def test_history_lists_the_latest_first_and_at_most_so_many(day: App) -> None:
    rows = day.ok("history", "-n", "2", "--json").data
    assert [row["command"] for row in rows] == [
        "clockeye start Timer -p web --at 11:30",
        "clockeye add 'Two #bug' -p acme --from 10 --to 11",
    ]
    assert day.ok("history", "-n", "0", "--json").data == []
    row = rows[0]
    assert {key: type(value).__name__ for key, value in row.items()} == {
        "at": "str",
        "command": "str",
        "changes": "str",
        "undone": "bool",
        "entries": "list",
        "step": "int",
        "actor": "str",
    }
    assert row["at"] == "2026-11-20T11:00:00Z"
    assert row["entries"] == [day.ok("status", "--json").data["id"]]


def test_history_of_nothing(app: App) -> None:
    assert said(app.ok("history")) == (0, "at\tcommand\tchanges\tundone\n", "")
    assert said(app.ok("history", terminal=True)) == (0, "No command has changed anything yet.\n", "")
    assert app.ok("history", "--json").data == []


def test_commands_that_only_read_or_are_refused_leave_no_trace(day: App) -> None:
    before = len(day.ok("history", "--json").data)
    for args in (["log"], ["report"], ["status"], ["projects"], ["doctor"], ["start", "x", "--if-idle"]):
        day.ok(*args)
    day.run("add", "x", "--from", "9", "--to", "9:30")
    assert len(day.ok("history", "--json").data) == before
