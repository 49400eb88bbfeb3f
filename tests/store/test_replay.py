"""doctor replays the history, and names rows that were changed behind its back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.store.test_damaged import filled

if TYPE_CHECKING:
    from tests.app import App


def finding(app: App) -> tuple[int, bool, str]:
    """The exit code of `doctor`, and what it says of the history."""
    result = app.run("doctor", "--json")
    (row,) = [row for row in json.loads(result.out)["data"] if row["check"] == "history"]
    return result.code, row["ok"], row["value"]


def change(app: App, statement: str) -> None:
    with closing(sqlite3.connect(app.home / "local.db")) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()


def test_rows_are_as_the_history_says_after_every_kind_of_command(app: App) -> None:
    filled(app, 5)
    app.at("2026-11-20 14:00:00")
    for args in (
        ("stop",),
        ("split", "last", "--at", "13:00"),
        ("edit", "last", "-d", "Other", "-p", "new"),
        ("projects", "rename", "new", "newer"),
        ("projects", "archive", "newer"),
        ("undo",),
        ("start", "Again"),
        ("cancel", "-y"),
        ("undo",),
        ("delete", "last", "-y"),
    ):
        app.ok(*args)
    code, is_ok, value = finding(app)
    assert (code, is_ok) == (0, True)
    assert value.endswith(" rows compared; all match the history")
    assert int(value.partition(" ")[0]) > 10


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET ended_at = ended_at + 3600 WHERE local_id = '{id}'",
        "UPDATE entries SET description = 'Antry 1' WHERE local_id = '{id}'",
        "UPDATE entries SET billable = 1 - billable WHERE local_id = '{id}'",
        "DELETE FROM entries WHERE local_id = '{id}'",
        "UPDATE timer SET started_at = started_at - 60",
        "UPDATE projects SET archived = 1 WHERE name = 'project 1'",
        "UPDATE add_keys SET local_id = 'te_000000000000' WHERE key = 'k1'",
    ],
)
def test_a_possible_row_that_the_history_does_not_say_is_named(statement: str, app: App) -> None:
    filled(app, 5)
    row = app.ok("log", "--all", "--json").data[0]
    change(app, statement.format(id=row["id"]))
    code, is_ok, value = finding(app)
    assert (code, is_ok) == (7, False)
    assert " rows compared; 1 does not match the history: " in value
    assert "{id}" not in statement or value.endswith(row["id"])
    app.ok("doctor", "--repair")
    assert finding(app)[:2] == (0, True)


def test_a_repair_names_the_rows_that_are_lost_or_not_as_the_history_says(app: App) -> None:
    filled(app, 5)
    first, second = (row["id"] for row in app.ok("log", "--all", "--json").data[:2])
    with closing(sqlite3.connect(app.home / "local.db")) as connection:
        connection.execute("PRAGMA ignore_check_constraints=1")
        connection.execute("UPDATE entries SET ended_at = started_at - 500 WHERE local_id = ?", (first,))
        connection.execute("UPDATE entries SET project_id = 'prj_gone' WHERE local_id = ?", (second,))
        connection.commit()
    repaired = app.ok("doctor", "--repair")
    named = ", ".join(sorted((first, second)))
    assert f"2 rows are missing or do not match the history: {named}." in repaired.err
    assert finding(app)[:2] == (0, True)
