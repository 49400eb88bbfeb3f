"""The setting `closed_until`: which commands change nothing of a closed period, and which still store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.plain import refused

if TYPE_CHECKING:
    from tests.app import App

CLOSED = (
    3,
    "clockeye: The books are closed until 2026-11-19: no entry with a part before the end of that day can be"
    " added, changed or deleted.\n"
    "  Nothing was changed. `clockeye config set closed_until DAY` sets another day;"
    " `clockeye config unset closed_until` opens the books.\n",
)


@pytest.fixture
def books(app: App) -> App:
    """Entries of the closed Thursday, over its end, and of the open Friday."""
    app.ok("add", "Old", "+big", "-p", "web", "--from", "2026-11-19 9:00", "--to", "2026-11-19 10:00")
    app.ok("add", "Over", "-p", "web", "--from", "2026-11-19 23:00", "--to", "2026-11-20 01:00")
    app.ok("add", "New", "+big", "-p", "new", "--from", "9:00", "--to", "10:00")
    app.ok("config", "set", "closed_until", "2026-11-19")
    return app


def ids(app: App) -> dict[str, str]:
    return {row["description"].split()[0]: row["id"] for row in app.ok("log", "--all", "--json").data}


@pytest.mark.parametrize(
    "command",
    [
        ("add", "X", "--from", "2026-11-19 8:00", "--to", "2026-11-19 8:30"),
        ("add", "X", "--from", "2026-11-19 23:30", "--to", "2026-11-20 00:30", "--overlap"),
        ("add", "X", "--from", "2026-11-20 00:30", "--to", "2026-11-20 02:00", "--adjust"),
        ("edit", "Old", "-d", "X"),
        ("edit", "Over", "--to", "2026-11-20 00:30"),
        ("edit", "Over", "--from", "2026-11-20 00:00"),
        ("edit", "New", "--from", "2026-11-19 23:59", "--to", "10:00", "--overlap"),
        ("edit", "New", "Old", "--no-billable"),
        ("edit", "New", "--move", "yesterday", "--overlap"),
        ("split", "Over", "--at", "2026-11-20 00:30"),
        ("delete", "Old", "-y"),
        ("delete", "New", "Over", "-y"),
        ("projects", "merge", "web", "new"),
        ("tags", "rename", "big", "large", "-y"),
        ("start", "X", "--at", "2026-11-19 23:59:59", "--overlap"),
        ("resume", "New", "--at", "2026-11-19 08:00", "--overlap"),
        ("undo", "-n", "2", "-y"),
    ],
    ids=" ".join,
)
def test_nothing_of_a_closed_period_changes(command: tuple[str, ...], books: App) -> None:
    before, names = books.entries(), ids(books)
    assert refused(books, *(names.get(word, word) for word in command)) == CLOSED
    assert books.entries() == before


def test_what_begins_with_the_next_day_is_open(books: App) -> None:
    books.ok("add", "X", "--from", "2026-11-20 00:00:00", "--to", "2026-11-20 00:30", "--overlap")
    books.ok("undo")
    books.ok("redo")
    books.ok("edit", ids(books)["New"], "-d", "X", "--from", "8:00")
    books.ok("projects", "rename", "web", "website")
    books.ok("start", "Now")
    books.ok("undo", "-y")
    books.ok("delete", "last", "-y")


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("projects", "rename", "web", "website"), "the new name"),
        (("projects", "edit", "web", "--client", "Ost"), "its new client"),
        (("clients", "rename", "Nord", "Ost"), "the new name"),
        (("projects", "rename", "new", "newer"), ""),
        (("projects", "edit", "new", "--client", "Nord"), ""),
        (("projects", "edit", "web", "--no-billable"), ""),
        (("clients", "rename", "Süd", "Ost"), ""),
    ],
    ids=str,
)
def test_what_a_closed_period_shows_differently_is_named(
    command: tuple[str, ...], what: str, books: App
) -> None:
    books.ok("projects", "edit", "web", "--client", "Nord")
    books.ok("projects", "edit", "new", "--client", "Süd")
    lines = [line for line in books.ok(*command).err.splitlines() if "closed" in line]
    notice = f"The books are closed up to 2026-11-19, but reports about that time show {what}, too."
    assert lines == ([notice] if what else [])


def test_the_next_day_begins_where_days_begin(books: App) -> None:
    books.ok("config", "set", "day_start", "04:00")
    words = ("add", "X", "--from", "2026-11-20 03:00", "--to", "2026-11-20 03:30")
    assert refused(books, *words) == CLOSED
    books.ok("add", "X", "--from", "2026-11-20 04:00", "--to", "2026-11-20 04:30")


def test_stop_always_stores(books: App) -> None:
    books.ok("config", "unset", "closed_until")
    books.ok("start", "Long", "--at", "2026-11-20 11:00")
    books.ok("config", "set", "closed_until", "2026-11-20")
    books.ok("edit", "current", "-d", "Longer")  # nothing of it is stored yet
    assert refused(books, "edit", "current", "--from", "2026-11-20 10:30")[0] == 3
    assert refused(books, "split", "current", "--at", "11:30")[0] == 3
    books.at("2026-11-21 09:00:00").ok("start", "Next")
    assert books.entries()[-2][3] == "Longer"
    books.ok("stop")
    assert refused(books, "undo", "-n", "2", "-y")[0] == 3
    books.ok("config", "unset", "closed_until")
    books.ok("undo", "-n", "2", "-y")
    books.ok("config", "set", "closed_until", "2026-11-20")
    books.ok("stop", "--at", "2026-11-20 12:30")
    assert books.entries()[-1][3] == "Longer"


def test_a_timer_of_a_closed_period_can_be_discarded(books: App) -> None:
    books.ok("start", "Long", "--at", "2026-11-20 11:00")
    books.ok("config", "set", "closed_until", "2026-11-20")
    books.ok("cancel", "-y")


@pytest.mark.parametrize("value", ["yesterday", "2026-13-01", "2026", "2026-W47-1", "20261119", "9999-12-31"])
def test_what_is_no_day_is_refused_and_stops_what_writes(value: str, app: App) -> None:
    assert app.run("config", "set", "closed_until", value).code == 2
    app.environ["CLOCKEYE_CLOSED_UNTIL"] = value
    result = app.run("add", "X", "--for", "1m", "--json")
    assert (result.code, json.loads(result.err)["error"]["code"]) == (2, "bad_setting")
    assert app.ok("log").code == 0


def test_a_day_of_the_file_without_quotes(app: App) -> None:
    app.home.mkdir()
    (app.home / "config.toml").write_text("closed_until = 2026-11-19\n")
    (app.home / "config.toml").chmod(0o600)
    assert refused(app, "add", "X", "--from", "2026-11-19 8:00", "--to", "2026-11-19 8:30") == CLOSED
