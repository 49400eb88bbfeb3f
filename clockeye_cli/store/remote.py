"""What the account has of the store's entries and projects: their ids there, and how they were last seen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from clockeye_cli.core.whose import Everybody, Mine, OneUser
from clockeye_cli.store import former_ids, users

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection


class Seen(NamedTuple):
    """An entry as the account last had it.

    Attributes:
        local_id: Its id here.
        account_id: Its id there.
        fields: The JSON object that was read.
        settled_at: Instant at which a change of ours was last delivered; 0 if none was.
    """

    local_id: str
    account_id: str
    fields: dict[str, Any]
    settled_at: int


FIELDS = "local_id, account_id, fields, settled_at"


def of(connection: Connection, local_id: str) -> Seen | None:
    """How an entry was last seen, by its id here."""
    return _one(connection, "local_id", local_id)


def by_account_id(connection: Connection, account_id: str) -> Seen | None:
    """How an entry was last seen, by its id there."""
    return _one(connection, "account_id", account_id)


def put(connection: Connection, seen: Seen) -> None:
    """Remember how an entry is on the account."""
    connection.execute(
        f"INSERT OR REPLACE INTO remote ({FIELDS}) VALUES (?, ?, ?, ?)",
        (seen.local_id, seen.account_id, json.dumps(seen.fields), seen.settled_at),
    )
    # Every id that an entry ever had is understood for ever.
    former_ids.put(connection, seen.account_id, seen.local_id)


def forget(connection: Connection, local_id: str) -> None:
    """The account has the entry no more."""
    connection.execute("DELETE FROM remote WHERE local_id = ?", (local_id,))


def account_ids(connection: Connection, local_ids: Iterable[str]) -> dict[str, str]:
    """The ids on the account of those of these entries that it has, by their ids here."""
    found = {}
    for local_id in local_ids:
        row = connection.execute("SELECT account_id FROM remote WHERE local_id = ?", (local_id,)).fetchone()
        if row:
            found[local_id] = str(row[0])
    return found


def project_id(connection: Connection, local_id: str) -> str | None:
    """A project's id on the account; None if it is not there yet."""
    row = connection.execute("SELECT account_id FROM projects WHERE id = ?", (local_id,)).fetchone()
    return row[0] if row else None


def local_project_id(connection: Connection, account_id: str) -> str | None:
    """A project's id here, by its id on the account; None if it is not known here."""
    row = connection.execute("SELECT id FROM projects WHERE account_id = ?", (account_id,)).fetchone()
    return row[0] if row else None


def project_ids(connection: Connection) -> dict[str, str]:
    """Projects' ids here, by their ids on the account."""
    rows = connection.execute("SELECT account_id, id FROM projects WHERE account_id IS NOT NULL")
    return dict(rows.fetchall())


def put_project(connection: Connection, local_id: str, account_id: str) -> None:
    """A project has this id on the account."""
    connection.execute("UPDATE projects SET account_id = ? WHERE id = ?", (account_id, local_id))


ALL_DAYS = ""
"""What is remembered as read where no day bounds it: every day that there ever was."""


def mark_pulled(connection: Connection, days: Iterable[str], whose: Whose, at: int) -> None:
    """These days of somebody's were read at this instant.

    While the profile's own user is unknown, their days are everybody's: nothing else can be asked for.
    """
    user_id = _pulled_user(connection, whose)
    connection.executemany(
        "INSERT OR REPLACE INTO pulled (day, user_id, at) VALUES (?, ?, ?)",
        [(day, user_id, at) for day in days],
    )


def pulled_at(connection: Connection, days: Sequence[str], whose: Whose) -> int | None:
    """When the one of these days was read that was read longest ago; None if one never was.

    A day that was read for everybody was read for each of them.
    """
    known = dict(
        connection.execute(
            "SELECT day, max(at) FROM pulled"
            " WHERE (day = ? OR day >= ? AND day <= ?) AND user_id IN (?, '') GROUP BY day",
            (ALL_DAYS, days[0], days[-1], _pulled_user(connection, whose)),
        ).fetchall()
    )
    never = -1
    whole = known.get(ALL_DAYS, never)
    oldest = min(max(whole, known.get(day, never)) for day in days)
    return None if oldest == never else oldest


def _pulled_user(connection: Connection, whose: Whose) -> str:
    """The user of a row of `pulled`: their id on the account; empty for everybody."""
    if isinstance(whose, Mine):
        return users.own(connection) or ""
    if isinstance(whose, OneUser):
        return whose.user_id
    if isinstance(whose, Everybody):
        return ""
    assert_never(whose)


def _one(connection: Connection, column: str, value: str) -> Seen | None:
    row = connection.execute(f"SELECT {FIELDS} FROM remote WHERE {column} = ?", (value,)).fetchone()
    return Seen(row[0], row[1], json.loads(row[2]), row[3]) if row else None
