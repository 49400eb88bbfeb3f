"""Entries of other users of the account: what can be done for them from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.errors import ClashError
from clockeye_cli.store import outbox, users

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.state import Write


def refuse_unsendable(write: Write, entry: TimeEntry) -> None:
    """Make sure that an entry which was just made here can get to the account as its user's.

    Raises:
        ClashError: It is another user's, and the service has refused a new entry of another user before.
    """
    if entry.is_own or users.takes_entries_of_others(write.connection):
        return
    if outbox.is_to_be_made(write.connection, entry.local_id):
        raise ClashError(
            f"The account takes no new entries for other users, and this one would be {entry.user_id}'s.",
            hint="Nothing was changed. They can add it themselves; `clockeye history` shows what it was.",
            code="user_refused",
        )
