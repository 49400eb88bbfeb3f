"""Bits that a disk or a memory has flipped: doctor finds what cannot be, and nothing ends in a bug."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from clockeye_cli.store.database import connect
from clockeye_cli.store.replay import compare
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.soundness import check
from tests.store.test_damaged import PAGE, filled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

FLIPS = 25
"""In each table."""

KEPT = ("projects", "entries", "timer", "add_keys")
"""What people have entered: every flip in it is found, since the history has it, too."""

COMMANDS = (("log", "--all"), ("report", "--all"), ("history",), ("status",))


def problems(path: Path) -> list[str]:
    """What `doctor` finds in a file: in its structure and its values, and against its history."""
    structure = check(str(path))
    if structure:
        return structure
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        return [*compare(connection).differing]


def pages(path: Path) -> dict[str, int]:
    """The root page of each table that has rows, by its name."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: page
            for name, page in rows
            if not name.startswith("sqlite_")
            and connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        }


def test_a_flipped_bit_in_what_people_entered_is_found_and_none_is_a_bug(app: App) -> None:
    path = filled(app, 4)
    content = path.read_bytes()
    numbers = random.Random(1)
    found = {}
    for table, page in pages(path).items():
        used = [at for at in range((page - 1) * PAGE, page * PAGE) if content[at]]
        found[table] = 0
        for _ in range(FLIPS):
            at, bit = numbers.choice(used), numbers.randrange(8)
            path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
            is_found = bool(problems(path))
            found[table] += is_found
            result = app.run(*numbers.choice(COMMANDS))
            assert "Internal error" not in result.err, (table, at, bit, result)
            assert is_found or result.code != 7, (table, at, bit, result)
    assert {table for table in KEPT if found[table] < FLIPS} == set()
    assert {table: count for table, count in found.items() if count < FLIPS // 5} == {}
