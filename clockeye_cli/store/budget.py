"""How many requests the service still accepts, shared by all processes that use a profile.

A row exists only while few requests remain. Then a process takes a request from the row before sending it, so
that no two processes count on the same one.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

UNKNOWN = -1
"""The number of requests after a pause, until the first one is answered."""

ANSWER_SECONDS = 2.0
"""How long other processes wait for that answer."""

ARRIVAL_SECONDS = 0.5
"""How long a sent request may take until the service counts it."""


def are_few(connection: Connection) -> bool:
    """Whether only few requests remain, by the last answer."""
    return connection.execute("SELECT 1 FROM budget").fetchone() is not None


def take(connection: Connection, now: float) -> float:
    """Take one of the remaining requests. Returns 0 if one was taken, else the seconds until the next one.

    Args:
        connection: The store, in a write transaction.
        now: Unix time by this computer's clock, compared only with itself.
    """
    row = connection.execute("SELECT remaining, seen_at, wait FROM budget").fetchone()
    if row is None:
        return 0.0
    remaining, seen_at, seconds = row
    if not seen_at <= now < seen_at + seconds:  # the window is over, or the clock went back
        _put(connection, UNKNOWN, now, ANSWER_SECONDS)
        return 0.0
    if remaining <= 0:
        return float(seen_at + seconds - now)
    connection.execute("UPDATE budget SET remaining = remaining - 1")
    return 0.0


def note(connection: Connection, remaining: int, seen_at: float, wait: float) -> None:
    """Record the limits that an answer gave: few requests remain in this window.

    Args:
        connection: The store.
        remaining: The requests that remain in the window.
        seen_at: When the answer came, Unix time by this computer's clock.
        wait: Seconds from then until the next window.
    """
    row = connection.execute("SELECT remaining FROM budget").fetchone()
    lowest = remaining if row is None or row[0] == UNKNOWN else min(row[0], remaining)
    if lowest <= 0 < remaining:  # a new window began, or the service has not counted every request yet
        wait = min(wait, ARRIVAL_SECONDS)
    _put(connection, lowest, seen_at, wait)


def clear(connection: Connection) -> None:
    """Record that enough requests remain."""
    connection.execute("DELETE FROM budget")


def _put(connection: Connection, remaining: int, seen_at: float, wait: float) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO budget (only_one, remaining, seen_at, wait) VALUES (1, ?, ?, ?)",
        (remaining, seen_at, wait),
    )
