"""The outbox's rows as the sender changes them, each in a transaction of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clockeye_cli.store import outbox, remote

if TYPE_CHECKING:
    from clockeye_cli.api import wire
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account

WORTH_A_TRY = ("queued", "unknown")
"""States in which a row is sent, or looked for."""


class Overtaken(Exception):  # noqa: N818 (no failure: what is wanted now is another row)
    """While the account was asked, another command has taken back what this row was to tell."""


def current(connection: Connection, row: Row) -> Row:
    """The row as it is now, in the transaction in which it is acted upon.

    Raises:
        Overtaken: It is gone. (Another one may have its id: SQLite gives out the highest one anew.)
    """
    for now in outbox.of(connection, row.local_id):
        if (now.id, now.what) == (row.id, row.what) and now.state in (*WORTH_A_TRY, "sending"):
            return now
    raise Overtaken


def change(account: Account, row: Row, **changes: Any) -> None:
    """Change fields of a row that is still there, such as its state."""
    with account.store.exchange() as connection:
        now = next((other for other in outbox.of(connection, row.local_id) if other.id == row.id), None)
        if now is not None:
            outbox.put(connection, now._replace(**changes))


def settle(account: Account, row: Row, remote_entry: wire.RemoteEntry) -> None:
    """The account has the row's entry, in this version: the row is done."""
    with account.store.exchange() as connection:
        settle_within(account, connection, row, remote_entry)


def settle_within(account: Account, connection: Connection, row: Row, remote_entry: wire.RemoteEntry) -> None:
    """The same as `settle`, in a transaction that is open already."""
    remote.put(connection, remote.Seen(row.local_id, remote_entry.id, remote_entry.fields, account.now()))
    outbox.done(connection, row)


def reject(account: Account, row: Row, reason: str, status: int) -> None:
    """The account refuses the row, for this reason."""
    with account.store.exchange() as connection:
        outbox.reject(connection, row, reason, status)


def done(account: Account, row: Row) -> None:
    """The account has the row, or needs it no more."""
    with account.store.exchange() as connection:
        outbox.done(connection, row)
