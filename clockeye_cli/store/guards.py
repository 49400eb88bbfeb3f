"""What no command may change: an entry that was billed. `Write.change` asks before each change."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change

NUMBER = "SELECT number FROM billed JOIN bills ON bills.id = bill_id WHERE local_id = ?"


def refuse(connection: Connection, change: Change) -> None:
    """Refuse a change of what must stay as it is.

    Raises:
        ClashError: An invoice has billed the entry.
    """
    before, after = change
    if not isinstance(before, TimeEntry) or before == after:
        return
    invoice = connection.execute(NUMBER, (before.local_id,)).fetchone()
    if invoice is not None:
        from clockeye_cli.errors import ClashError  # late: most changes are allowed

        raise ClashError(
            f"{before.local_id} was billed with the invoice {invoice[0]} and cannot be changed.",
            hint="Nothing was changed.",
            code="billed",
        )
