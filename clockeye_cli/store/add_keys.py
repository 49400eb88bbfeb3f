"""The keys of `add --key`, so that repeating a call stores nothing new."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.json_text import json_text, plain_value
from clockeye_cli.core.typing import NamedTuple
from clockeye_cli.store import rows
from clockeye_cli.store.database import Connection, UnreadableError

FIRST_FIELDS = ("description", "project_id", "started_at", "ended_at", "billable", "user_id", "is_open")
"""The fields of a JSON list, the first form of `AddKey.content`.

Stored lists are never rewritten, neither in the table nor in the history: `undo` compares the two.
"""


class AddKey(NamedTuple):
    """A key of `add --key` and the entry stored under it.

    Attributes:
        key: The caller's name for the entry.
        local_id: The id of the stored entry.
        content: The content of the call, as written by `content_of`.
    """

    key: str
    local_id: str
    content: str

    @property
    def asked_for(self) -> TimeEntry:
        """The entry as given to `add`, without an id.

        Raises:
            DatabaseError: The content cannot be read.
        """
        # A field added by a later version is missing in an older text and takes its default.
        try:
            stored = plain_value(self.content)
            fields = stored if isinstance(stored, dict) else dict(zip(FIRST_FIELDS, stored, strict=True))
            entry = TimeEntry(local_id="", **fields)
        except (ValueError, TypeError) as error:
            raise UnreadableError(f"invalid key of `add`: {self.content!r:.60}") from error
        rows.check_types(entry)
        return entry


COLUMNS = rows.columns(AddKey)


def content_of(entry: TimeEntry) -> str:
    """The content of a call, as JSON: an object with all fields except the id, by name."""
    return json_text({field: value for field, value in entry._asdict().items() if field != "local_id"})


def of(connection: Connection, key: str) -> AddKey | None:
    """The stored key of this name, if any."""
    cursor = connection.execute(f"SELECT {COLUMNS} FROM add_keys WHERE key = ?", (key,))
    return rows.value(AddKey, cursor.fetchone())


def every(connection: Connection, file: str = "main") -> list[AddKey]:
    """All keys; `file` is the name of an attached file."""
    return rows.values(AddKey, connection.execute(f"SELECT {COLUMNS} FROM {file}.add_keys"))


def put(connection: Connection, before: AddKey | None, after: AddKey | None) -> None:
    """Store a key, or delete it (`after` is None)."""
    if before is not None:
        connection.execute("DELETE FROM add_keys WHERE key = ?", (before.key,))
    if after is not None:
        rows.insert(connection, "add_keys", after)
