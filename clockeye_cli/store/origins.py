"""Origins: which row of another program each imported entry came from, and the content of that row.

An origin outlives its entry: what was deleted here is not brought back by the next import.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection

AT_ONCE = 500
"""How many ids are asked for in one query."""


class Origin(NamedTuple):
    """Where an imported entry came from; it is known by its source and its id there.

    Attributes:
        source: The family of the file, such as `toggl`.
        external_id: The row's id there, or a hash of its person and times, with a number.
        local_id: The entry that it became.
        run_id: The import that brought it.
        was: A JSON object: the row as the source had it.
    """

    source: str
    external_id: str
    local_id: str
    run_id: int
    was: str


COLUMNS = rows.columns(Origin)


def of_source(connection: Connection, source: str, external_ids: Sequence[str]) -> dict[str, Origin]:
    """The origins of one source with these ids, by id."""
    origins: list[Origin] = []
    for start in range(0, len(external_ids), AT_ONCE):
        ids = external_ids[start : start + AT_ONCE]
        marks = ", ".join("?" * len(ids))
        query = f"SELECT {COLUMNS} FROM origins WHERE source = ? AND external_id IN ({marks})"
        origins += rows.values(Origin, connection.execute(query, (source, *ids)))
    return {origin.external_id: origin for origin in origins}


def of_run(connection: Connection, run_id: int) -> list[Origin]:
    """The origins that an import brought, by their ids."""
    query = f"SELECT {COLUMNS} FROM origins WHERE run_id = ? ORDER BY source, external_id"
    return rows.values(Origin, connection.execute(query, (run_id,)))


def of_entry(connection: Connection, local_id: str) -> list[Origin]:
    """The origins of one entry."""
    query = f"SELECT {COLUMNS} FROM origins WHERE local_id = ? ORDER BY source, external_id"
    return rows.values(Origin, connection.execute(query, (local_id,)))


def every(connection: Connection, file: str = "main") -> list[Origin]:
    """All origins; `file` is the name of an attached file."""
    query = f"SELECT {COLUMNS} FROM {file}.origins ORDER BY source, external_id"
    return rows.values(Origin, connection.execute(query))
