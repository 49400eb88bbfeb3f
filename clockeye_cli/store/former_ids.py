"""Former ids of entries, and their ids on the account: all of them remain valid for ever."""

from __future__ import annotations

from itertools import islice

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.store.database import Connection

IDS_AT_ONCE = 1_000
"""SQLite limits the values of a statement; builds of it differ in how many."""


def put(connection: Connection, other: str, local_id: str) -> None:
    """Let another id name an entry too."""
    put_all(connection, [(other, local_id)])


def put_all(connection: Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Let other ids name entries too: pairs of such an id and the entry's present one."""
    connection.executemany("INSERT OR REPLACE INTO former_ids (id, local_id) VALUES (?, ?)", pairs)


def rename(connection: Connection, former: str, local_id: str) -> None:
    """Let the former id of an entry, and all ids before that, name the entry by its new id."""
    connection.execute("UPDATE former_ids SET local_id = ? WHERE local_id = ?", (local_id, former))
    put(connection, former, local_id)


def present_id(connection: Connection, local_id: str) -> str:
    """The present id of an entry, given its present id or a former one."""
    row = connection.execute("SELECT local_id FROM former_ids WHERE id = ?", (local_id,)).fetchone()
    return str(row[0]) if row else local_id


def every(connection: Connection, file: str = "main") -> Iterable[tuple[str, str]]:
    """All pairs of a former id and the present one, one by one; `file` is the name of an attached file."""
    return connection.execute(f"SELECT id, local_id FROM {file}.former_ids")


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
