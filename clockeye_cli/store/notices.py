"""What the exchange with the account has to say to the person: kept until a command has said it, once.

A process in the background may do the exchange, and has nobody to say it to.
"""

from __future__ import annotations

from clockeye_cli.core.json_text import json_text
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.database import Connection

STORED_OTHERWISE = "stored otherwise"
"""The account has stored an entry or a project otherwise than it was sent.

`details`: `asked` and `stored`, each an object with the differing fields of the API.
"""


class Notice(NamedTuple):
    """One thing to say.

    Attributes:
        id: Ascending.
        what: One of the kinds above.
        local_id: The entry or project that it is about.
        details: What the sentence needs.
    """

    id: int
    what: str
    local_id: str
    details: dict[str, Any]


def add(connection: Connection, what: str, local_id: str, details: dict[str, Any]) -> None:
    """Keep something to say."""
    connection.execute(
        "INSERT INTO notices (what, local_id, details) VALUES (?, ?, ?)", (what, local_id, json_text(details))
    )


def every(connection: Connection) -> list[Notice]:
    """All that is to be said, in order."""
    rows = connection.execute("SELECT id, what, local_id, details FROM notices ORDER BY id").fetchall()
    if not rows:
        return []
    import json

    return [Notice(row[0], row[1], row[2], json.loads(row[3])) for row in rows]


def forget(connection: Connection, last: Notice) -> None:
    """Forget all up to this one: it was said."""
    connection.execute("DELETE FROM notices WHERE id <= ?", (last.id,))
