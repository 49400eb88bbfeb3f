"""Finished entries in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE, Everybody, Mine, OneUser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection

    Row = tuple[str, str, str | None, int, int, int, str | None, int]

FIELDS = "local_id, description, project_id, started_at, ended_at, billable, user_id, is_open"

OWN = "user_id IS NULL"
"""The entries of the profile's own user; those of others have their id on the account."""

LATEST_FIRST = "ORDER BY ended_at DESC, started_at DESC, local_id DESC"
"""What `last`, `last-1` … count by."""

ALWAYS = 2**62
"""An instant after every other."""


def by_id(connection: Connection, local_id: str) -> TimeEntry | None:
    """The entry with exactly this id."""
    row = connection.execute(f"SELECT {FIELDS} FROM entries WHERE local_id = ?", (local_id,)).fetchone()
    return _entry(row) if row else None


def beginning_with(connection: Connection, beginning: str, limit: int) -> list[TimeEntry]:
    """Entries whose id begins so, at most `limit`."""
    rows = connection.execute(
        f"SELECT {FIELDS} FROM entries WHERE local_id >= ? AND local_id < ? ORDER BY local_id LIMIT ?",
        (beginning, beginning + "\U0010ffff", limit),
    )
    return _entries(rows)


def with_former_id(connection: Connection, beginning: str, limit: int) -> list[TimeEntry]:
    """Entries that have or had another id, on the account or here, which begins so; at most `limit`."""
    columns = ", ".join(f"entries.{field}" for field in FIELDS.split(", "))
    rows = connection.execute(
        f"SELECT DISTINCT {columns} FROM former_ids JOIN entries USING (local_id)"
        " WHERE former_ids.id >= ? AND former_ids.id < ? LIMIT ?",
        (beginning, beginning + "\U0010ffff", limit),
    )
    return _entries(rows)


def running_elsewhere(connection: Connection) -> list[TimeEntry]:
    """The profile's own entries that run on the account, in the order of time."""
    rows = connection.execute(
        f"SELECT {FIELDS} FROM entries WHERE is_open = 1 AND {OWN} ORDER BY started_at, local_id"
    )
    return _entries(rows)


def latest(connection: Connection, back: int = 0) -> TimeEntry | None:
    """The entry with the latest end, or the one `back` places before it."""
    row = connection.execute(
        f"SELECT {FIELDS} FROM entries WHERE {OWN} AND is_open = 0 {LATEST_FIRST} LIMIT 1 OFFSET ?",
        (back,),
    ).fetchone()
    return _entry(row) if row else None


def recent(connection: Connection, most: int) -> list[TimeEntry]:
    """The user's own among so many entries with the latest ends, the latest first."""
    rows = connection.execute(
        f"SELECT {FIELDS} FROM (SELECT {FIELDS} FROM entries {LATEST_FIRST} LIMIT ?)"
        f" WHERE {OWN} AND is_open = 0",
        (most,),
    )
    return _entries(rows)


def between(
    connection: Connection,
    started_at: int | None,
    ended_at: int | None,
    projects: Sequence[str] | None = None,
    whose: Whose = MINE,
    *,
    with_texts: bool = True,
) -> list[TimeEntry]:
    """Entries with a part in the half-open span, in the order of time.

    An entry of no length is in it if its instant is.

    Args:
        connection: The store.
        started_at: Instant; None for the beginning of time.
        ended_at: Instant; None for its end.
        projects: Ids; only their entries. None for all.
        whose: Whose entries.
        with_texts: False leaves ids and descriptions empty, which saves a third of the time.
    """
    start = -ALWAYS if started_at is None else started_at
    end = ALWAYS if ended_at is None else ended_at
    if start >= end:
        return []  # a day that a zone has skipped
    fields = FIELDS if with_texts else FIELDS.removeprefix("local_id, description, ")
    # Bound on both sides, so that SQLite reads one piece of the table: nothing that began
    # longer ago than the longest entry lasts can reach into the span.
    earliest = start - _longest(connection) if started_at is not None else start
    # The plus keeps SQLite from the index by project, which would read all years of it.
    wanted = "" if projects is None else f" AND +project_id IN ({','.join('?' * len(projects))})"
    of_user, user_ids = _of(whose)
    rows = connection.execute(
        f"SELECT {fields} FROM entries WHERE started_at >= ? AND started_at < ?"
        f" AND (started_at >= ? OR ended_at > ?){wanted}{of_user} ORDER BY started_at, local_id",
        (earliest, end, start, start, *(projects or ()), *user_ids),
    )
    if with_texts:
        return _entries(rows)
    return [
        tuple.__new__(
            TimeEntry, ("", "", project_id, started_at, ended_at, billable == 1, user_id, is_open == 1)
        )
        for project_id, started_at, ended_at, billable, user_id, is_open in rows
    ]


