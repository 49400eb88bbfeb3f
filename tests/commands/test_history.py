"""`clockeye history`: how much it shows, and `history.keep`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import Project
from clockeye_cli.store import history
from clockeye_cli.store.database import connect, transaction
from clockeye_cli.store.history import Change
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests.plain import plain, refused

if TYPE_CHECKING:
    from tests.app import App


def commands(app: App, *args: str) -> list[str]:
    return [row["command"] for row in app.ok("history", "--json", *args).data]


@pytest.fixture
def long(app: App) -> App:
    app.environ["NO_COLOR"] = "1"
    for minute in range(25):
        app.ok("add", f"Entry {minute}", "--from", f"9:{minute:02}", "--for", "1m")
    return app


def test_a_person_sees_the_latest_commands_and_that_there_are_more(long: App) -> None:
    result = long.ok("history", terminal=True)
    titles = [line for line in plain(result.out).splitlines() if line.startswith("2026-")]
    assert len(titles) == 20
    assert titles[0].endswith("clockeye add 'Entry 24' --from 9:24 --for 1m")
    assert result.err == "Only the latest 20 commands are shown; `-n COUNT` shows more.\n"
    assert long.ok("history", "-q", terminal=True).err == ""
    for args in (("-n", "25"), ("-n", "3")):
        assert long.ok("history", *args, terminal=True).err == ""
    for _ in range(5):
        long.ok("undo")
    assert "(undone)" in long.ok("history", terminal=True).out


def test_a_program_gets_all_commands(long: App) -> None:
    assert len(commands(long)) == 25
    assert len(long.ok("history").out.splitlines()) == 1 + 25
    assert len(long.ok("history", "--json", terminal=True).data) == 25
    assert commands(long, "-n", "2") == [
        "clockeye add 'Entry 24' --from 9:24 --for 1m",
        "clockeye add 'Entry 23' --from 9:23 --for 1m",
    ]
    assert commands(long, "-n", "0") == []


def test_nothing_to_list(app: App) -> None:
    for args in ((), ("-n", "5"), ("--columns", "command")):
        result = app.ok("history", *args, terminal=True)
        assert (result.out, result.err) == ("No command has changed anything yet.\n", "")


def test_more_commands_than_are_read_at_once_are_listed_each_once_and_some_are_kept(app: App) -> None:
    app.ok("start", "First")
    path = app.home / "local.db"
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection, transaction(connection):
        for number in range(2, 4_502):
            change = Change(None, Project(f"prj_{number:012}", f"p{number}"))
            history.record(connection, app.now, ["projects", "add", f"p{number}"], [change])
    steps = [row["step"] for row in app.ok("history", "--json").data]
    assert steps == [*range(4_501, 0, -1)]
    app.ok("config", "set", "history.keep", "1000")
    app.ok("stop")
    assert [row["step"] for row in app.ok("history", "--json").data] == [*range(4_502, 3_502, -1)]
    app.ok("config", "unset", "history.keep")
    app.ok("undo")
    assert [row["step"] for row in app.ok("history", "--json").data] == [*range(4_503, 3_502, -1)]


@pytest.mark.parametrize("value", ["999", "0", "-5000", "many", "1e4", "²000"])
def test_too_few_commands_to_keep_are_refused(app: App, value: str) -> None:
    assert refused(app, "config", "set", "--", "history.keep", value) == (
        2,
        f"clockeye: Invalid value {value!r} for history.keep: expected a number of commands, at least 1000,"
        " or nothing for all.\n  `clockeye config set history.keep VALUE` sets it: how many commands the"
        " history keeps, such as 5000; empty for all.\n",
    )
    app.environ["CLOCKEYE_HISTORY_KEEP"] = value
    code, err = refused(app, "start", "Work")
    assert (code, err.partition(":")[2].partition(" (")[0]) == (
        2,
        f" Invalid value {value!r} for history.keep",
    )
    del app.environ["CLOCKEYE_HISTORY_KEEP"]
    assert app.entries() == []
