"""Ids that an entry no longer has, or has on the account: each is understood for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def put(connection: Connection, other: str, local_id: str) -> None:
    """Let another id mean an entry too."""
    connection.execute("INSERT OR REPLACE INTO former_ids (id, local_id) VALUES (?, ?)", (other, local_id))


def rename(connection: Connection, former: str, local_id: str) -> None:
    """Let the id that an entry had, and all before that, mean the entry by its new id."""
    connection.execute("UPDATE former_ids SET local_id = ? WHERE local_id = ?", (local_id, former))
    put(connection, former, local_id)


def present_id(connection: Connection, local_id: str) -> str:
    """The id that an entry has now, given one that it has or had."""
    row = connection.execute("SELECT local_id FROM former_ids WHERE id = ?", (local_id,)).fetchone()
    return str(row[0]) if row else local_id


def every(connection: Connection, file: str = "main") -> list[tuple[str, str]]:
    """All pairs of a former id and the present one; `file` is the name of an attached file."""
    return connection.execute(f"SELECT id, local_id FROM {file}.former_ids").fetchall()
