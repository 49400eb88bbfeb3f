"""Facts: what is known about a few entries besides their fields; most entries have none."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


class Facts(NamedTuple):
    """The facts about one entry.

    Attributes:
        local_id: The entry.
        is_clock_made: Whether its source gave a length only, and its times were made up.
        more: A JSON object.
    """

    local_id: str
    is_clock_made: bool = False
    more: str = "{}"


COLUMNS = rows.columns(Facts)


def of(connection: Connection, local_id: str) -> Facts | None:
    """The facts about an entry, if there are any."""
    row = connection.execute(f"SELECT {COLUMNS} FROM facts WHERE local_id = ?", (local_id,)).fetchone()
    return rows.value(Facts, row)


def every(connection: Connection, file: str = "main") -> list[Facts]:
    """All facts; `file` is the name of an attached file."""
    return rows.values(Facts, connection.execute(f"SELECT {COLUMNS} FROM {file}.facts ORDER BY local_id"))


def with_made_clock(connection: Connection) -> set[str]:
    """The ids of the entries whose times were made up."""
    return {row[0] for row in connection.execute("SELECT local_id FROM facts WHERE is_clock_made = 1")}
