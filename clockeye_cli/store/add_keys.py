"""What `add --key` has stored, so that the same call again stores nothing."""

# No `from __future__ import annotations`: see `core/entry.py`.
from typing import NamedTuple

from clockeye_cli.store import rows
from clockeye_cli.store.database import Connection


class AddKey(NamedTuple):
    """What `add --key` was told to store under its key.

    Attributes:
        key: The caller's word for it.
        local_id: The entry that it became.
        content: What was asked for, in one canonical text, to tell a repetition from another entry.
    """

    key: str
    local_id: str
    content: str


COLUMNS = rows.columns(AddKey)


def of(connection: Connection, key: str) -> AddKey | None:
    """What was stored under a key."""
    return rows.value(
        AddKey, connection.execute(f"SELECT {COLUMNS} FROM add_keys WHERE key = ?", (key,)).fetchone()
    )


def every(connection: Connection, file: str = "main") -> list[AddKey]:
    """All keys; `file` is the name of an attached file."""
    return rows.values(AddKey, connection.execute(f"SELECT {COLUMNS} FROM {file}.add_keys"))


def put(connection: Connection, before: AddKey | None, after: AddKey | None) -> None:
    """Store a key, or free it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM add_keys WHERE key = ?", (before.key,))
    if after is not None:
        rows.insert(connection, "add_keys", after)
