"""Notices about the exchange with the account, kept until a command has shown each of them once.

A process in the background may do the exchange, and has nobody to say it to.
"""

from __future__ import annotations

from clockeye_cli.core.day import LAST_INSTANT
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.json_text import json_text, plain_value
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store.attention import SAID
from clockeye_cli.store.database import UnreadableError

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.database import Connection

STORED_OTHERWISE = "stored otherwise"
"""The account did not store an entry or a project as it was sent.

`details`: `asked` and `stored`, each an object with the differing fields of the API; for an entry also
`before` and `after`, the entry here before and after it took the stored values.
"""

TIMER_ENDED = "timer ended"
"""A timer of this computer was ended on the account.

`details`: `at`, the instant of that end; `is_here`, whether it was stopped here, too.
"""

TIMER_DELETED = "timer deleted"
"""The running timer was deleted on the account. `details`: none."""

CLOCK_DIFFERS = "clock differs"
"""This computer's clock differs from the service's. `details`: `seconds`, by which the service is ahead."""


UNREADABLE = (
    "FROM notices WHERE NOT CASE WHEN json_valid(details) THEN json_type(details) = 'object' AND CASE what"
    f" WHEN '{CLOCK_DIFFERS}' THEN json_type(details, '$.seconds') IS 'integer'"
    f" WHEN '{TIMER_ENDED}' THEN json_type(details, '$.at') IS 'integer'"
    f" AND json_extract(details, '$.at') BETWEEN 0 AND {LAST_INSTANT}"
    " AND json_type(details, '$.is_here') IN ('true', 'false')"
    f" WHEN '{STORED_OTHERWISE}' THEN json_type(details, '$.asked') IS 'object'"
    " AND json_type(details, '$.stored') IS 'object'"
    f" ELSE what IN ('{SAID}', '{TIMER_DELETED}') END ELSE 0 END"
)
"""The notices that are damaged and cannot be shown."""


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
    """The notices to show, in order."""
    return _notices(connection, "what != ?", SAID)


def forget(connection: Connection, last: Notice) -> None:
    """Say nothing again of all up to this one."""
    connection.execute(
        "UPDATE notices SET what = ? WHERE what = ? AND id <= ?", (SAID, STORED_OTHERWISE, last.id)
    )
    connection.execute("DELETE FROM notices WHERE what != ? AND id <= ?", (SAID, last.id))


def as_stored(connection: Connection, entry: TimeEntry) -> TimeEntry:
    """What the account has made of an entry that was sent to it; the entry itself if it took it as it was."""
    for notice in reversed(_notices(connection, "local_id = ?", entry.local_id)):
        before, after = notice.details.get("before"), notice.details.get("after")
        if before and after and TimeEntry(**before) == entry:
            return TimeEntry(**after)
    return entry


def _notices(connection: Connection, which: str, value: str) -> list[Notice]:
    rows = connection.execute(
        f"SELECT id, what, local_id, details FROM notices WHERE {which} ORDER BY id", (value,)
    ).fetchall()
    if not rows:
        return []
    if connection.execute(f"SELECT EXISTS (SELECT 1 {UNREADABLE})").fetchone()[0]:
        raise UnreadableError("a notice has invalid content")
    return [Notice(row[0], row[1], row[2], plain_value(row[3])) for row in rows]
