"""Changes in the closed period that a read of the account has brought: they are stored, and named."""

from __future__ import annotations

from contextlib import contextmanager, suppress

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import StorageError
from clockeye_cli.store import entries, pulled, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.guards import Closed

NAMED = 3
"""The largest number of entries that are named in a notice."""

KEPT = 20
"""The largest number of entries that `doctor` names."""


@contextmanager
def naming_closed_changes(ctx: Context, first: date | None) -> Iterator[list[str]]:
    """Compare your own entries of the closed period before and after the block, which reads the account.

    Args:
        ctx: For the store and the settings.
        first: The first day that is read; None for all.

    Yields:
        A list that has, after the block, the ids of the entries that were changed, added or deleted on closed
        days that had been read before. Days that are read for the first time are no changes.
    """
    changes: list[str] = []
    closed = ctx.session.closed
    if closed is None or (first is not None and first.isoformat() > closed.until):
        yield changes
        return
    with ctx.store.read() as connection:
        start = None if first is None else first.isoformat()
        days, whole = pulled.days(connection, start, closed.until, MINE)
        before = _finished(connection, ctx, first, closed)
    yield changes
    with ctx.store.read() as connection:
        after = _finished(connection, ctx, first, closed)
    for local_id in sorted(before.keys() | after.keys()):
        entry = before.get(local_id) or after[local_id]
        was_read = whole is not None or ctx.rule.day_of(entry.started_at).isoformat() in days
        if was_read and before.get(local_id) != after.get(local_id):
            changes.append(local_id)
    if changes:
        number = counted(len(changes), "entry", "entries")
        names = [f"{each} ({(before.get(each) or after[each]).description})" for each in changes[:NAMED]]
        ctx.out.notice(
            f"{number} of the closed period changed on the account: {', '.join(names)}"
            f"{', …' if len(changes) > NAMED else ''}. The books are closed until {closed.until}."
        )
        day = ctx.rule.day_of(ctx.now).isoformat()
        ids = f"{', '.join(changes[:KEPT])}{', …' if len(changes) > KEPT else ''}"
        with suppress(StorageError), ctx.store.exchange() as connection:  # a read-only store stays as it is
            remembered.put(connection, remembered.CLOSED_CHANGES, f"on {day}: {ids}")


def _finished(
    connection: Connection, ctx: Context, first: date | None, closed: Closed
) -> dict[str, TimeEntry]:
    """Your finished entries with a part in the closed period, by id."""
    start = None if first is None else ctx.rule.start(first)
    listed = entries.between(connection, start, closed.before)
    return {entry.local_id: entry for entry in listed if not entry.is_open}
