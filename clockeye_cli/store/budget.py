"""How many requests the service still takes, shared by all processes that work on a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def note(connection: Connection, remaining: int, seen_at: float, wait: float) -> None:
    """An answer said that so many requests are left, and when there are more.

    Args:
        connection: The store.
        remaining: Requests left in the window.
        seen_at: Unix time by this computer's clock, only ever compared with itself.
        wait: Seconds from then until there are more.
    """
    connection.execute(
        "INSERT OR REPLACE INTO budget (only_one, remaining, seen_at, wait) VALUES (1, ?, ?, ?)",
        (remaining, seen_at, wait),
    )


def wait(connection: Connection, now: float) -> float:
    """Seconds until the next request may go; 0 if it may at once."""
    row = connection.execute("SELECT remaining, seen_at, wait FROM budget").fetchone()
    if row is None or row[0] > 0 or now < row[1]:  # a clock that went back tells nothing
        return 0.0
    return float(max(0.0, row[1] + row[2] - now))
