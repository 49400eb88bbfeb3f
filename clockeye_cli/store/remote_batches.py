"""Entries of the account, many at once: one by one, a month of a team takes four times as long."""

from __future__ import annotations

from contextlib import contextmanager

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import remote, rows
from clockeye_cli.store.entries import ALWAYS, COLUMNS, of_user
from clockeye_cli.store.former_ids import IDS_AT_ONCE
from clockeye_cli.store.schema import OVERLAPPING_NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.remote import Seen
    from clockeye_cli.store.state import Read

AT_ONCE = 2_000
"""The most entries to read or add at once; other commands can write in between."""

CACHE = 12_000
"""KiB of the file that are kept in memory meanwhile: the ids of new rows are all over its indexes. What does
not fit is written, and flushed to disk, before the transaction ends."""

FIELDS = ", ".join(TimeEntry._fields)
SETTLED = "settled_at <= ? AND local_id NOT IN (SELECT local_id FROM outbox)"
ADD = f"INSERT INTO entries ({FIELDS}) VALUES ({', '.join('?' * len(TimeEntry._fields))})"


class Settled(NamedTuple):
    """An entry of the store, as far as a comparison with the account's list needs it.

    Attributes:
        local_id: Its id in the store.
        account_id: Its id on the account; None if the account does not have it, or if a change of it is still
            to be sent or was delivered too recently.
        started_at: Instant.
    """

    local_id: str
    account_id: str | None
    started_at: int


@contextmanager
def larger_cache(connection: Connection) -> Iterator[None]:
    """Keep more of the file in memory during the block."""
    (usual,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute(f"PRAGMA cache_size=-{CACHE}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size={usual}")


def by_account_ids(connection: Connection, account_ids: Sequence[str]) -> dict[str, Seen]:
    """Entries as last read, by their ids on the account; without those never read."""
    query = f"SELECT {remote.FIELDS} FROM remote WHERE account_id IN"
    return {row[1]: remote.seen(row) for row in with_ids(connection, query, account_ids)}


def entries_by_id(connection: Connection, local_ids: Sequence[str]) -> dict[str, TimeEntry]:
    """Entries of the store, by their ids; without those that it does not have."""
    listed = rows.values(
        TimeEntry, with_ids(connection, f"SELECT {COLUMNS} FROM entries WHERE local_id IN", local_ids)
    )
    return {entry.local_id: entry for entry in listed}


def settled_pages(
    read: Read,
    started_at: int | None,
    ended_at: int | None,
    whose: Whose,
    delivered_by: int,
    *,
    is_open: bool,
    most: int = AT_ONCE,
) -> Iterator[list[Settled]]:
    """The entries that lie wholly within a span, by time.

    Args:
        read: Begins a read of the store, which ends before a page is handed out.
        started_at: Instant at which the span begins; None for the beginning of time.
        ended_at: Instant at which it ends; None for the end of time.
        whose: Whose entries.
        delivered_by: The instant by which what was changed here must have been delivered.
        is_open: Whether to read the entries without an end, or the others.
        most: How many are read at once.
    """
    beyond = (-ALWAYS if started_at is None else started_at, "")
    end = ALWAYS if ended_at is None else ended_at
    by_user, user_ids = of_user(whose)
    query = (
        f"SELECT local_id, CASE WHEN {SETTLED} THEN account_id END, started_at"
        " FROM entries LEFT JOIN remote USING (local_id)"
        f" WHERE is_open = {int(is_open)} AND (started_at, local_id) > (?, ?) AND started_at < ?"
        f" AND ended_at <= ?{by_user} ORDER BY started_at, local_id LIMIT {most}"
    )
    is_end = False
    while not is_end:
        with read() as connection:
            cursor = connection.execute(query, (delivered_by, *beyond, end, end, *user_ids))
            page = rows.values(Settled, cursor)
        yield page
        is_end = len(page) < most
        beyond = beyond if is_end else (page[-1].started_at, page[-1].local_id)


def add(connection: Connection, new: Sequence[tuple[TimeEntry, Seen]]) -> None:
    """Store entries that were never read before."""
    in_order = sorted(new)  # by their ids, which half of the indexes begin with: in a third less time
    connection.executemany(ADD, [entry for entry, _ in in_order])
    remote.put_all(connection, [seen for _, seen in in_order])
    own = [entry._asdict() for entry, _ in in_order if entry.is_own and entry.duration]
    connection.executemany(OVERLAPPING_NOW, own)


def with_ids(connection: Connection, query: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends with `IN`."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        yield from connection.execute(f"{query} ({', '.join('?' * len(some))})", some).fetchall()
