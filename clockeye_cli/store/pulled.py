"""The days that were read from the account, for whom and when."""

from __future__ import annotations

from datetime import date

from clockeye_cli.core.typing import TYPE_CHECKING, assert_never
from clockeye_cli.core.whose import Everybody, Mine, OneUser
from clockeye_cli.store import users
from clockeye_cli.store.database import UnreadableError
from clockeye_cli.store.rows import check_instants

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection

ALL_DAYS = ""
"""The day recorded for a read without bounds: it stands for every day."""


def mark(connection: Connection, days: Iterable[str], whose: Whose, at: int) -> None:
    """Record that these days were read at this instant.

    While the profile's own user is unknown, reading their days means reading everybody's.
    """
    user_id = _pulled_user(connection, whose)
    connection.executemany(
        "INSERT OR REPLACE INTO pulled (day, user_id, at) VALUES (?, ?, ?)",
        [(day, user_id, at) for day in days],
    )


def days(
    connection: Connection, first: str | None, last: str, whose: Whose
) -> tuple[dict[str, int], int | None]:
    """The days that were read, each with the instant of its last read; and when all days were, if ever.

    A day that was read for everybody counts as read for each user.

    Args:
        connection: The store.
        first: The first day; None for the beginning of time.
        last: The last day.
        whose: Whose entries.

    Raises:
        DatabaseError: A day or an instant is not possible.
    """
    read_at = dict(
        connection.execute(
            "SELECT day, max(at) FROM pulled"
            " WHERE (day = ? OR day >= ? AND day <= ?) AND user_id IN (?, '') GROUP BY day",
            (ALL_DAYS, first or "", last, _pulled_user(connection, whose)),
        ).fetchall()
    )
    check_instants(read_at.values())
    whole = read_at.pop(ALL_DAYS, None)
    try:
        _ = [date.fromisoformat(day) for day in read_at]
    except (TypeError, ValueError) as error:
        raise UnreadableError("an impossible day") from error
    return read_at, whole


def _pulled_user(connection: Connection, whose: Whose) -> str:
    """The user in a row of `pulled`: an id on the account; empty for everybody."""
    if isinstance(whose, Mine):
        return users.own(connection) or ""
    if isinstance(whose, OneUser):
        return whose.user_id
    if isinstance(whose, Everybody):
        return ""
    assert_never(whose)
