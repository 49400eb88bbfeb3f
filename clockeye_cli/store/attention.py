"""Whether what was sent to the account needs a person, or a notice.

Part of the fast lane: it does not load the outbox.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store.remembered import SENDING_STOPPED

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

FOR_A_PERSON = ("rejected", "conflict", "ask")
"""States of the outbox's rows that only a person can resolve."""

SAID = "said"
"""A notice about an entry that was stored otherwise, and was said: `undo` has to know the entry again."""


def has_news(connection: Connection) -> bool:
    """Whether a change waits or needs a decision, or the exchange has left something to say."""
    query = "SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM notices WHERE what != ?)"
    return bool(connection.execute(query, (SAID,)).fetchone()[0])


def is_needed(connection: Connection) -> bool:
    """Whether a change was refused, or nothing can be sent until a person changes something."""
    row = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM outbox WHERE state IN (?, ?, ?))"
        " OR EXISTS (SELECT 1 FROM remembered WHERE what = ? AND value != '')",
        (*FOR_A_PERSON, SENDING_STOPPED),
    ).fetchone()
    return bool(row[0])
