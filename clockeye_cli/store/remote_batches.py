"""Entries of the account, many at once: one by one, a month of a team takes four times as long."""

from __future__ import annotations

from contextlib import contextmanager

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import remote, rows
from clockeye_cli.store.entries import COLUMNS
from clockeye_cli.store.former_ids import IDS_AT_ONCE
from clockeye_cli.store.schema import OVERLAPPING_NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.remote import Seen

AT_ONCE = 2_000
"""The most entries to read or add at once; other commands can write in between."""

CACHE = 12_000
"""KiB of the file that are kept in memory meanwhile: the ids of new rows are all over its indexes. What does
not fit is written, and flushed to disk, before the transaction ends."""

FIELDS = ", ".join(TimeEntry._fields)
ADD = f"INSERT INTO entries ({FIELDS}) VALUES ({', '.join('?' * len(TimeEntry._fields))})"


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
    return {row[1]: remote.seen(row) for row in _with_ids(connection, query, account_ids)}


def entries_by_id(connection: Connection, local_ids: Sequence[str]) -> dict[str, TimeEntry]:
    """Entries of the store, by their ids; without those that it does not have."""
    listed = rows.values(
        TimeEntry, _with_ids(connection, f"SELECT {COLUMNS} FROM entries WHERE local_id IN", local_ids)
    )
    return {entry.local_id: entry for entry in listed}


def add(connection: Connection, new: Sequence[tuple[TimeEntry, Seen]]) -> None:
    """Store entries that were never read before."""
    in_order = sorted(new)  # by their ids, which half of the indexes begin with: in a third less time
    connection.executemany(ADD, [entry for entry, _ in in_order])
    remote.put_all(connection, [seen for _, seen in in_order])
    own_entries = [entry._asdict() for entry, _ in in_order if entry.is_own and entry.duration]
    connection.executemany(OVERLAPPING_NOW, own_entries)


def _with_ids(connection: Connection, query: str, ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that ends with `IN`."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        yield from connection.execute(f"{query} ({', '.join('?' * len(some))})", some).fetchall()
