"""Finished entries in the store."""

from __future__ import annotations

from contextlib import closing

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING, assert_never
from clockeye_cli.core.whose import MINE, Everybody, Mine, OneUser
from clockeye_cli.store import rows
from clockeye_cli.store.rows import OWN
from clockeye_cli.store.schema import OVERLAPPING_NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection

    Order = Literal["ASC", "DESC"]

COLUMNS = rows.columns(TimeEntry)

LATEST_FIRST = "ORDER BY ended_at DESC, started_at DESC, local_id DESC"
"""The order of `last`, `last-1` …"""

OWN_LATEST = f"WHERE {OWN} AND is_open = 0 AND ended_at <= ? {LATEST_FIRST}"
"""The profile's own finished entries as of an instant, latest end first."""

ALWAYS = 2**63 - 1
"""An instant after every other, damaged ones too: it is the largest number of SQLite."""

SHORTEST_ID = 4


def by_id(connection: Connection, local_id: str) -> TimeEntry | None:
    """The entry with this id; None if there is none."""
    return _only(_select(connection, "WHERE local_id = ?", local_id))


def beginning_with(connection: Connection, beginning: str, limit: int) -> list[TimeEntry]:
    """Entries whose id has this beginning, at most `limit`."""
    return _select(
        connection,
        "WHERE local_id >= ? AND local_id < ? ORDER BY local_id LIMIT ?",
        *(beginning, beginning + "\U0010ffff", limit),
    )


def with_former_id(connection: Connection, beginning: str, limit: int) -> list[TimeEntry]:
    """Entries with a former id, or an id on the account, that has this beginning; at most `limit`."""
    return _select(
        connection,
        "WHERE local_id IN (SELECT local_id FROM former_ids WHERE id >= ? AND id < ?) LIMIT ?",
        *(beginning, beginning + "\U0010ffff", limit),
    )


def running_elsewhere(connection: Connection, whose: Whose = MINE) -> list[TimeEntry]:
    """The entries that are running on the account, by time."""
    by_user, user_ids = of_user(whose)
    return _select(connection, f"WHERE is_open = 1{by_user} ORDER BY started_at, local_id", *user_ids)


def latest(connection: Connection, now: int, back: int = 0) -> TimeEntry | None:
    """The profile's own finished entry with the latest end, or the entry `back` places before it.

    An entry that ends after `now` is not finished: a clock was wrong, or it was planned on the account.
    """
    return _only(_select(connection, f"{OWN_LATEST} LIMIT 1 OFFSET ?", now, back))


def latest_own(connection: Connection, now: int, most: int) -> list[TimeEntry]:
    """The profile's own finished entries with the latest ends, at most `most`, latest first."""
    return _select(connection, f"{OWN_LATEST} LIMIT ?", now, most)


def latest_fitting(connection: Connection, now: int, fits: Callable[[TimeEntry], bool]) -> TimeEntry | None:
    """The first of the profile's own finished entries that fits, latest end first."""
    with closing(connection.execute(f"SELECT {COLUMNS} FROM entries {OWN_LATEST}", (now,))) as cursor:
        return rows.value(TimeEntry, next((row for row in cursor if fits(TimeEntry._make(row))), None))


def in_future(connection: Connection, now: int, most: int) -> list[TimeEntry]:
    """The profile's own entries that end after `now`, by their ends, at most `most`."""
    return _select(connection, f"WHERE {OWN} AND ended_at > ? ORDER BY ended_at, local_id LIMIT ?", now, most)


def recent(connection: Connection, most: int) -> list[TimeEntry]:
    """The profile's own entries among the `most` entries with the latest ends, latest first."""
    latest_of_all = f"(SELECT * FROM entries {LATEST_FIRST} LIMIT ?)"
    return _select(connection, f"WHERE {OWN} AND is_open = 0", most, table=latest_of_all)


def between(
    connection: Connection,
    started_at: int | None,
    ended_at: int | None,
    projects: Sequence[str | None] | None = None,
    whose: Whose = MINE,
) -> list[TimeEntry]:
    """Entries with a part in the half-open span, by time.

    An empty entry is in the span if its instant is.

    Args:
        connection: The store.
        started_at: Instant; None for the beginning of time.
        ended_at: Instant; None for the end of time.
        projects: Project ids, None for no project; None for all entries.
        whose: Whose entries.
    """
    return _in_span(connection, started_at, ended_at, projects, whose, "ASC")


def page(
    connection: Connection,
    started_at: int | None,
    ended_at: int | None,
    projects: Sequence[str | None] | None = None,
    whose: Whose = MINE,
    *,
    most: int,
    beyond: TimeEntry | None = None,
    backwards: bool = False,
) -> list[TimeEntry]:
    """A piece of what `between` reads; it costs the same wherever it is and however many entries are stored.

    Args:
        connection: The store.
        started_at: As in `between`.
        ended_at: As in `between`.
        projects: As in `between`.
        whose: As in `between`.
        most: How many entries to read; fewer are the last ones.
        beyond: The last entry of the piece before; None for the first piece.
        backwards: Begin at the end, and read latest first.
    """
    order: Order = "DESC" if backwards else "ASC"
    return _in_span(connection, started_at, ended_at, projects, whose, order, most=most, beyond=beyond)


