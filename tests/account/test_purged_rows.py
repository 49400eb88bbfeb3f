"""`auth logout --purge` names what exists on this computer only, and leaves nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.ledger_rows import TABLES, add_rows, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

MARKS = {
    "clients": b"Nord & Co",
    "runs": b"toggl.csv",
    "origins": b"0f3c.1",
    "facts": b"Plan",
    "bills": b"2026-14",
    "billed": b"85.50",
}


@pytest.fixture
def home(site: Site, tmp_path: Path) -> Home:
    home = site.home(tmp_path / "home", site.key(tmp_path.name), env=False)
    home.run("auth", "login", "--with-key", "--insecure-storage", stdin=f"{home.key.key}\n")
    home.ok("add", "Work", "--for", "1h", "-p", "web")
    add_rows(home.home / "clockeye.db", home.now)
    home.ok("sync")
    return home


def test_nothing_of_any_table_is_left(home: Home) -> None:
    path = home.home / "clockeye.db"
    assert sorted(MARKS) == sorted(TABLES)
    assert all(rows_of(path)[table] for table in TABLES)
    assert all(mark in path.read_bytes() for mark in MARKS.values())
    refused = home.run("auth", "logout", "--purge")
    assert "1 client and 1 invoice exist on this computer only and will be lost." in refused.err
    home.ok("auth", "logout", "--purge", "-y")
    left = b"".join(file.read_bytes() for file in home.home.rglob("*") if file.is_file())
    assert [table for table, mark in MARKS.items() if mark in left] == []


def test_the_account_neither_gets_nor_takes_any_of_it(home: Home) -> None:
    before = rows_of(home.home / "clockeye.db")
    home.later(61).ok("sync")
    home.later(61).ok("log", "--refresh")
    assert rows_of(home.home / "clockeye.db") == before
