"""What `add --key` has stored, so that the same call again stores nothing."""

# No `from __future__ import annotations`: see `core/entry.py`.
import json
from typing import NamedTuple

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.store import rows
from clockeye_cli.store.database import Connection, UnreadableError

FIRST_FIELDS = ("description", "project_id", "started_at", "ended_at", "billable", "user_id", "is_open")
"""What the values of a list mean, the first form of `AddKey.content`.

Those lists stay as they are, in files and their history: `undo` of the command that wrote one looks for it.
"""


class AddKey(NamedTuple):
    """What `add --key` was told to store under its key.

    Attributes:
        key: The caller's word for it.
        local_id: The entry that it became.
        content: What was asked for, as `content_of` writes it.
    """

    key: str
    local_id: str
    content: str

    @property
    def asked_for(self) -> TimeEntry:
        """The entry that was asked for, without an id.

        Raises:
            DatabaseError: The content makes no sense.
        """
        # A field that a later version added is missing in an older text: then its default holds.
        try:
            stored = json.loads(self.content)
            fields = stored if isinstance(stored, dict) else dict(zip(FIRST_FIELDS, stored, strict=True))
            return TimeEntry(local_id="", **fields)
        except (ValueError, TypeError) as error:
            raise UnreadableError(f"a key of `add` makes no sense: {self.content!r:.60}") from error


COLUMNS = rows.columns(AddKey)


def content_of(entry: TimeEntry) -> str:
    """What was asked for, as JSON: an object of all fields but the id, by name."""
    return json.dumps({field: value for field, value in entry._asdict().items() if field != "local_id"})


def of(connection: Connection, key: str) -> AddKey | None:
    """What was stored under a key."""
    cursor = connection.execute(f"SELECT {COLUMNS} FROM add_keys WHERE key = ?", (key,))
    return rows.value(AddKey, cursor.fetchone())


def every(connection: Connection, file: str = "main") -> list[AddKey]:
    """All keys; `file` is the name of an attached file."""
    return rows.values(AddKey, connection.execute(f"SELECT {COLUMNS} FROM {file}.add_keys"))


def put(connection: Connection, before: AddKey | None, after: AddKey | None) -> None:
    """Store a key, or free it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM add_keys WHERE key = ?", (before.key,))
    if after is not None:
        rows.insert(connection, "add_keys", after)
