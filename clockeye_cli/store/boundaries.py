"""The ends and starts of the profile's own entries, as instants, for times that mean one of them."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.rows import OWN

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.entries import Order


def latest_end(connection: Connection, first: int, last: int, but: str | None = None) -> int | None:
    """The latest end of an own finished entry from the instant `first` to `last`; `but` is left out."""
    return _boundary(connection, "ended_at", "DESC", f"{OWN} AND is_open = 0", (first, last, but))


def earliest_start(connection: Connection, first: int, last: int, but: str | None = None) -> int | None:
    """The earliest start of an own entry from the instant `first` to `last`; `but` is left out."""
    return _boundary(connection, "started_at", "ASC", OWN, (first, last, but))


def _boundary(
    connection: Connection, column: str, order: Order, which: str, values: tuple[int, int, str | None]
) -> int | None:
    row = connection.execute(
        f"SELECT {column} FROM entries WHERE {column} BETWEEN ? AND ? AND local_id IS NOT ? AND {which}"
        f" ORDER BY {column} {order} LIMIT 1",
        values,
    ).fetchone()
    return None if row is None else int(row[0])
