"""The extremes of the stored entries' times; looking at them finds impossible times, however many entries."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store.rows import check_instants

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


class Extremes(NamedTuple):
    """The extremes: instants, and lengths in seconds."""

    first_start: int
    last_start: int
    first_end: int
    last_end: int
    shortest: int
    longest: int


QUERY = " UNION ALL ".join(
    f"SELECT * FROM (SELECT {column} FROM entries ORDER BY {column} {order} LIMIT 1)"
    for column in ("started_at", "ended_at", "ended_at - started_at")
    for order in ("ASC", "DESC")
)
"""Each of them is at an end of an index: of numbers, NULL is the first there, and a text the last."""


def extremes_of(connection: Connection) -> Extremes | None:
    """The extremes of all entries; None if there are none.

    Raises:
        DatabaseError: A start, end or length is impossible: neither a sum nor a span of time would show that.
    """
    values = [value for (value,) in connection.execute(QUERY).fetchall()]
    check_instants(values)
    return Extremes(*values) if values else None
