"""Single named values in the state file; all names are defined here."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

ACCOUNT_ORIGIN = "account origin"
"""The origin of the service that the profile is bound to."""

ACCOUNT_USER = "account user"
"""The id of the profile's own user on the account; empty while unknown."""

ACCOUNT_KEY = "account key"
"""A hash of the last API key."""

CLOSED_CHANGES = "closed changes"
"""What the account last changed in the closed period, and when that was read, in words; empty for nothing."""

DIALECT = "dialect"
"""How the account's service reads the API, as JSON (see `core/dialect.py`)."""

ENTRIES_OF_OTHERS = "entries of others"
"""`taken` once the service has taken a new entry for another user, `refused` if it did not; else empty."""

CLOCK_DIFFERS = "clock differs"
"""Not empty while this computer's clock differs from the service's, so that one notice says so."""

HISTORY_FROM = "history from"
"""The id of the first command that the history shows; those before it are deleted a few at a time."""

UNREACHED_AT = "account unreached at"
"""The instant at which the account was last found unreachable; `0` once it was reached."""

MINUTES_OFFERED = "minutes offered"
"""Not empty once a notice has said how times become whole minutes."""

NOTICES_OF_DAY = "notices of the day"
"""A day, and the notices that were given on it and are given once a day, with empty lines between them."""

SENDING_FAILED = "sending failed"
"""Why the last attempt to send ended early; empty if it did not."""

SENDING_STOPPED = "sending stopped"
"""Why nothing can be sent until a person changes something, such as a refused key; empty if it can."""

TIMER_LEFT_BEHIND = "timer left behind"
"""The id of the local profile's timer that a login did not adopt; empty if there is none."""

TIMER_DELETED = "timer deleted"
"""The id of the running timer that was found to be deleted on the account; empty for none."""

REPLAYED_FROM = "history replayed from"
"""The id of the latest command when `doctor --repair` took the rows as they were; only later ones count."""

WELCOME = "welcome"
"""Stored once the first timer was explained."""

ZONE_CHANGES = "zone changes"
"""The changes of this computer's time zone that were pointed out: lines of two names, before and after."""

ZONE = "zone"
"""The name of this computer's time zone at the last command."""

NUMBERS = (HISTORY_FROM, REPLAYED_FROM, UNREACHED_AT)
"""The names whose values are whole numbers."""


def put(connection: Connection, name: str, value: str) -> None:
    """Store a value under a name."""
    connection.execute("INSERT OR REPLACE INTO remembered (what, value) VALUES (?, ?)", (name, value))


def get(connection: Connection, name: str) -> str | None:
    """The value under a name; None if none was ever stored."""
    row = connection.execute("SELECT value FROM remembered WHERE what = ?", (name,)).fetchone()
    return str(row[0]) if row else None
