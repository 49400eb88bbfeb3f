"""The other side of an adoption: what the profile that is adopted from holds, and what stays behind there.

Its file is attached as OTHER (`Store.beside`). What has gone leaves its id behind: it is understood, and
nothing brings the entry back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.store import add_keys, entries, former_ids, projects, timer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.core.entry import Project, TimeEntry, Timer
    from clockeye_cli.store.add_keys import AddKey
    from clockeye_cli.store.database import Connection

OTHER = "other"
"""What stands before the names of the tables of the file that is adopted from."""


class Held(NamedTuple):
    """What a profile holds.

    Attributes:
        entries: In the order of time.
        projects: Archived ones included.
        timer: That runs.
        keys: What `add --key` has stored.
        former_ids: Pairs of an id that an entry had, and the one that it has.
    """

    entries: list[TimeEntry]
    projects: list[Project]
    timer: Timer | None
    keys: list[AddKey]
    former_ids: list[tuple[str, str]]


def held(connection: Connection) -> Held:
    """What the attached file holds."""
    return Held(
        entries.every(connection, OTHER),
        projects.every(connection, OTHER),
        timer.running(connection, OTHER),
        add_keys.every(connection, OTHER),
        former_ids.every(connection, OTHER),
    )


def leave(connection: Connection, local_ids: Iterable[str], profile: str) -> None:
    """Take entries, and the timer if it is one of them, out of the attached file; `profile` has them now."""
    gone = [(local_id, profile) for local_id in local_ids]
    connection.executemany(f"INSERT OR REPLACE INTO {OTHER}.adopted (local_id, profile) VALUES (?, ?)", gone)
    for table in ("entries", "timer"):
        connection.executemany(
            f"DELETE FROM {OTHER}.{table} WHERE local_id = ?", [(local_id,) for local_id, _ in gone]
        )


def rename(connection: Connection, profile: str, new: str) -> None:
    """A profile that has adopted entries of this store is called otherwise now."""
    connection.execute("UPDATE adopted SET profile = ? WHERE profile = ?", (new, profile))


def beginning_with(connection: Connection, beginning: str) -> tuple[str, str] | None:
    """The id that begins so and the profile that has adopted it, if one did."""
    row = connection.execute(
        "SELECT local_id, profile FROM adopted WHERE local_id >= ? AND local_id < ? LIMIT 1",
        (beginning, beginning + "\U0010ffff"),
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else None
