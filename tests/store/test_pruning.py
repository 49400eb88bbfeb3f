"""`history.keep`: old commands are forgotten a few at a time, and nothing else goes with them."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.actor import SOMEBODY
from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.store import add_keys, entries, history, outbox, undoable
from clockeye_cli.store.add_keys import AddKey
from clockeye_cli.store.history import Change
from clockeye_cli.store.pruning import PRUNED_AT_ONCE, prune
from clockeye_cli.store.soundness import problems
from clockeye_cli.store.state import Store
from clockeye_cli.tracking import undo
from tests.store.test_rows import Steps
from tests.tracking.tracker import last_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clockeye_cli.store.database import Connection


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(str(tmp_path / "work.db"), lambda: 1_000, to_account=True)
    yield store
    store.close()


def add(store: Store, number: int, keep: int | None = None, *, changes: int = 1) -> None:
    """A command that adds entries; the first one with a key."""
    with store.write(["add", str(number)], UTC, keep) as write:
        for place in range(changes):
            entry = TimeEntry(f"te_{number:06}{place:06}", "Work", None, number, number + 60, billable=True)
            write.change(None, entry)
        write.change(None, AddKey(f"key {number}", entry.local_id, add_keys.content_of(entry)))


def kept(store: Store) -> list[str]:
    """The commands that the history shows, the latest first."""
    with store.read() as connection:
        return [step.command[-1] for step in history.steps(connection)]


def rows(connection: Connection) -> tuple[int, int]:
    """How many commands and changes are stored."""
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]
    return counts[0], counts[1]


TABLES = ("history", "changes")


def test_the_latest_commands_are_kept_and_all_else_but_the_history_stays(store: Store) -> None:
    for number in range(30):
        add(store, number)
    add(store, 30, 10)
    assert kept(store) == [str(number) for number in range(30, 20, -1)]
    with store.read() as connection:
        assert rows(connection) == (10, 20)
        assert entries.count(connection) == 31
        assert len(add_keys.every(connection)) == 31
        assert [row.what for row in outbox.rows(connection)] == ["create"] * 31
        assert problems(connection) == []
    add(store, 31)  # nothing more is forgotten, and nothing comes back
    assert kept(store) == [str(number) for number in range(31, 20, -1)]


def test_what_is_kept_can_be_undone_and_nothing_before_it(store: Store) -> None:
    for number in range(20):
        add(store, number, 5)
    for _ in range(5):
        with store.write(["undo"], UTC, None) as write:
            undo.reverse(write, last_step(write.connection))
    with store.read() as connection:
        assert undoable.to_undo(connection, SOMEBODY.undoable, 1) == []
        assert entries.count(connection) == 15


def test_an_undo_whose_command_is_forgotten_is_not_undone_itself(store: Store) -> None:
    add(store, 0)
    with store.write(["undo"], UTC) as write:
        undo.reverse(write, last_step(write.connection))
    add(store, 1)
    add(store, 2, 3)  # forgets the first, which the second has undone
    assert kept(store) == ["2", "1", "undo"]
    with store.read() as connection:
        assert problems(connection) == []
    for _ in range(2):
        with store.write(["undo"], UTC) as write:
            undo.reverse(write, last_step(write.connection))
    with store.read() as connection:
        assert undoable.to_undo(connection, SOMEBODY.undoable, 1) == []


def test_each_command_deletes_a_few_rows_and_a_half_deleted_command_is_not_shown(store: Store) -> None:
    add(store, 0, changes=3 * PRUNED_AT_ONCE)
    for number in range(1, 5):
        add(store, number)
    left = []
    for number in range(5, 10):
        add(store, number, 2)
        assert kept(store) == [str(number), str(number - 1)]
        with store.read() as connection:
            left.append(rows(connection))
            assert problems(connection) == []
    whole = 3 * PRUNED_AT_ONCE + 1 + 2 * 4
    assert left[0] == (6, whole + 2 - PRUNED_AT_ONCE)
    assert left[1] == (7, whole + 4 - 2 * PRUNED_AT_ONCE)
    assert left[-1] == (2, 4)


def test_a_command_costs_the_same_however_long_the_history_is(store: Store) -> None:
    took = []
    for length in (1_000, 10_000):
        with store.exchange() as connection:
            first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM history").fetchone()[0]
            numbers = range(first, length)
            connection.executemany(
                "INSERT INTO history VALUES (?, 0, '[]', NULL, NULL, '')", [(number,) for number in numbers]
            )
            connection.executemany(
                "INSERT INTO changes VALUES (?, 0, 'project', NULL, ?)",
                [(number, '{"id":"prj_1","name":"web"}') for number in numbers],
            )
            with Steps(connection) as steps:
                prune(connection, 500)
            took.append(steps.count)
    assert took[1] <= 1.2 * took[0] + 5


def test_rows_written_so_far_are_read_as_before_and_new_ones_are_smaller(store: Store) -> None:
    before = TimeEntry("te_000000000000", "Größe", None, 5, 9, billable=True)
    after = before._replace(description="Größer", ended_at=12)
    back = after._replace(user_id="usr_1")
    changes = [
        Change(None, before),
        Change(before, after),
        Change(after, back),
        Change(back, after),
        Change(None, Project("prj_000000000000", "web")),
        Change(Project("prj_000000000000", "web", billable=True), Project("prj_000000000000", "web")),
        Change(after, None),
    ]
    old = (
        '{"local_id": "te_000000000000", "description": "Gr\\u00f6\\u00dfe", "project_id": null,'
        ' "started_at": 5, "ended_at": 9, "billable": true, "user_id": null, "is_open": false}'
    )
    older = (  # of a version that had neither users nor open entries
        '{"local_id": "te_000000000000", "description": "Gr\\u00f6\\u00dfer", "project_id": null,'
        ' "started_at": 5, "ended_at": 12, "billable": true}'
    )
    with store.exchange() as connection:
        connection.execute("INSERT INTO history VALUES (1, 0, '[\"edit\", \"last\"]', NULL, NULL, '')")
        connection.execute("INSERT INTO changes VALUES (1, 0, 'entry', ?, ?)", (old, older))
        history.record(connection, 0, ["all"], changes)
    with store.read() as connection:
        second, first = history.steps(connection)
        texts = connection.execute("SELECT before, after FROM changes WHERE history_id = 2").fetchall()
        assert problems(connection) == []
    assert (first.command, first.changes) == (["edit", "last"], [Change(before, after)])
    assert second.changes == changes
    assert texts[1] == (
        '{"local_id":"te_000000000000","description":"Größe","project_id":null,'
        '"started_at":5,"ended_at":9,"billable":true}',
        '{"description":"Größer","ended_at":12}',
    )
    assert [texts[2][1], texts[3][1], texts[5][1]] == [
        '{"user_id":"usr_1"}',
        '{"user_id":null}',
        '{"billable":null}',
    ]
