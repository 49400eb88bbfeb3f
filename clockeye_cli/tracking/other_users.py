"""The rule for entries of the account's other users."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import outbox, users

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.state import Write


def refuse_unsendable(write: Write, entry: TimeEntry) -> None:
    """Make sure that an entry made by this transaction can be sent to the account under its user.

    Raises:
        ClashError: It belongs to another user, and the service has refused such a new entry before.
    """
    if entry.is_own or users.takes_entries_of_others(write.connection):
        return
    if outbox.is_to_be_made(write.connection, entry.local_id):
        raise ClashError(
            f"The account accepts no new entries for other users, and this one belongs to {entry.user_id}.",
            hint="Nothing was changed. That user can add it again; `clockeye history` shows the entry.",
            code="user_refused",
        )
