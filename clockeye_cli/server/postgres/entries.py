"""Time entries in PostgreSQL: as JSON, their sums, and pages of their list, each at about the same cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.postgres.lists import one, utc
from clockeye_cli.server.postgres.schema import DAY, MONTH, MONTH_DAYS
from clockeye_cli.server.records import GroupSum, StoredEntry

if TYPE_CHECKING:
    from clockeye_cli.server.postgres.connections import PgConnection
    from clockeye_cli.server.records import Page, Slice, Which

COLUMNS = ", ".join(StoredEntry._fields)

ENTRY = f"""json_build_object(
    'id', id, 'user_id', user_id, 'project_id', project_id, 'description', description,
    'start_time', {utc("started_at")}, 'end_time', CASE WHEN NOT is_running THEN {utc("ended_at")} END,
    'duration', ended_at - started_at, 'billable', billable)"""

GROUPS = {
    "project": ("project_id", "(SELECT name FROM projects WHERE id = key)"),
    "user": ("user_id", "(SELECT name FROM users WHERE id = key)"),
    "day": ("day", "key::text"),
}
"""Each group of a summary with the SQL of its key, and the SQL of its name."""

EPOCH = date(1970, 1, 1)


class PgEntries:
    """The part of `storage.Queries` on time entries."""

    connection: PgConnection
    is_writing: bool

    def entry(self, entry_id: str) -> StoredEntry | None:
        """An entry; a writer locks it."""
        if self.is_writing:  # the user first, as for a new entry, so that two transactions form no circle
            user = "SELECT user_id FROM time_entries WHERE id = %s"
            query = f"SELECT 1 FROM users WHERE id = ({user}) FOR NO KEY UPDATE"
            self.connection.execute(query.encode(), (entry_id,))
        lock = " FOR NO KEY UPDATE" if self.is_writing else ""
        query = f"SELECT {COLUMNS} FROM time_entries WHERE id = %s{lock}"
        row = self.connection.execute(query.encode(), (entry_id,)).fetchone()
        return StoredEntry._make(row) if row else None

    def entry_json(self, entry_id: str) -> str:
        """An existing entry as a JSON object."""
        return str(one(self.connection, f"SELECT {ENTRY}::text FROM time_entries WHERE id = %s", entry_id)[0])

    def entry_count(self, user_id: str = "") -> int:
        """The number of entries of a user, or of all."""
        query = "SELECT coalesce(sum(entries), 0) FROM entry_counts WHERE scope = %s AND level = %s"
        return int(one(self.connection, query, user_id, MONTH)[0])

    def entries_page(self, which: Which, page: Slice) -> Page:
        """A page of entries, latest start first.

        The entries of a span of days are a slice of the whole list, which begins after the `newer` ones.
        """
        listing = _list(self.connection, which)
        newer = listing.rank(_day(which.last) + 1) if which.last is not None else 0
        up_to = listing.rank(_day(which.first)) if which.first is not None else listing.length()
        total = up_to - newer
        wanted = min(page.per_page, total - page.offset)
        return (listing.part(newer + page.offset, wanted) if wanted > 0 else "[]"), total

    def entries_of(self, user_id: str) -> list[str]:
        """All entries of a user as JSON objects, earliest first."""
        query = f"SELECT {ENTRY}::text FROM time_entries WHERE user_id = %s ORDER BY started_at, number"
        return [text for (text,) in self.connection.execute(query.encode(), (user_id,))]

    def add_entry(self, entry: StoredEntry) -> None:
        """Add an entry; a user has at most one that is running."""
        query = f"INSERT INTO time_entries ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
        self.connection.execute(query.encode(), entry)

    def change_entry(self, entry: StoredEntry) -> None:
        """Store an existing entry anew."""
        columns = ", ".join(f"{column} = %({column})s" for column in StoredEntry._fields[1:])
        query = f"UPDATE time_entries SET {columns} WHERE id = %(id)s"
        self.connection.execute(query.encode(), entry._asdict())

    def delete_entry(self, entry_id: str) -> None:
        """Delete an entry with its screenshots."""
        self.connection.execute("DELETE FROM time_entries WHERE id = %s", (entry_id,))

    def end_running(self, user_id: str, started_at: int, now: int) -> None:
        """End a user's running entry; see `storage.Queries`."""
        self.connection.execute(
            "UPDATE time_entries SET is_running = FALSE, ended_at = CASE WHEN started_at <= %(new)s"
            " THEN %(new)s ELSE greatest(started_at, %(now)s) END WHERE user_id = %(user)s AND is_running",
            {"new": started_at, "user": user_id, "now": now},
        )

    def sums(self, group: str, which: Which) -> list[GroupSum]:
        """Sums of the entries that start on the days, by name."""
        key, name = GROUPS[group]
        where, values = _chosen(which)
        for condition, day in (("day >= %s", which.first), ("day <= %s", which.last)):
            if day is not None:
                where += f" AND {condition}"
                values.append(_day(day))
        order = "key" if group == "day" else "name, key"
        query = (
            f"SELECT key, {name} AS name, duration, billable, entries FROM (SELECT {key} AS key,"
            " sum(duration)::bigint AS duration, sum(billable_duration)::bigint AS billable,"
            f" sum(entries)::bigint AS entries FROM entry_days WHERE {where}"
            f" GROUP BY 1 HAVING sum(entries) > 0) AS sums ORDER BY {order}"
        )
        rows = self.connection.execute(query.encode(), values).fetchall()
        if group == "day":
            return [GroupSum(_iso(number), _iso(number), *sums) for number, _, *sums in rows]
        return [GroupSum._make(row) for row in rows]


