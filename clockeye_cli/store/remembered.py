"""Single values that the state file keeps under a name; all the names are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

ACCOUNT_ORIGIN = "account origin"
"""The origin of the service that the profile is bound to."""

ACCOUNT_USER = "account user"
"""The id of the profile's own user on the account; empty if it is not known."""

ACCOUNT_KEY = "account key"
"""A hash of the last API key."""

ENTRIES_OF_OTHERS = "entries of others"
"""`taken` once the service has taken a new entry for another user, `refused` if it did not; else empty."""

UNREACHED_AT = "account unreached at"
"""Instant at which the account last could not be reached; `0` once it could."""

TIMER_LEFT_BEHIND = "timer left behind"
"""The id of the local profile's timer that did not come along with a login; empty if none is left."""

WELCOME = "welcome"
"""That the first timer was explained."""

ZONE = "zone"
"""The name of the computer's time zone at the last command."""


def put(connection: Connection, name: str, value: str) -> None:
    """Keep a value under one of the names."""
    connection.execute("INSERT OR REPLACE INTO remembered (what, value) VALUES (?, ?)", (name, value))


def get(connection: Connection, name: str) -> str | None:
    """The value under a name; None if it was never kept."""
    row = connection.execute("SELECT value FROM remembered WHERE what = ?", (name,)).fetchone()
    return str(row[0]) if row else None
