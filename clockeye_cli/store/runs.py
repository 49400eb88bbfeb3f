"""Runs: the imports that have brought entries here, one row for each."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


class StoredRun(NamedTuple):
    """One import.

    Attributes:
        id: Ascending, and never given out twice (`next_id`).
        at: Instant.
        kind: `import`.
        source: The family of the files, such as `toggl`.
        about: A JSON object: files, their hashes, the choices, the sums.
    """

    id: int
    at: int
    kind: str
    source: str
    about: str


COLUMNS = rows.columns(StoredRun)


def every(connection: Connection, file: str = "main") -> list[StoredRun]:
    """All runs, oldest first; `file` is the name of an attached file."""
    return rows.values(StoredRun, connection.execute(f"SELECT {COLUMNS} FROM {file}.runs ORDER BY id"))


def by_id(connection: Connection, run_id: int) -> StoredRun | None:
    """The run with this id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM runs WHERE id = ?", (run_id,)).fetchone()
    return rows.value(StoredRun, row)


def next_id(connection: Connection) -> int:
    """The id for a new run: one that no run ever had here, also none that was undone."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'runs'").fetchone()
    return int(row[0]) + 1 if row else 1
