"""Time entries as JSON, and pages of their list, each at about the same cost wherever it is in the list.

SQLite builds the JSON in one step: in Python it takes four times as long, and every row fetched gives other
threads a chance to delay this one.
"""

from __future__ import annotations

from typing import Any

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.database import MONTH_SECONDS, YEAR_ZERO
from clockeye_cli.server.fields import midnight

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def utc(column: str) -> str:
    """SQL that formats an instant as the API reference does: `2024-01-15T09:00:00Z`."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, 'unixepoch')"


ENTRY = f"""json_object(
    'id', id, 'user_id', user_id, 'project_id', project_id, 'description', description,
    'start_time', {utc("started_at")}, 'end_time', iif(is_running, NULL, {utc("ended_at")}),
    'duration', ended_at - started_at, 'billable', json(iif(billable, 'true', 'false')))"""


def insert(connection: Connection, entry: dict[str, Any]) -> None:
    """Store a new entry, given as its values by column; without `is_running`, it has ended."""
    connection.execute(
        "INSERT INTO time_entries"
        " (id, user_id, project_id, description, started_at, ended_at, is_running, billable)"
        " VALUES (:id, :user_id, :project_id, :description, :started_at, :ended_at, :is_running, :billable)",
        {"is_running": False} | entry,
    )


def end_running(connection: Connection, user_id: str, started_at: int) -> None:
    """End a user's running entry, since another one has started at the instant `started_at`.

    One that started later is not made shorter: it ends now.
    """
    connection.execute(
        "UPDATE time_entries SET is_running = 0, ended_at ="
        " iif(started_at <= :new, :new, max(started_at, CAST(strftime('%s', 'now') AS INTEGER)))"
        " WHERE user_id = :user AND is_running = 1",
        {"new": started_at, "user": user_id},
    )


def as_json(connection: Connection, entry_id: str) -> str:
    """An existing entry as a JSON object."""
    row = connection.execute(f"SELECT {ENTRY} FROM time_entries WHERE id = ?", (entry_id,)).fetchone()
    return str(row[0])


def read(connection: Connection, query: dict[str, Any], offset: int, count: int) -> tuple[str, int]:
    """A part of the list, latest start first, as a JSON array, and the number of entries in the whole list.

    The entries of a span of days are a slice of the list of all days, which begins after the `newer` ones.

    Args:
        connection: In a snapshot.
        query: May contain `user_id`, `project_id`, `start_date` and `end_date` (inclusive).
        offset: Number of entries to skip.
        count: Largest number of entries to return.
    """
    chosen = [(column, query[column]) for column in ("user_id", "project_id") if column in query]
    where = " AND ".join(["TRUE", *(f"{column} = ?" for column, _ in chosen)])
    values = [value for _, value in chosen]
    listing = _List(connection, where, values)
    newer = listing.rank(midnight(query["end_date"]) + DAY_SECONDS) if "end_date" in query else 0
    up_to = listing.rank(midnight(query["start_date"])) if "start_date" in query else listing.length()
    total = up_to - newer
    wanted = min(count, total - offset)
    return (listing.part(newer + offset, wanted) if wanted > 0 else "[]"), total


class _List:
    """The entries of a user, of a project or all, latest first; monthly counts locate positions in it."""

    def __init__(self, connection: Connection, where: str, values: list[str]) -> None:
        self._where = where
        self._values = values
        self._execute = connection.execute
        self._months: list[tuple[int, int]] = self._execute(
            f"SELECT month, sum(entries) FROM entry_months WHERE {where} GROUP BY month ORDER BY month DESC",
            values,
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


def _end(month: int) -> int:
    return (month + 1) * MONTH_SECONDS - YEAR_ZERO
