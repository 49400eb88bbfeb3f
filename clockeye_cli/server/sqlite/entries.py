"""Time entries in SQLite: as JSON, their sums, and pages of their list, each at about the same cost.

SQLite builds the JSON in one step: in Python it takes four times as long, and every row fetched gives other
threads a chance to delay this one.
"""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.fields import midnight
from clockeye_cli.server.records import GroupSum, StoredEntry
from clockeye_cli.server.sqlite.lists import utc
from clockeye_cli.server.sqlite.schema import MONTH_SECONDS, YEAR_ZERO

if TYPE_CHECKING:
    from clockeye_cli.server.records import Page, Slice, Which
    from clockeye_cli.store.database import Connection

COLUMNS = ", ".join(StoredEntry._fields)

ENTRY = f"""json_object(
    'id', id, 'user_id', user_id, 'project_id', project_id, 'description', description,
    'start_time', {utc("started_at")}, 'end_time', iif(is_running, NULL, {utc("ended_at")}),
    'duration', ended_at - started_at, 'billable', json(iif(billable, 'true', 'false')))"""

GROUPS = {
    "project": ("project_id", "(SELECT name FROM projects WHERE id = key)"),
    "user": ("user_id", "(SELECT name FROM users WHERE id = key)"),
    "day": ("day", f"date(key * {DAY_SECONDS} - {YEAR_ZERO}, 'unixepoch')"),
}
"""Each group of a summary with the SQL of its key, and the SQL of its name."""


class SqliteEntries:
    """The part of `storage.Queries` on time entries."""

    connection: Connection

    def entry(self, entry_id: str) -> StoredEntry | None:
        """An entry."""
        query = f"SELECT {COLUMNS} FROM time_entries WHERE id = ?"
        row = self.connection.execute(query, (entry_id,)).fetchone()
        return StoredEntry._make((*row[:-2], bool(row[-2]), bool(row[-1]))) if row else None

    def entry_count(self, user_id: str = "") -> int:
        """The number of entries of a user, or of all."""
        query = "SELECT count(*) FROM time_entries WHERE user_id = ?1 OR ?1 = ''"
        count: int = self.connection.execute(query, (user_id,)).fetchone()[0]
        return count

    def entries_page(self, which: Which, page: Slice) -> Page:
        """A page of entries, latest start first.

        The entries of a span of days are a slice of the whole list, which begins after the `newer` ones.
        """
        listing = _List(self.connection, which)
        newer = listing.rank(midnight(which.last) + DAY_SECONDS) if which.last is not None else 0
        up_to = listing.rank(midnight(which.first)) if which.first is not None else listing.length()
        total = up_to - newer
        wanted = min(page.per_page, total - page.offset)
        return (listing.part(newer + page.offset, wanted) if wanted > 0 else "[]"), total

    def entries_of(self, user_id: str) -> list[str]:
        """All entries of a user as JSON objects, earliest first."""
        query = f"SELECT {ENTRY} FROM time_entries WHERE user_id = ? ORDER BY started_at, number"
        return [text for (text,) in self.connection.execute(query, (user_id,))]

    def add_entry(self, entry: StoredEntry, now: int) -> str:
        """Add an entry; see `storage.Queries`."""
        execute = self.connection.execute
        for field, table in (("project_id", "projects"), ("user_id", "users")):
            if not execute(f"SELECT 1 FROM {table} WHERE id = ?", (getattr(entry, field),)).fetchone():
                return field
        if entry.is_running:
            execute(
                "UPDATE time_entries SET is_running = 0, ended_at ="
                " iif(started_at <= :new, :new, max(started_at, :now))"
                " WHERE user_id = :user AND is_running = 1",
                {"new": entry.started_at, "user": entry.user_id, "now": now},
            )
        execute(f"INSERT INTO time_entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", entry)
        return ""

    def change_entry(self, entry: StoredEntry) -> None:
        """Store an existing entry anew."""
        columns = ", ".join(f"{column} = :{column}" for column in StoredEntry._fields[1:])
        self.connection.execute(f"UPDATE time_entries SET {columns} WHERE id = :id", entry._asdict())

    def delete_entry(self, entry_id: str) -> None:
        """Delete an entry with its screenshots."""
        self.connection.execute("DELETE FROM time_entries WHERE id = ?", (entry_id,))

    def sums(self, group: str, which: Which) -> list[GroupSum]:
        """Sums of the entries that start on the days, by name."""
        key, name = GROUPS[group]
        where, values = _chosen(which)
        for condition, day in (("day >= ?", which.first), ("day <= ?", which.last)):
            if day is not None:
                where += f" AND {condition}"
                values.append((midnight(day) + YEAR_ZERO) // DAY_SECONDS)
        rows = self.connection.execute(
            f"SELECT key, {name}, duration, billable, entries FROM (SELECT {key} AS key,"
            " sum(duration) AS duration, sum(billable_duration) AS billable, sum(entries) AS entries"
            f" FROM entry_days WHERE {where} GROUP BY 1 HAVING sum(entries) > 0) ORDER BY 2, 1",
            values,
        )
        return [GroupSum(name if group == "day" else key, name, *rest) for key, name, *rest in rows]


class _List:
    """The entries of a user, of a project or all, latest first; monthly counts locate positions in it."""

    def __init__(self, connection: Connection, which: Which) -> None:
        self._where, self._values = _chosen(which)
        self._execute = connection.execute
        self._months: list[tuple[int, int]] = self._execute(
            f"SELECT month, sum(entries) FROM entry_months WHERE {self._where}"
            " GROUP BY month ORDER BY month DESC",
            self._values,
        ).fetchall()

    def length(self) -> int:
        return sum(entries for _, entries in self._months)

    def rank(self, instant: int) -> int:
        """The number of entries that start at or after an instant."""
        month = (instant + YEAR_ZERO) // MONTH_SECONDS
        query = (
            f"SELECT count(*) FROM time_entries WHERE {self._where} AND started_at >= ? AND started_at < ?"
        )
        in_month: int = self._execute(query, (*self._values, instant, _end(month))).fetchone()[0]
        return in_month + sum(entries for later, entries in self._months if later > month)

    def part(self, position: int, count: int) -> str:
        """Up to `count` entries from a position on, as a JSON array."""
        before, end = self._month_at(position)
        rows = self._execute(
            f"SELECT json_group_array({ENTRY}) FROM (SELECT * FROM time_entries WHERE {self._where}"
            " AND started_at < ? ORDER BY started_at DESC, number DESC LIMIT ? OFFSET ?)",
            (*self._values, end, count, position - before),
        ).fetchone()
        return str(rows[0])

    def _month_at(self, position: int) -> tuple[int, int]:
        """The month of a position: the number of entries before that month, and the instant of its end."""
        before = end = 0
        for month, entries in self._months:
            end = _end(month)
            if before + entries > position:
                break
            before += entries
        return before, end


def _chosen(which: Which) -> tuple[str, list[object]]:
    """The condition on user and project, with its values."""
    chosen = [
        (column, value)
        for column, value in (("user_id", which.user_id), ("project_id", which.project_id))
        if value
    ]
    return " AND ".join(["TRUE", *(f"{column} = ?" for column, _ in chosen)]), [value for _, value in chosen]


def _end(month: int) -> int:
    return (month + 1) * MONTH_SECONDS - YEAR_ZERO
