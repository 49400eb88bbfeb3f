"""Which entries share time, and the refusal to store more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

MOST_NAMED = 5
"""How many entries a message lists before it counts the rest."""


def clashes(
    connection: Connection, started_at: int, ended_at: int, now: int, but: str | None = None
) -> list[TimeEntry | Timer]:
    """What shares time with a span: entries, and the timer up to now.

    Args:
        connection: The store.
        started_at: Instant.
        ended_at: Instant.
        now: Instant.
        but: The id of what the span belongs to itself.
    """
    found: list[TimeEntry | Timer] = [
        entry for entry in entries.clashes(connection, started_at, ended_at) if entry.local_id != but
    ]
    running = timers.running(connection)
    if running and running.local_id != but and max(running.started_at, started_at) < min(now, ended_at):
        found.append(running)
    return found


def refuse_clashes(write: Write, started_at: int, ended_at: int, but: str | None = None) -> None:
    """Make sure that a span is free.

    Raises:
        ClashError: It is not; the message lists what is in the way.
    """
    found = clashes(write.connection, started_at, ended_at, write.now, but)
    if found:
        raise ClashError(
            f"That overlaps what is there:\n{list_in_words(write, found)}",
            hint="Nothing was stored; `--overlap` stores it all the same.",
            code="overlap",
        )


def list_in_words(write: Write, found: Sequence[TimeEntry | Timer]) -> str:
    """Entries in words, a line each, with their ids, for a message."""
    names = projects.names(write.connection)
    ids = ["timer" if isinstance(item, Timer) else item.local_id for item in found]
    what = [phrases.describe(item, names, write.zone, write.now) for item in found[:MOST_NAMED]]
    lines = [f"{word}: {line}" for word, line in zip(ids, what, strict=False)]
    more = [f"and {len(found) - MOST_NAMED} more"] if len(found) > MOST_NAMED else []
    return "\n".join(lines + more)
