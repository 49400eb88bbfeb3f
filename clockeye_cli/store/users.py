"""The users of a profile's account, as last read, and which of them is the profile's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.user import User
from clockeye_cli.store import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.store.database import Connection


def every(connection: Connection) -> list[User]:
    """The users that were last read, in the order of their addresses."""
    return [User(*row) for row in connection.execute("SELECT id, email, role FROM users ORDER BY email")]


def put(connection: Connection, users: Iterable[User]) -> None:
    """Keep these users in place of those that were read before."""
    connection.execute("DELETE FROM users")
    connection.executemany("INSERT INTO users (id, email, role) VALUES (?, ?, ?)", users)


def own(connection: Connection) -> str | None:
    """The id of the profile's own user; None while it is unknown."""
    return remembered.get(connection, remembered.ACCOUNT_USER) or None


def bind(connection: Connection, user_id: str | None) -> None:
    """Make this the profile's own user; None for an unknown one."""
    remembered.put(connection, remembered.ACCOUNT_USER, user_id or "")
