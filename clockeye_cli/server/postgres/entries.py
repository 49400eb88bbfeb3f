"""Time entries in PostgreSQL: as JSON, their sums, and pages of their list, each at about the same cost."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.postgres.lists import one
from clockeye_cli.server.postgres.pages import ALL, ENTRY
from clockeye_cli.server.records import GroupSum, StoredEntry

if TYPE_CHECKING:
    from clockeye_cli.server.postgres.connections import PgConnection
    from clockeye_cli.server.records import Page, Slice, Which

COLUMNS = ", ".join(StoredEntry._fields)

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

    def entry_count(self, user_id: str = "") -> int:
        """The number of entries of a user, or of all."""
        query = "SELECT coalesce(sum(entries), 0) FROM entry_counts WHERE scope = %s AND level = %s"
        return int(one(self.connection, query, user_id, ALL)[0])

    def entries_page(self, which: Which, page: Slice) -> Page:
        """A page of entries, latest start first."""
        first, last = (None if day is None else _day(day) for day in (which.first, which.last))
        query = "SELECT page, total FROM entries_page(%s, %s, %s, %s, %s, %s)"
        rows, total = one(
            self.connection, query, which.user_id, which.project_id, first, last, page.offset, page.per_page
        )
        return rows, total

    def entries_of(self, user_id: str) -> list[str]:
        """All entries of a user as JSON objects, earliest first."""
        query = f"SELECT {ENTRY} FROM time_entries WHERE user_id = %s ORDER BY started_at, number"
        return [text for (text,) in self.connection.execute(query.encode(), (user_id,))]

    def add_entry(self, entry: StoredEntry, now: int) -> str:
        """Add an entry; see `storage.Queries`."""
        query = "SELECT add_entry(%s, %s, %s, %s, %s, %s, %s, %s, %s)"
        return str(one(self.connection, query, *entry, now)[0])

    def change_entry(self, entry: StoredEntry) -> None:
        """Store an existing entry anew."""
        columns = ", ".join(f"{column} = %({column})s" for column in StoredEntry._fields[1:])
        query = f"UPDATE time_entries SET {columns} WHERE id = %(id)s"
        self.connection.execute(query.encode(), entry._asdict())

    def delete_entry(self, entry_id: str) -> None:
        """Delete an entry with its screenshots."""
        self.connection.execute("DELETE FROM time_entries WHERE id = %s", (entry_id,))

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
