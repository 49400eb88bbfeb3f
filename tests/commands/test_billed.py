"""An entry that was billed stays as it is, whatever the command; and what split entries inherit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.plain import refused
from tests.store.ledger_rows import add_rows

if TYPE_CHECKING:
    from tests.app import App


@pytest.fixture
def billed(app: App) -> App:
    """A billed entry of the project web, its id in the environment, and one that is not billed."""
    app.ok("add", "Plan", "+big", "-p", "web", "--from", "9:00", "--to", "10:00")
    app.ok("add", "Other", "+big", "-p", "web", "--from", "10:00", "--to", "11:00")
    app.environ["ID"] = add_rows(app.home / "local.db", app.now)
    return app


@pytest.mark.parametrize(
    "command",
    [
        ("edit", "ID", "-d", "Planned"),
        ("edit", "ID", "last", "-p", "none"),
        ("delete", "ID", "-y"),
        ("delete", "ID", "last", "-y"),
        ("split", "ID", "--at", "9:30"),
        ("projects", "merge", "web", "site"),
        ("tags", "rename", "big", "large", "-y"),
        ("add", "New", "--from", "9:30", "--to", "9:45", "--adjust"),
    ],
    ids=" ".join,
)
def test_no_command_changes_a_billed_entry(command: tuple[str, ...], billed: App) -> None:
    billed.ok("projects", "add", "site")
    before = billed.entries()
    entry = billed.environ["ID"]
    assert refused(billed, *(entry if word == "ID" else word for word in command)) == (
        3,
        "clockeye: te_1 was billed on invoice 2026-14 and cannot be changed.\n"
        "  Nothing was changed. `clockeye invoices` lists the invoices; `clockeye invoices remove 2026-14`"
        " removes this one.\n",
    )
    assert billed.entries() == before


def test_what_does_not_change_it_is_allowed(billed: App) -> None:
    billed.ok("projects", "rename", "web", "website")
    billed.ok("edit", billed.environ["ID"], "-p", "website")
    billed.ok("edit", "last", "-d", "Changed")
    billed.ok("add", "New", "--from", "8:00", "--to", "9:00", "--adjust")
    billed.ok("resume", billed.environ["ID"])


def test_an_undo_does_not_change_it_either(billed: App) -> None:
    with closing(sqlite3.connect(billed.home / "local.db")) as connection:
        connection.execute("UPDATE history SET undone_by = id WHERE command LIKE '%import%'")
        connection.commit()
    assert refused(billed, "undo", "-n", "2", "-y")[1].startswith("clockeye: te_1 was billed on invoice")
    assert len(billed.entries()) == 2


def test_the_new_part_of_a_split_entry_inherits_facts_and_no_origin(billed: App) -> None:
    def rows(table: str) -> set[str]:
        with closing(sqlite3.connect(billed.home / "local.db")) as connection:
            return {row[0] for row in connection.execute(f"SELECT local_id FROM {table}")}

    entry = billed.environ["ID"]
    with closing(sqlite3.connect(billed.home / "local.db")) as connection:
        connection.execute("DELETE FROM billed")
        connection.commit()
    _, part = billed.ok("split", entry, "--at", "9:30", "--json").data
    assert (rows("facts"), rows("origins")) == ({entry, part["id"]}, {entry})
    billed.ok("undo", "-y")
    assert rows("facts") == {entry}
    billed.ok("add", "Within", "--from", "9:20", "--to", "9:40", "--adjust")
    assert (len(rows("facts")), rows("origins")) == (2, {entry})
