"""Entries and projects as the account has them: their ids on the account, and their fields as last read."""

from __future__ import annotations

from clockeye_cli.core.json_text import plain_value
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import former_ids

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.store.database import Connection


class Seen(NamedTuple):
    """An entry as the account last had it.

    Attributes:
        local_id: Its id in the store.
        account_id: Its id on the account.
        fields: The JSON object that was read.
        settled_at: The instant at which a change from here was last delivered; 0 if none was.
    """

    local_id: str
    account_id: str
    fields: dict[str, Any]
    settled_at: int


FIELDS = "local_id, account_id, fields, settled_at"


def of(connection: Connection, local_id: str) -> Seen | None:
    """An entry as last read, by its id in the store."""
    return _one(connection, "local_id", local_id)


def by_account_id(connection: Connection, account_id: str) -> Seen | None:
    """An entry as last read, by its id on the account."""
    return _one(connection, "account_id", account_id)


def put(connection: Connection, seen: Seen) -> None:
    """Store an entry as read from the account."""
    put_all(connection, [seen])


def put_all(connection: Connection, several: Sequence[Seen]) -> None:
    """Store entries as read from the account."""
    import json

    connection.executemany(
        f"INSERT OR REPLACE INTO remote ({FIELDS}) VALUES (?, ?, ?, ?)",
        [(seen.local_id, seen.account_id, json.dumps(seen.fields), seen.settled_at) for seen in several],
    )
    # Every id that an entry ever had remains valid.
    former_ids.put_all(connection, [(seen.account_id, seen.local_id) for seen in several])


def forget(connection: Connection, local_id: str) -> None:
    """Record that the account no longer has an entry."""
    connection.execute("DELETE FROM remote WHERE local_id = ?", (local_id,))


def project_id(connection: Connection, local_id: str) -> str | None:
    """A project's id on the account; None if the account does not have it yet."""
    row = connection.execute("SELECT account_id FROM projects WHERE id = ?", (local_id,)).fetchone()
    return row[0] if row else None


def local_project_id(connection: Connection, account_id: str) -> str | None:
    """A project's id in the store, by its id on the account; None if the store does not have it."""
    row = connection.execute("SELECT id FROM projects WHERE account_id = ?", (account_id,)).fetchone()
    return row[0] if row else None


def project_ids(connection: Connection) -> dict[str, str]:
    """The projects' ids in the store, by their ids on the account."""
    rows = connection.execute("SELECT account_id, id FROM projects WHERE account_id IS NOT NULL")
    return dict(rows.fetchall())


def put_project(connection: Connection, local_id: str, account_id: str) -> None:
    """Record a project's id on the account."""
    connection.execute("UPDATE projects SET account_id = ? WHERE id = ?", (account_id, local_id))


def _one(connection: Connection, column: str, value: str) -> Seen | None:
    row = connection.execute(f"SELECT {FIELDS} FROM remote WHERE {column} = ?", (value,)).fetchone()
    return None if row is None else seen(row)


def seen(row: tuple[Any, ...]) -> Seen:
    """The entry in a row with FIELDS."""
    local_id, account_id, fields, settled_at = row
    return Seen(local_id, account_id, plain_value(fields), settled_at)
