"""The other side of an adoption: the content of the profile to adopt from, and the ids that it keeps.

Its file is attached as OTHER (`Store.beside`). An adopted entry leaves its id behind, so that the id is still
understood and nothing brings the entry back.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import add_keys, entries, former_ids, projects, timer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.core.entry import Project, TimeEntry, Timer
    from clockeye_cli.store.add_keys import AddKey
    from clockeye_cli.store.database import Connection

OTHER = "other"
"""The schema name of the attached file, which precedes the names of its tables."""


class Held(NamedTuple):
    """The content of a profile.

    Attributes:
        entries: All entries, by time.
        projects: All projects, archived ones included.
        timer: The running timer.
        keys: The keys of `add --key`.
        former_ids: Pairs of a former id of an entry and its present id.
    """

    entries: list[TimeEntry]
    projects: list[Project]
    timer: Timer | None
    keys: list[AddKey]
    former_ids: list[tuple[str, str]]


def held(connection: Connection) -> Held:
    """The content of the attached file."""
    return Held(
        entries.every(connection, OTHER),
        projects.every(connection, OTHER),
        timer.running(connection, OTHER),
        add_keys.every(connection, OTHER),
        [*former_ids.every(connection, OTHER)],
    )


def leave(connection: Connection, local_ids: Iterable[str], profile: str) -> None:
    """Remove adopted entries (or the timer) from the attached file; it remembers that `profile` has them."""
    adoptions = [(local_id, profile) for local_id in local_ids]
    connection.executemany(
        f"INSERT OR REPLACE INTO {OTHER}.adopted (local_id, profile) VALUES (?, ?)", adoptions
    )
    for table in ("entries", "timer", "origins", "facts", "billed"):
        connection.executemany(
            f"DELETE FROM {OTHER}.{table} WHERE local_id = ?", [(local_id,) for local_id, _ in adoptions]
        )


def rename(connection: Connection, profile: str, new: str) -> None:
    """Record the new name of a profile that has adopted entries of this store."""
    connection.execute("UPDATE adopted SET profile = ? WHERE profile = ?", (new, profile))


def beginning_with(connection: Connection, beginning: str) -> tuple[str, str] | None:
    """An adopted id with this beginning, and the profile that adopted it; None if there is none."""
    row = connection.execute(
        "SELECT local_id, profile FROM adopted WHERE local_id >= ? AND local_id < ? LIMIT 1",
        (beginning, beginning + "\U0010ffff"),
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else None
