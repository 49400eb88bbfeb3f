"""Entries that were deleted on the account and made there again, as by an `undo` on another computer.

Such an entry has a new id there, but is the same: equal but for an end that a running one was given. If it
were taken for another, a timer would count twice, here under its former id and there under its new one.
"""

from __future__ import annotations

import json

from clockeye_cli.api import wire
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, former_ids, outbox, remote
from clockeye_cli.sync.merge import is_as_sent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.remote import Seen
    from clockeye_cli.sync.account import Account


def made_again(account: Account, seen: Seen, rows: Iterable[dict[str, Any]]) -> wire.RemoteEntry | None:
    """The entry that another client made in place of a deleted one, and that has its id here from now on.

    Entries that this computer has sent, or may have sent, are others. None if there is no such entry.

    Args:
        account: The account.
        seen: The entry as last read, before it was deleted there.
        rows: What the account lists.
    """
    base = {name: value for name, value in seen.fields.items() if name != "end_time" or value}
    equal = [entry for entry in wire.entries(rows, []) if _is_equal(entry, seen, base)]
    if not equal:
        return None
    with account.store.exchange() as connection:
        bodies = [
            json.loads(row.body) for row in outbox.rows(connection) if row.what == "create" and row.body
        ]
        for entry in equal:
            other = remote.by_account_id(connection, entry.id)
            was_only_read = other is None or is_only_read(connection, other)
            if was_only_read and not any(is_as_sent(entry.fields, body) for body in bodies):
                if other:
                    replace(connection, other, seen.local_id)
                remote.put(connection, seen._replace(account_id=entry.id))
                return entry
    return None


def _is_equal(entry: wire.RemoteEntry, seen: Seen, base: dict[str, Any]) -> bool:
    is_same_user = wire.user_id_of(base) in (None, entry.user_id)
    return entry.id != seen.account_id and is_same_user and is_as_sent(entry.fields, base)


def is_only_read(connection: Connection, seen: Seen) -> bool:
    """Whether an entry was read from the account, and nothing was sent, or is to be sent, for it."""
    return not seen.settled_at and not outbox.of(connection, seen.local_id)


def replace(connection: Connection, other: Seen, local_id: str) -> None:
    """Delete an entry that was only read here, since it is the one with another id here."""
    remote.forget(connection, other.local_id)
    entries.put(connection, entries.by_id(connection, other.local_id), None)
    former_ids.rename(connection, other.local_id, local_id)
