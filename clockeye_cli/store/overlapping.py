"""The overlaps that are stored among the profile's own entries."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def own(connection: Connection, started_at: int, ended_at: int) -> list[TimeEntry]:
    """The own entries with a part in a span that overlap others of them, with those others, by time."""
    later = rows.values(
        TimeEntry,
        connection.execute(
            f"SELECT {entries.COLUMNS} FROM entries WHERE local_id IN (SELECT local_id FROM overlapping)"
            f" AND {rows.OWN} AND ended_at > ? AND started_at < ?",
            (started_at, ended_at),
        ),
    )
    overlapping = set()
    for entry in later:
        clashes = entries.clashes(connection, entry.started_at, entry.ended_at)
        overlapping |= set(clashes) if len(clashes) > 1 else set()  # it is one of them itself
    return sorted(overlapping, key=lambda entry: (entry.started_at, entry.local_id))