def _list(connection: PgConnection, which: Which) -> _CountedList | _ShortList:
    if which.user_id and which.project_id:
        return _ShortList(connection, which)
    return _CountedList(connection, which)


class _CountedList:
    """The entries of the team, of a user or of a project, latest first; counts locate positions in it."""

    def __init__(self, connection: PgConnection, which: Which) -> None:
        self._connection = connection
        self._where, self._values = _chosen(which)
        self._scope = which.user_id or which.project_id
        self._months = self._counts(MONTH)

    def length(self) -> int:
        return sum(entries for _, entries in self._months)

    def rank(self, day: int) -> int:
        """The number of entries that start on a day or later."""
        month = day // MONTH_DAYS
        later = sum(entries for span, entries in self._months if span > month)
        return later + sum(entries for span, entries in self._days(month) if span >= day)

    def part(self, position: int, count: int) -> str:
        """Up to `count` entries from a position on, as a JSON array."""
        before, month = _located(self._months, position)
        before_day, day = _located(self._days(month), position - before)
        query = (
            f"SELECT json_agg({ENTRY} ORDER BY started_at DESC, number DESC)::text FROM"
            f" (SELECT * FROM time_entries WHERE {self._where} AND started_at < %s"
            " ORDER BY started_at DESC, number DESC LIMIT %s OFFSET %s) AS part"
        )
        values = (*self._values, (day + 1) * DAY_SECONDS, count, position - before - before_day)
        return str(one(self._connection, query, *values)[0])

    def _days(self, month: int) -> list[tuple[int, int]]:
        return self._counts(DAY, month * MONTH_DAYS, (month + 1) * MONTH_DAYS)

    def _counts(self, level: int, *spans: int) -> list[tuple[int, int]]:
        """The number of entries of each span, the latest first."""
        query = "SELECT span, sum(entries)::bigint FROM entry_counts WHERE scope = %s AND level = %s"
        within = " AND span >= %s AND span < %s" if spans else ""
        query += f"{within} GROUP BY span HAVING sum(entries) > 0 ORDER BY span DESC"
        rows: list[Any] = self._connection.execute(query.encode(), (self._scope, level, *spans)).fetchall()
        return rows


class _ShortList:
    """The entries of a user in a project, latest first: few enough to count them each time."""

    def __init__(self, connection: PgConnection, which: Which) -> None:
        self._connection = connection
        self._where, self._values = _chosen(which)

    def length(self) -> int:
        return int(
            one(self._connection, f"SELECT count(*) FROM time_entries WHERE {self._where}", *self._values)[0]
        )

    def rank(self, day: int) -> int:
        """The number of entries that start on a day or later."""
        query = f"SELECT count(*) FROM time_entries WHERE {self._where} AND started_at >= %s"
        return int(one(self._connection, query, *self._values, day * DAY_SECONDS)[0])

    def part(self, position: int, count: int) -> str:
        """Up to `count` entries from a position on, as a JSON array."""
        query = (
            f"SELECT json_agg({ENTRY} ORDER BY started_at DESC, number DESC)::text FROM"
            f" (SELECT * FROM time_entries WHERE {self._where}"
            " ORDER BY started_at DESC, number DESC LIMIT %s OFFSET %s) AS part"
        )
        return str(one(self._connection, query, *self._values, count, position)[0])


def _located(counts: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """Where a position is: the number of entries before its span, and the span."""
    before = span = 0
    for span, entries in counts:  # noqa: B007 (the last one is returned)
        if before + entries > position:
            break
        before += entries
    return before, span


def _chosen(which: Which) -> tuple[str, list[object]]:
    """The condition on user and project, with its values."""
    chosen = [
        (column, value)
        for column, value in (("user_id", which.user_id), ("project_id", which.project_id))
        if value
    ]
    return " AND ".join(["TRUE", *(f"{column} = %s" for column, _ in chosen)]), [value for _, value in chosen]


def _day(of: date) -> int:
    """A UTC day as it is stored: days since 1970."""
    return (of - EPOCH).days


def _iso(day: int) -> str:
    return str(EPOCH + timedelta(days=day))
