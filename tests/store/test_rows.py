"""The queries of the store: entries in a span, entries by id, their order, and the index that each uses."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.actor import SOMEBODY
from clockeye_cli.core.entry import Project, TimeEntry, Timer, new_id
from clockeye_cli.errors import StorageError
from clockeye_cli.store import entries, former_ids, history, projects, undoable
from clockeye_cli.store.database import connect, connect_empty, settings_of
from clockeye_cli.store.entries import ALWAYS
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from clockeye_cli.store.state import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clockeye_cli.store.database import Connection


@pytest.fixture
def empty() -> Iterator[Connection]:
    with closing(connect_empty(MIGRATIONS)) as connection:
        yield connection


def entry(start: int, end: int, local_id: str = "", project: str | None = None) -> TimeEntry:
    return TimeEntry(local_id or new_id("te"), "Work", project, start, end, True)


def stored(connection: Connection, *items: TimeEntry) -> None:
    for item in items:
        entries.put(connection, None, item)


@given(
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12),
    start=st.none() | st.integers(0, 45),
    length=st.none() | st.integers(0, 45),
    most=st.integers(1, 5),
    backwards=st.booleans(),
)
def test_pages_give_what_between_gives_also_where_many_begin_at_once(
    spans: list[tuple[int, int]], start: int | None, length: int | None, most: int, backwards: bool
) -> None:
    with closing(connect_empty(MIGRATIONS)) as connection:
        stored(connection, *(entry(began // 5, began // 5 + lasts) for began, lasts in spans))
        end = None if length is None else (start or 0) + length
        read: list[TimeEntry] = []
        while page := entries.page(
            connection, start, end, most=most, beyond=read[-1] if read else None, backwards=backwards
        ):
            read += page
        assert (read[::-1] if backwards else read) == entries.between(connection, start, end)


SPANS = st.lists(st.tuples(st.integers(0, 40), st.one_of(st.integers(0, 6), st.integers(0, 40))), max_size=12)


@given(
    spans=SPANS,
    start=st.one_of(st.none(), st.integers(0, 45)),
    length=st.one_of(st.none(), st.integers(0, 45)),
)
def test_between_gives_what_has_a_part_in_the_span(
    spans: list[tuple[int, int]], start: int | None, length: int | None
) -> None:
    with closing(connect_empty(MIGRATIONS)) as connection:
        items = [entry(began, began + lasts) for began, lasts in spans]
        stored(connection, *items)
        end = None if length is None else (start or 0) + length
        low, high = -1 if start is None else start, 1000 if end is None else end
        expected = sorted(
            item.local_id
            for item in items
            if (
                low <= item.started_at < high
                if item.duration == 0
                else max(low, item.started_at) < min(high, item.ended_at)
            )
        )
        in_span = entries.between(connection, start, end)
        assert sorted(item.local_id for item in in_span) == expected
        assert [item.started_at for item in in_span] == sorted(item.started_at for item in in_span)


def test_nothing_has_a_part_in_a_day_that_a_zone_has_skipped(empty: Connection) -> None:
    stored(empty, entry(0, 100), entry(50, 50))
    assert entries.between(empty, 50, 50) == []


def test_a_very_long_entry_reaches_into_a_span_long_after_its_start(empty: Connection) -> None:
    long = entry(0, 10_000_000)
    stored(empty, long, *(entry(n, n + 1) for n in range(1_000, 2_000)))
    assert entries.between(empty, 9_999_999, 20_000_000) == [long]
    assert entries.between(empty, 10_000_000, 20_000_000) == []
    # Once it is gone, nothing has to be looked for so far back.
    entries.put(empty, long, None)
    assert entries.between(empty, 9_999_999, 20_000_000) == []


def test_an_entry_of_no_length_is_in_the_span_that_begins_with_it_and_not_in_the_one_that_ends(
    empty: Connection,
) -> None:
    dot = entry(100, 100)
    stored(empty, dot)
    assert entries.between(empty, 100, 200) == [dot]
    assert entries.between(empty, 0, 100) == []
    assert entries.clashes(empty, 50, 150) == []


def test_touching_entries_do_not_clash(empty: Connection) -> None:
    first, second = entry(0, 100), entry(200, 300)
    stored(empty, first, second)
    assert entries.clashes(empty, 100, 200) == []
    assert entries.clashes(empty, 99, 200) == [first]
    assert entries.clashes(empty, 100, 201) == [second]
    assert entries.clashes(empty, 0, 300) == [first, second]


def test_last_is_the_latest_end_and_ties_have_an_order(empty: Connection) -> None:
    items = [
        entry(0, 100, "te_aaaaaaaaaaaa"),
        entry(50, 100, "te_bbbbbbbbbbbb"),
        entry(50, 100, "te_cccccccccccc"),
        entry(60, 99, "te_dddddddddddd"),
    ]
    stored(empty, *items)
    assert [entries.latest(empty, 100, back) for back in range(5)] == [
        items[2],
        items[1],
        items[0],
        items[3],
        None,
    ]


IDS = st.text("01ab", min_size=12, max_size=12).map(lambda text: f"te_{text}")


@given(ids=st.lists(IDS, unique=True, min_size=1, max_size=30))
def test_short_ids_are_the_shortest_beginnings_that_no_other_has(ids: list[str]) -> None:
    with closing(connect_empty(MIGRATIONS)) as connection:
        stored(connection, *(entry(n, n + 1, local_id) for n, local_id in enumerate(ids)))
        short = entries.short_ids(connection, ids)
        assert list(short) == ids
        for local_id, beginning in short.items():
            assert len(beginning) >= 4
            fitting = entries.beginning_with(connection, f"te_{beginning}", 3)
            assert [item.local_id for item in fitting] == [local_id]
            if len(beginning) > 4:
                assert len(entries.beginning_with(connection, f"te_{beginning[:-1]}", 3)) > 1


def test_every_id_that_a_timer_had_is_understood_for_ever(empty: Connection) -> None:
    for former, later in (("te_a", "te_b"), ("te_b", "te_c"), ("te_c", "te_d")):
        former_ids.rename(empty, former, later)
    assert [former_ids.present_id(empty, word) for word in ("te_a", "te_b", "te_c", "te_d", "te_x")] == [
        *["te_d"] * 4,
        "te_x",
    ]


def test_history_comes_latest_first_and_gives_back_what_was_written(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "local.db"), lambda: 1_000)
    project = Project("prj_000000000000", 'A "name"\n\u2028\x00', billable=None)
    timer = Timer(new_id("te"), "\x1b[31m", project.id, 5, False)
    after = TimeEntry(*timer, True)._replace(started_at=5, ended_at=9, billable=False)
    with store.write(["start", "a b"], UTC) as write:
        write.change(None, project)
        write.change(None, timer)
    with store.write(["stop"], UTC) as write:
        write.change(timer, None)
        write.change(None, after)
    with store.write(["nothing"], UTC):
        pass
    with store.read() as connection:
        second, first = history.steps(connection)
        assert history.steps(connection, 1) == [second]
        assert (first.command, second.command) == (["start", "a b"], ["stop"])
        assert first.changes == [history.Change(None, project), history.Change(None, timer)]
        assert second.changes == [history.Change(timer, None), history.Change(None, after)]
        assert undoable.to_undo(connection, SOMEBODY.undoable, 1) == [second]
        assert projects.every(connection) == [project]
    store.close()


def test_what_fails_inside_a_write_leaves_nothing(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "local.db"), lambda: 1_000)

    def failing() -> None:
        with store.write(["add"], UTC) as write:
            write.change(None, entry(0, 1))
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            failing()
        with store.read() as connection:
            assert entries.count(connection) == 0
            assert history.steps(connection) == []
    store.close()


def test_reading_makes_no_file(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "folder" / "local.db"), lambda: 1_000)
    with store.read() as connection:
        assert entries.count(connection) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_the_users_own_and_the_settings_are_as_promised(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "local.db"
    with closing(connect(str(path), MIGRATIONS, APPLICATION_ID)) as connection:
        assert settings_of(connection) == {
            "journal_mode": "delete",
            "synchronous": "3",
            "foreign_keys": "1",
            "trusted_schema": "0",
            "user_version": str(len(MIGRATIONS)),
        }
        strict = {row[1]: row[5] for row in connection.execute("PRAGMA table_list") if row[2] == "table"}
        ours = {name: is_strict for name, is_strict in strict.items() if not name.startswith("sqlite_")}
        assert set(ours.values()) == {1}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_sqlite_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(StorageError, match=r"needs 3\.37"):
        connect(str(tmp_path / "local.db"), MIGRATIONS, APPLICATION_ID)
    assert list(tmp_path.iterdir()) == []


# ---- by which index, with 100,000 entries ----

MANY = 100_000
DAY = 86_400


@pytest.fixture(scope="module")
def many() -> Iterator[Connection]:
    with closing(connect_empty(MIGRATIONS)) as connection:
        connection.execute(
            "INSERT INTO projects (id, name, folded, archived) VALUES ('prj_1', 'web', 'web', 0)"
        )
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO entries (local_id, description, project_id, started_at, ended_at, billable)"
            " VALUES (?, 'Work', 'prj_1', ?, ?, 1)",
            ((f"te_{n:012d}", n * 3_600, n * 3_600 + 3_000) for n in range(MANY)),
        )
        connection.execute("COMMIT")
        yield connection


class Steps:
    """Counts what SQLite does, in units of 100 of its steps: a scan of all rows takes thousands."""

    def __init__(self, connection: Connection) -> None:
        self.count = 0
        self._connection = connection

    def __enter__(self) -> Steps:
        self._connection.set_progress_handler(self._count, 100)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.set_progress_handler(None, 0)

    def _count(self) -> int:
        self.count += 1
        return 0


def test_what_is_asked_often_reads_what_it_needs_and_no_more(many: Connection) -> None:
    week = 50_000 * 3_600
    middle = entry(week, week, "te_000000050000")
    questions: dict[str, Callable[[], object]] = {
        "a week": lambda: entries.between(many, week, week + 7 * DAY),
        "a week of a project": lambda: entries.between(many, week, week + 7 * DAY, ["prj_1"]),
        "last": lambda: entries.latest(many, ALWAYS),
        "last-3": lambda: entries.latest(many, ALWAYS, 3),
        "the last 20": lambda: entries.page(many, None, None, most=20, backwards=True),
        "20 in the middle": lambda: entries.page(many, None, None, most=20, beyond=middle),
        "the 20 before them": lambda: entries.page(many, None, None, most=20, beyond=middle, backwards=True),
        "words to offer for TAB": lambda: entries.recent(many, 20),
        "clashes": lambda: entries.clashes(many, week, week + 3_600),
        "an id": lambda: entries.by_id(many, "te_000000050000"),
        "the beginning of an id": lambda: entries.beginning_with(many, "te_00000005000", 3),
        "short ids": lambda: entries.short_ids(many, ["te_000000050000"]),
        "when each project was last used": lambda: projects.last_used(many),
        "what to undo": lambda: undoable.to_undo(many, SOMEBODY.undoable, 1),
    }
    took = {}
    for name, ask in questions.items():
        with Steps(many) as steps:
            assert ask() or name == "what to undo"
        took[name] = steps.count
    assert {name: count for name, count in took.items() if count > 60} == {}
    with Steps(many) as steps:
        many.execute("SELECT count(*) FROM entries WHERE description = 'x'").fetchall()
    assert steps.count > 1_000  # and the measure measures


def test_one_long_entry_makes_the_reading_of_a_week_longer_and_not_wrong(many: Connection) -> None:
    week = 50_000 * 3_600
    many.execute("SAVEPOINT here")
    stored(many, entry(0, MANY * 3_600, "te_long00000000"))
    assert len(entries.between(many, week, week + 7 * DAY)) == 7 * 24 + 1
    many.execute("ROLLBACK TO here")
    many.execute("RELEASE here")
