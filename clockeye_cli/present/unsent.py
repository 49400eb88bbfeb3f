"""The notice at the end of every command on an account: changes that wait, and those that need a decision."""

from __future__ import annotations

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import PartlyDoneError
from clockeye_cli.store import notices, outbox, remembered, state
from clockeye_cli.store.attention import FOR_A_PERSON

if TYPE_CHECKING:
    from clockeye_cli.context import Context

NAMED = 3
"""How many of the changes that need a decision a notice names."""


def say_outbox(ctx: Context) -> None:
    """Say what the exchange has to say, how many changes wait for the account, and which need a decision.

    Raises:
        PartlyDoneError: The account has rejected a change of this run.
    """
    with ctx.store.read() as connection:
        rows = outbox.rows(connection)
        reason = remembered.get(connection, remembered.SENDING_STOPPED)
        to_say = [] if ctx.options.quiet else notices.every(connection)
    if to_say:
        from clockeye_cli.present.account_notices import say_account_notices  # late: there are rarely any

        say_account_notices(ctx, to_say)
    stuck = [row for row in rows if row.state in FOR_A_PERSON]
    values = (value for change in ctx.changes for value in change if value is not None)
    written = {getattr(value, "local_id", "") or getattr(value, "id", "") for value in values}
    refused = [row for row in stuck if row.state == "rejected" and row.local_id in written]
    pending = [row for row in stuck if row not in refused]
    waiting = len(rows) - len(stuck)
    if waiting:
        from clockeye_cli.sync.lock import is_sending  # late: mostly nothing waits

        if is_sending(state.sender_lock(ctx.store.path)):
            waiting = 0  # they are on their way; a later command reports the outcome
    if waiting and reason:
        ctx.out.notice(reason)
    if waiting and ctx.has_written:
        changes = counted(waiting, "change is", "changes are")
        ctx.out.notice(f"Stored here; {changes} waiting to be sent to the account.")
    elif waiting and not ctx.has_listed_outbox:
        changes = counted(waiting, "change is", "changes are")
        ctx.out.notice(f"{changes} waiting to be sent to the account; run `clockeye sync`.")
    if pending and not ctx.has_listed_outbox:
        named = ", ".join(row.local_id for row in pending[:NAMED]) + (", …" if len(pending) > NAMED else "")
        ctx.out.notice(
            f"{counted(len(pending), 'change needs', 'changes need')} a decision ({named});"
            " `clockeye sync --status` explains."
        )
    if refused:
        reasons = "\n".join(f"{row.local_id}: {row.reason}" for row in refused)
        raise PartlyDoneError(
            f"Stored here, but rejected by the account:\n{reasons}",
            hint="`clockeye edit ENTRY` fixes it; `clockeye sync --status` shows it.",
            code="rejected_by_account",
        )
