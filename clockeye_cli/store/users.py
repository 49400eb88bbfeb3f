"""The users of a profile's account, as last read, and which of them is the profile's own."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.user import User
from clockeye_cli.store import remembered, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.store.database import Connection

USER_IN_FIELDS = (
    "CASE WHEN json_valid(fields) THEN CASE WHEN json_type(fields, '$.user_id') IN ('text', 'integer')"
    " THEN CAST(json_extract(fields, '$.user_id') AS TEXT) END END"
)
"""An entry's user as last read from the account, in SQL over `remote`; NULL if the account gave none."""

USER_THERE = f"SELECT {USER_IN_FIELDS} FROM remote WHERE remote.local_id = entries.local_id"

TAKEN, REFUSED = "taken", "refused"


def every(connection: Connection) -> list[User]:
    """The users last read, by email address."""
    return rows.values(User, connection.execute(f"SELECT {rows.columns(User)} FROM users ORDER BY email"))


def put(connection: Connection, users: Iterable[User]) -> None:
    """Replace the stored users."""
    connection.execute("DELETE FROM users")
    for user in users:
        rows.insert(connection, "users", user)


def own(connection: Connection) -> str | None:
    """The id of the profile's own user; None while it is unknown."""
    return remembered.get(connection, remembered.ACCOUNT_USER) or None


def takes_entries_of_others(connection: Connection) -> bool:
    """Whether the service may accept a new entry for another user: it has not refused one."""
    return remembered.get(connection, remembered.ENTRIES_OF_OTHERS) != REFUSED


def remember_taken(connection: Connection) -> None:
    """Record that the service accepted an entry for another user; later refusals concern single entries."""
    remembered.put(connection, remembered.ENTRIES_OF_OTHERS, TAKEN)


def remember_refused(connection: Connection) -> None:
    """Record that the service refused an entry for another user, unless it has accepted one before."""
    if remembered.get(connection, remembered.ENTRIES_OF_OTHERS) != TAKEN:
        remembered.put(connection, remembered.ENTRIES_OF_OTHERS, REFUSED)


def forget_refused(connection: Connection) -> None:
    """Forget the refusal: another key, or another version of the service, may be allowed more."""
    remembered.put(connection, remembered.ENTRIES_OF_OTHERS, "")


def bind(connection: Connection, user_id: str | None) -> None:
    """Make this user the profile's own, and the user's entries too; None for an unknown user.

    Entries that were read while the own user was unknown are stored with their user. Entries stored as the
    profile's own that belong to another user, as last read from the account, become that user's.
    """
    remembered.put(connection, remembered.ACCOUNT_USER, user_id or "")
    connection.execute("UPDATE entries SET user_id = NULL WHERE user_id = ?", (user_id,))
    connection.execute(
        f"UPDATE entries SET user_id = ({USER_THERE}) WHERE user_id IS NULL"
        f" AND local_id IN (SELECT local_id FROM remote WHERE {USER_IN_FIELDS} != ?)",
        (user_id or "",),
    )
