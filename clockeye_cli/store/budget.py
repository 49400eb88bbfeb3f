"""How many requests the service still takes, shared by all processes that work on a profile.

There is a row only while they are few. Then whoever wants to send one takes it off first, so that no two
processes count on the same one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

UNKNOWN = -1
"""Requests left after a pause, until the first one is answered."""

ANSWER_SECONDS = 2.0
"""How long the others wait for that answer."""

ARRIVAL_SECONDS = 0.5
"""How long what is on its way may take until the service counts it."""


def are_few(connection: Connection) -> bool:
    """Whether requests are few, as far as is known."""
    return connection.execute("SELECT 1 FROM budget").fetchone() is not None


def take(connection: Connection, now: float) -> float:
    """Take one of the requests that are left. Returns seconds until there is one; 0 if it is taken.

    Args:
        connection: The store, in a writing transaction.
        now: Unix time by this computer's clock, only ever compared with itself.
    """
    row = connection.execute("SELECT remaining, seen_at, wait FROM budget").fetchone()
    if row is None:
        return 0.0
    remaining, seen_at, seconds = row
    if not seen_at <= now < seen_at + seconds:  # it is over; and a clock that went back tells nothing
        _put(connection, UNKNOWN, now, ANSWER_SECONDS)
        return 0.0
    if remaining <= 0:
        return float(seen_at + seconds - now)
    connection.execute("UPDATE budget SET remaining = remaining - 1")
    return 0.0


def note(connection: Connection, remaining: int, seen_at: float, wait: float) -> None:
    """An answer said that so few requests are left, and when there are more.

    Args:
        connection: The store.
        remaining: Requests left in the window.
        seen_at: Unix time by this computer's clock.
        wait: Seconds from then until there are more.
    """
    row = connection.execute("SELECT remaining FROM budget").fetchone()
    left = remaining if row is None or row[0] == UNKNOWN else min(row[0], remaining)
    if left <= 0 < remaining:  # either there are more again, or the service has not counted all of them yet
        wait = min(wait, ARRIVAL_SECONDS)
    _put(connection, left, seen_at, wait)


def clear(connection: Connection) -> None:
    """They are not few any more."""
    connection.execute("DELETE FROM budget")


def _put(connection: Connection, remaining: int, seen_at: float, wait: float) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO budget (only_one, remaining, seen_at, wait) VALUES (1, ?, ?, ?)",
        (remaining, seen_at, wait),
    )
