"""`clockeye sync`: exchange everything with the account now."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError, PartlyDoneError
from clockeye_cli.interpret.account_days import say_pulled
from clockeye_cli.interpret.closed_days import naming_closed_changes
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.present.hooks import run_hook
from clockeye_cli.present.outbox import row_subject
from clockeye_cli.store import outbox
from clockeye_cli.sync import exchange
from clockeye_cli.sync.account import connect
from clockeye_cli.sync.pause import record_outcome

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COUNTS = (
    Column("sent", "Sent", "count"),
    Column("changed", "New or changed", "count"),
    Column("removed", "Removed", "count"),
)

SHAPE = JsonShape(COUNTS)


def sync(ctx: Context) -> None:
    """Send all waiting changes, and read the last weeks.

    Raises:
        PartlyDoneError: Some changes are still unsent, or need a decision; each is named.
        UnreachableError: The service cannot be reached; nothing is lost.
    """
    with ctx.store.read() as connection:
        earlier = {(row.id, row.local_id) for row in outbox.rows(connection)}
    try:
        account = connect(ctx.store, ctx.access(), patience=None)
    except ClockeyeError as error:
        if earlier:
            record_outcome(ctx.store, error, ctx.now)  # `sync --status` says why they wait
        raise
    with account:
        with ctx.out.progress("Sending") as each:
            delivered = exchange.send_all(account, each=each)
        today = ctx.rule.day_of(ctx.now)
        first = today - timedelta(days=exchange.DAYS)
        with naming_closed_changes(ctx, first), ctx.out.progress("Reading") as each:
            pulled = exchange.read_last_weeks(account, today, each=each)
    counts = Record(COUNTS, (delivered, pulled.changed, pulled.removed))
    ctx.out.done(
        f"Sent {delivered}, received {pulled.changed} new or changed, removed {pulled.removed}.", counts
    )
    run_hook(ctx, "sync", counts)
    say_pulled(ctx, pulled)
    lines = _remaining(ctx, earlier)
    if lines:
        raise PartlyDoneError(
            "\n".join([f"{counted(len(lines), 'change is', 'changes are')} still unsent:", *lines]),
            hint="`clockeye sync --status` shows the details;"
            " `clockeye sync resolve --help` shows how to settle one.",
        )


def _remaining(ctx: Context, earlier: set[tuple[int, str]]) -> list[str]:
    with ctx.store.read() as connection:
        return [
            f"{row.local_id}: {row_subject(ctx, connection, row)}: {row.reason or row.state}"
            for row in exchange.remaining(connection, earlier)
        ]