def clashes(connection: Connection, started_at: int, ended_at: int) -> list[TimeEntry]:
    """Entries that share time with a span; touching ones do not."""
    if started_at == ended_at:
        return []
    found = between(connection, started_at, ended_at)
    return [entry for entry in found if entry.overlaps(started_at, ended_at)]


def short_ids(connection: Connection, local_ids: Sequence[str], shortest: int = 4) -> dict[str, str]:
    """For each id its shortest beginning, of four characters or more and without `te_`, that no other has."""
    return {local_id: _short(connection, local_id, shortest) for local_id in local_ids}


def every(connection: Connection, file: str = "main") -> list[TimeEntry]:
    """All entries in the order of time; `file` is the name of an attached file."""
    rows = connection.execute(f"SELECT {FIELDS} FROM {file}.entries ORDER BY started_at, local_id")
    return _entries(rows)


def put(connection: Connection, before: TimeEntry | None, after: TimeEntry | None) -> None:
    """Store an entry, change it (both given), or remove it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM entries WHERE local_id = ?", (before.local_id,))
    if after is not None:
        connection.execute(f"INSERT INTO entries ({FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", after)


def has_user(connection: Connection, user_id: str) -> bool:
    """Whether an entry of this user, other than the profile's own, is here."""
    row = connection.execute("SELECT 1 FROM entries WHERE user_id = ? LIMIT 1", (user_id,)).fetchone()
    return row is not None


def count(connection: Connection) -> int:
    """How many entries there are."""
    return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def _of(whose: Whose) -> tuple[str, tuple[str, ...]]:
    """The condition that picks a user's entries, with its values."""
    if isinstance(whose, Mine):
        return f" AND {OWN}", ()
    if isinstance(whose, OneUser):
        return " AND user_id = ?", (whose.user_id,)
    if isinstance(whose, Everybody):
        return "", ()
    assert_never(whose)


def _longest(connection: Connection) -> int:
    row = connection.execute("SELECT max(ended_at - started_at) FROM entries").fetchone()
    return int(row[0] or 0)


def _short(connection: Connection, local_id: str, shortest: int) -> str:
    neighbours = connection.execute(
        "SELECT max(local_id) FROM entries WHERE local_id < :id UNION ALL"
        " SELECT min(local_id) FROM entries WHERE local_id > :id",
        {"id": local_id},
    ).fetchall()
    length = len("te_") + shortest
    for (other,) in neighbours:
        while other and other[:length] == local_id[:length] and length < len(local_id):
            length += 1
    return local_id[len("te_") : length]


def _entry(row: Row) -> TimeEntry:
    return _entries([row])[0]


def _entries(rows: Iterable[Row]) -> list[TimeEntry]:
    # `TimeEntry(…)` would take twice as long, and a year has many.
    return [
        tuple.__new__(
            TimeEntry,
            (local_id, description, project_id, started_at, ended_at, billable == 1, user_id, is_open == 1),
        )
        for local_id, description, project_id, started_at, ended_at, billable, user_id, is_open in rows
    ]
