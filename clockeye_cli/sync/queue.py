"""Changes that the sender makes to rows of the outbox, each in a transaction of its own."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, notices, outbox, remote
from clockeye_cli.sync.conversion import body_of, entry_of
from clockeye_cli.sync.merge import canonical, differences

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.api import wire
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account

WORTH_A_TRY = ("queued", "unknown")
"""States in which a row is sent, or looked for on the account."""

STORED_AS = {
    "project_id": ("project_id",),
    "description": ("description",),
    "start_time": ("started_at",),
    "end_time": ("ended_at", "is_open"),
    "billable": ("billable",),
}
"""The fields of an entry here, by those of the API that a user can change."""


class Overtaken(Exception):  # noqa: N818 (no failure: another row is to be sent now)
    """Another command has changed or reverted this row in the meantime."""


class WaitsForStop(Exception):  # noqa: N818 (no failure: it is sent once it has an end)
    """A running entry stays on this computer until it is stopped."""


def current(connection: Connection, row: Row) -> Row:
    """The current state of the row, read in the transaction that acts on it.

    Raises:
        Overtaken: It is gone. (Another row may have its id: SQLite may reuse the highest one.)
    """
    for current_row in outbox.of(connection, row.local_id):
        if (current_row.id, current_row.what) == (row.id, row.what) and current_row.state in (
            *WORTH_A_TRY,
            "sending",
        ):
            return current_row
    raise Overtaken


def change(account: Account, row: Row, **changes: Any) -> None:
    """Change fields of a row, such as its state, if it still exists."""
    with account.store.exchange() as connection:
        current_row = next(
            (other for other in outbox.of(connection, row.local_id) if other.id == row.id), None
        )
        if current_row is not None:
            outbox.put(connection, current_row._replace(**changes))


def settle(
    account: Account, row: Row, remote_entry: wire.RemoteEntry, asked: dict[str, Any] | None = None
) -> None:
    """Mark the row as done: the account has its entry in this version.

    Args:
        account: The account.
        row: The row.
        remote_entry: The entry as the account has stored it.
        asked: What it was asked to store; None if it was not asked anything now.
    """
    with account.store.exchange() as connection:
        settle_within(account, connection, row, remote_entry, asked)


def settle_within(
    account: Account,
    connection: Connection,
    row: Row,
    remote_entry: wire.RemoteEntry,
    asked: dict[str, Any] | None,
) -> None:
    """The same as `settle`, in an open transaction."""
    remote.put(connection, remote.Seen(row.local_id, remote_entry.id, remote_entry.fields, account.now()))
    if asked is not None:
        versions = _show_as_stored(connection, row.local_id, remote_entry, asked)
        differing = differences(asked, remote_entry.fields)
        if differing["asked"]:
            notices.add(connection, notices.STORED_OTHERWISE, row.local_id, {**differing, **versions})
    outbox.done(connection, row)


def _show_as_stored(
    connection: Connection, local_id: str, remote_entry: wire.RemoteEntry, asked: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Give the entry the account's values, but for what was changed here since it was sent.

    Returns the entry here, `before` and `after`; nothing if it is the same.
    """
    entry = entries.by_id(connection, local_id)
    if entry is None:
        return {}
    stored, ours = entry_of(connection, remote_entry, entry, local_id), body_of(connection, entry)
    values = {
        name: getattr(stored, name)
        for field, names in STORED_AS.items()
        if canonical(field, ours.get(field)) == canonical(field, asked.get(field))
        for name in names
    }
    after = entry._replace(**values)
    if after == entry or after.started_at > after.ended_at:
        return {}
    entries.put(connection, entry, after)
    return {"before": entry._asdict(), "after": after._asdict()}


def reject(account: Account, row: Row, reason: str, status: int) -> None:
    """Record that the account refuses the row, with its reason."""
    with account.store.exchange() as connection:
        outbox.reject(connection, row, reason, status)


def done(account: Account, row: Row) -> None:
    """Mark the row as done: the account has it, or no longer needs it."""
    with account.store.exchange() as connection:
        outbox.done(connection, row)
