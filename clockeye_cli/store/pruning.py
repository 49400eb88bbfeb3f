"""Forgets old commands of the history, a few rows at a time."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import remembered
from clockeye_cli.store.history import first_kept

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

PRUNED_AT_ONCE = 50
"""Changes, and commands, deleted at most with each command: more than one adds, and too few to notice."""


def prune(connection: Connection, keep: int) -> None:
    """Forget all but the latest `keep` commands.

    The history shows no others from now on. Their rows are deleted with this command and the next ones, at
    most PRUNED_AT_ONCE each time. Only `undo` needs them: keys, ids and the outbox have tables of their own.
    """
    last = connection.execute("SELECT max(id) FROM history").fetchone()[0] or 0
    first = max(last - keep + 1, first_kept(connection))
    if first <= 1:
        return
    remembered.put(connection, remembered.HISTORY_FROM, str(first))
    connection.execute(
        "DELETE FROM changes WHERE (history_id, place) IN"
        " (SELECT history_id, place FROM changes WHERE history_id < ? ORDER BY history_id, place LIMIT ?)",
        (first, PRUNED_AT_ONCE),
    )
    # What remains of a command until its last change is deleted is the command itself.
    first_changed = connection.execute("SELECT min(history_id) FROM changes").fetchone()[0] or first
    emptied = connection.execute(
        "SELECT max(id) FROM (SELECT id FROM history WHERE id < ? ORDER BY id LIMIT ?)",
        (min(first, first_changed), PRUNED_AT_ONCE),
    ).fetchone()[0]
    if emptied is not None:
        connection.execute("UPDATE history SET undoes = id WHERE undoes <= ?", (emptied,))
        connection.execute("DELETE FROM history WHERE id <= ?", (emptied,))