def clashes(connection: Connection, started_at: int, ended_at: int) -> list[TimeEntry]:
    """Entries that overlap a span; touching ones do not."""
    near = between(connection, started_at, ended_at)  # none overlaps a span of no length
    return [entry for entry in near if entry.overlaps(started_at, ended_at)]


def short_ids(connection: Connection, local_ids: Sequence[str]) -> dict[str, str]:
    """The shortest unique beginning of each id, without `te_` and of at least SHORTEST_ID characters."""
    return {local_id: _short(connection, local_id) for local_id in local_ids}


def every(connection: Connection, file: str = "main") -> list[TimeEntry]:
    """All entries, by time; `file` is the name of an attached file."""
    return _select(connection, "ORDER BY started_at, local_id", table=f"{file}.entries")


def with_text(connection: Connection, text: str) -> list[TimeEntry]:
    """The profile's own entries whose description contains a text exactly, by time."""
    return _select(connection, f"WHERE {OWN} AND instr(description, ?) ORDER BY started_at, local_id", text)


def put(connection: Connection, before: TimeEntry | None, after: TimeEntry | None) -> None:
    """Store an entry, change it (both given), or remove it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM entries WHERE local_id = ?", (before.local_id,))
        connection.execute("DELETE FROM overlapping WHERE local_id = ?", (before.local_id,))
    if after is not None:
        rows.insert(connection, "entries", after)
        if after.is_own and after.duration:
            connection.execute(OVERLAPPING_NOW, after._asdict())


def count(connection: Connection) -> int:
    """The number of entries."""
    return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def _select(connection: Connection, which: str, *values: object, table: str = "entries") -> list[TimeEntry]:
    return rows.values(TimeEntry, connection.execute(f"SELECT {COLUMNS} FROM {table} {which}", values))


def _only(entries: list[TimeEntry]) -> TimeEntry | None:
    return entries[0] if entries else None


def _in_span(
    connection: Connection,
    started_at: int | None,
    ended_at: int | None,
    projects: Sequence[str | None] | None,
    whose: Whose,
    order: Order,
    *,
    most: int = -1,
    beyond: TimeEntry | None = None,
) -> list[TimeEntry]:
    start = -ALWAYS if started_at is None else started_at
    end = ALWAYS if ended_at is None else ended_at
    if start >= end:
        return []  # a day that a zone has skipped
    # Bounded on both sides, so that SQLite reads one piece of the table: an entry that reaches into the span
    # began at most one longest duration before it.
    from clockeye_cli.store.extremes import extremes_of  # late: a prompt needs none of it

    extremes = extremes_of(connection)
    earliest = start - extremes.longest if started_at is not None and extremes else start
    low, high = (earliest, ""), (end, "")
    if beyond is not None:
        key = (beyond.started_at, beyond.local_id)
        low, high = (key, high) if order == "ASC" else (low, key)
    # A bare column would let SQLite use the index by project, and read all of its years.
    ids = None if projects is None else [project_id or "" for project_id in projects]
    wanted = "" if ids is None else f" AND coalesce(project_id, '') IN ({','.join('?' * len(ids))})"
    by_user, user_ids = of_user(whose)
    cursor = connection.execute(
        f"SELECT {COLUMNS} FROM entries"
        " WHERE (started_at, local_id) > (?, ?) AND (started_at, local_id) < (?, ?)"
        f" AND (started_at >= ? OR ended_at > ?){wanted}{by_user}"
        f" ORDER BY started_at {order}, local_id {order} LIMIT ?",
        (*low, *high, start, start, *(ids or ()), *user_ids, most),
    )
    return rows.values(TimeEntry, cursor)


def of_user(whose: Whose) -> tuple[str, tuple[str, ...]]:
    """The SQL condition for a user's entries, with its values."""
    if isinstance(whose, Mine):
        return f" AND {OWN}", ()
    if isinstance(whose, OneUser):
        return " AND user_id = ?", (whose.user_id,)
    if isinstance(whose, Everybody):
        return "", ()
    assert_never(whose)


def _short(connection: Connection, local_id: str) -> str:
    neighbours = connection.execute(
        "SELECT max(local_id) FROM entries WHERE local_id < :id UNION ALL"
        " SELECT min(local_id) FROM entries WHERE local_id > :id",
        {"id": local_id},
    ).fetchall()
    length = len("te_") + SHORTEST_ID
    for (other,) in neighbours:
        while other and other[:length] == local_id[:length] and length < len(local_id):
            length += 1
    return local_id[len("te_") : length]
