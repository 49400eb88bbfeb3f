"""Entries and projects as the account has them: their ids on the account, and their fields as last read."""

from __future__ import annotations

from datetime import date
from itertools import islice

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple, assert_never
from clockeye_cli.core.whose import Everybody, Mine, OneUser
from clockeye_cli.store import former_ids, users
from clockeye_cli.store.database import UnreadableError
from clockeye_cli.store.rows import check_instants

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from clockeye_cli.core.whose import Whose
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


IDS_AT_ONCE = 1_000
"""SQLite limits the values of a statement; builds of it differ in how many."""

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


def account_ids(connection: Connection, local_ids: Iterable[str]) -> dict[str, str]:
    """The ids on the account, by the ids in the store, of those entries that the account has."""
    ids: dict[str, str] = {}
    rest = iter(local_ids)
    while some := [*islice(rest, IDS_AT_ONCE)]:
        marks = ", ".join("?" * len(some))
        ids |= connection.execute(
            f"SELECT local_id, account_id FROM remote WHERE local_id IN ({marks})", some
        ).fetchall()
    return ids


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


ALL_DAYS = ""
"""The day recorded for a read without bounds: it stands for every day."""


def mark_pulled(connection: Connection, days: Iterable[str], whose: Whose, at: int) -> None:
    """Record that these days were read at this instant.

    While the profile's own user is unknown, reading their days means reading everybody's.
    """
    user_id = _pulled_user(connection, whose)
    connection.executemany(
        "INSERT OR REPLACE INTO pulled (day, user_id, at) VALUES (?, ?, ?)",
        [(day, user_id, at) for day in days],
    )


def pulled_days(
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


def _one(connection: Connection, column: str, value: str) -> Seen | None:
    row = connection.execute(f"SELECT {FIELDS} FROM remote WHERE {column} = ?", (value,)).fetchone()
    return None if row is None else seen(row)


def seen(row: tuple[Any, ...]) -> Seen:
    """The entry in a row with FIELDS."""
    import json

    local_id, account_id, fields, settled_at = row
    return Seen(local_id, account_id, json.loads(fields), settled_at)
