"""What an import reads from the store: many rows at once, with only the fields that it needs."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, rows
from clockeye_cli.store.bills import BILLED, Billed
from clockeye_cli.store.origins import COLUMNS as ORIGIN
from clockeye_cli.store.origins import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clockeye_cli.store.database import Connection

AT_ONCE = 500
"""How many ids are asked for in one query."""


def contents(
    connection: Connection, source: str, *, are_numbered: bool = False
) -> Iterator[tuple[str, str, bool, str | None]]:
    """Of each origin of a source, in the order of their ids, what matching needs.

    Args:
        connection: The store.
        source: The source.
        are_numbered: Only those whose id may end with a number; else only the others.

    Yields:
        Its id there, and the content of the row; whether the entry is gone, and its project here.
    """
    wanted = "" if are_numbered else "NOT"
    yield from connection.execute(
        "SELECT external_id, was, entries.local_id IS NULL, project_id"
        " FROM origins LEFT JOIN entries USING (local_id)"
        f" WHERE source = ? AND external_id {wanted} GLOB '*#[0-9]*' ORDER BY external_id",
        (source,),
    )


def entries_with_ids(connection: Connection, local_ids: Sequence[str]) -> Iterator[TimeEntry]:
    """The entries with these ids, as far as they are here."""
    for start in range(0, len(local_ids), AT_ONCE):
        ids = local_ids[start : start + AT_ONCE]
        marks = ", ".join("?" * len(ids))
        query = f"SELECT {entries.COLUMNS} FROM entries WHERE local_id IN ({marks})"
        yield from rows.values(TimeEntry, connection.execute(query, ids))


def latest_made_end(connection: Connection, started_at: int, ended_at: int) -> int | None:
    """The latest end of the entries with made-up clock times that begin in a span; None if there are none."""
    query = (
        "SELECT max(ended_at) FROM entries JOIN facts USING (local_id)"
        " WHERE is_clock_made = 1 AND started_at >= ? AND started_at < ?"
    )
    row = connection.execute(query, (started_at, ended_at)).fetchone()
    return None if row[0] is None else int(row[0])


def overlapping_count(connection: Connection) -> int:
    """How many entries are noted to overlap another one."""
    return int(connection.execute("SELECT count(*) FROM overlapping").fetchone()[0])


def entry_counts(connection: Connection) -> dict[int, int]:
    """How many entries of each import are here, by the number of the import."""
    query = "SELECT run_id, count(*) FROM origins JOIN entries USING (local_id) GROUP BY run_id"
    return dict(connection.execute(query).fetchall())


def of_run(connection: Connection, run_id: int) -> Iterator[Origin]:
    """The origins of an import, by their ids, a piece at a time."""
    after = ("", "")
    while True:
        query = (
            f"SELECT {ORIGIN} FROM origins WHERE run_id = ? AND (source, external_id) > (?, ?)"
            " ORDER BY source, external_id LIMIT ?"
        )
        piece = rows.values(Origin, connection.execute(query, (run_id, *after, AT_ONCE)))
        yield from piece
        if len(piece) < AT_ONCE:
            return
        after = (piece[-1].source, piece[-1].external_id)


def billed_of(connection: Connection, local_id: str) -> Billed | None:
    """What an invoice has billed of an entry, if any has."""
    query = f"SELECT {BILLED} FROM billed WHERE local_id = ?"
    return rows.value(Billed, connection.execute(query, (local_id,)).fetchone())
