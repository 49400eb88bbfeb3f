"""Finds the entries that overlap a span of time, and refuses to store an overlap."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

MOST_NAMED = 5
"""How many entries a message lists; the rest are only counted."""


def clashes(
    connection: Connection, started_at: int, ended_at: int, now: int, but: str | None = None
) -> list[TimeEntry | Timer]:
    """The entries that overlap a span, and the running timer, whose span ends now.

    Args:
        connection: The store.
        started_at: Instant.
        ended_at: Instant.
        now: Instant.
        but: The id of an entry to leave out: the one that the span belongs to.
    """
    overlapping: list[TimeEntry | Timer] = [
        entry for entry in entries.clashes(connection, started_at, ended_at) if entry.local_id != but
    ]
    running = timers.running(connection)
    if running and running.local_id != but and max(running.started_at, started_at) < min(now, ended_at):
        overlapping.append(running)
    return overlapping


def refuse_clashes(write: Write, started_at: int, ended_at: int, but: str | None = None) -> None:
    """Make sure that a span overlaps no entry.

    Raises:
        ClashError: It does; the message lists the entries.
    """
    overlapping = clashes(write.connection, started_at, ended_at, write.now, but)
    if overlapping:
        raise ClashError(
            f"Overlaps existing entries:\n{list_in_words(write, overlapping)}",
            hint="Nothing was stored. Use --overlap to store it anyway.",
            code="overlap",
        )


def list_in_words(write: Write, items: Sequence[TimeEntry | Timer]) -> str:
    """One line for each entry, with its id, for a message; after MOST_NAMED of them "and 3 more"."""
    names = projects.names(write.connection)
    lines = [
        f"{'timer' if isinstance(item, Timer) else item.local_id}:"
        f" {phrases.describe(item, names, write.zone, write.now)}"
        for item in items[:MOST_NAMED]
    ]
    more = [f"and {len(items) - MOST_NAMED} more"] if len(items) > MOST_NAMED else []
    return "\n".join(lines + more)
