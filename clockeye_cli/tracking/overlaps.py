"""Finds the entries that overlap a span of time, and lists them; `tracking/room.py` has the rules."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


class Ways(NamedTuple):
    """What a command may do about overlaps; by itself it refuses them.

    Attributes:
        overlap: Store them.
        adjust: Make room for the new entry among the others.
    """

    overlap: bool = False
    adjust: bool = False


REFUSE = Ways()


def chosen_ways(*, overlap: bool, adjust: bool) -> Ways:
    """What a command may do about overlaps, by its options.

    Raises:
        UsageError: Both were given.
    """
    if overlap and adjust:
        raise UsageError(
            "--adjust and --overlap cannot be used together.",
            hint="--adjust makes room for the entry, --overlap stores it as it is.",
        )
    return Ways(overlap, adjust)


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


def list_in_words(write: Write, items: Sequence[TimeEntry | Timer]) -> str:
    """One line for each entry, with its id, for a message; after MOST_NAMED of them "and 3 more"."""
    names = projects.names(write.connection)
    lines = [
        f"{'timer' if isinstance(item, Timer) else item.local_id}:"
        f" {phrases.describe(item, names, write.zone, write.now, exact=True)}"
        for item in items[:MOST_NAMED]
    ]
    more = [f"and {len(items) - MOST_NAMED} more"] if len(items) > MOST_NAMED else []
    return "\n".join(lines + more)
