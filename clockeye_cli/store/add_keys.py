"""What `add --key` has stored, so that the same call again stores nothing."""

# No `from __future__ import annotations`: see `core/entry.py`.
from typing import NamedTuple

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


FIELDS = ", ".join(AddKey._fields)


def of(connection: Connection, key: str) -> AddKey | None:
    """What was stored under a key."""
    row = connection.execute(f"SELECT {FIELDS} FROM add_keys WHERE key = ?", (key,)).fetchone()
    return AddKey(*row) if row else None


def every(connection: Connection, file: str = "main") -> list[AddKey]:
    """All keys; `file` is the name of an attached file."""
    return [AddKey(*row) for row in connection.execute(f"SELECT {FIELDS} FROM {file}.add_keys").fetchall()]


def put(connection: Connection, before: AddKey | None, after: AddKey | None) -> None:
    """Store a key, or free it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM add_keys WHERE key = ?", (before.key,))
    if after is not None:
        connection.execute(f"INSERT INTO add_keys ({FIELDS}) VALUES (?, ?, ?)", after)
