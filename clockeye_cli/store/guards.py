"""What no command may change: entries that were billed, and those of a closed period.

`Write.change` asks before each change. What is read from an account is no change of a command.
"""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Change

NUMBER = "SELECT number FROM billed JOIN bills ON bills.id = bill_id WHERE local_id = ?"


class Closed(NamedTuple):
    """The closed period: everything until the end of a day.

    Attributes:
        until: The day, as in the setting `closed_until`.
        before: The instant at which the next day begins.
    """

    until: str
    before: int


def refuse(
    connection: Connection, change: Change, closed: Closed | None, earlier: Sequence[Change] = ()
) -> None:
    """Refuse a change of what must stay as it is.

    Args:
        connection: The store.
        change: The change.
        closed: The closed period, if any.
        earlier: The changes of the same command before it.

    Raises:
        ClashError: An invoice has billed the entry, or it has a part in the closed period.
    """
    before, after = change
    if before == after:
        return
    if closed is not None and _is_in(closed, change) and not _is_stop(change, earlier):
        _refuse_closed(closed)
    if isinstance(before, TimeEntry):
        invoice = connection.execute(NUMBER, (before.local_id,)).fetchone()
        if invoice is not None:
            _refuse_billed(before, invoice[0])


def _is_in(closed: Closed, change: Change) -> bool:
    """Whether it changes a finished entry with a part in the closed period, or starts a timer in it."""
    before, after = change
    if isinstance(before, TimeEntry) and not before.is_open and before.started_at < closed.before:
        return True
    if not isinstance(after, TimeEntry | Timer) or after.started_at >= closed.before:
        return False
    is_running = isinstance(after, Timer) or after.is_open
    return not is_running or getattr(before, "started_at", None) != after.started_at


def _is_stop(change: Change, earlier: Sequence[Change]) -> bool:
    """Whether a change stores the timer that was just stopped, here or on the account."""
    before, after = change
    if not isinstance(after, TimeEntry) or after.is_open:
        return False
    if isinstance(before, TimeEntry):
        return before.is_open
    ended = earlier[-1] if earlier else None
    return (
        before is None
        and ended is not None
        and isinstance(ended.before, Timer)
        and ended.after is None
        and ended.before.local_id == after.local_id
    )


def _refuse_closed(closed: Closed) -> None:
    from clockeye_cli.errors import ClashError  # late, here and below: most changes are allowed

    raise ClashError(
        f"The books are closed until {closed.until}: no entry with a part before the end of that day"
        " can be added, changed or deleted.",
        hint="Nothing was changed. `clockeye config set closed_until DAY` sets another day;"
        " `clockeye config unset closed_until` opens the books.",
        code="closed_period",
    )


def _refuse_billed(entry: TimeEntry, number: str) -> None:
    from clockeye_cli.core.command_lines import command_line
    from clockeye_cli.errors import ClashError

    raise ClashError(
        f"{entry.local_id} was billed on invoice {number} and cannot be changed.",
        hint="Nothing was changed. `clockeye invoices` lists the invoices;"
        f" {command_line('invoices', 'remove', number)} removes this one.",
        code="billed",
    )
