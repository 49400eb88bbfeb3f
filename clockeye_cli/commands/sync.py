"""`clockeye sync`: exchange everything with the account now, and settle what a person must decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.phrases import counted, describe
from clockeye_cli.errors import PartlyDoneError, UsageError
from clockeye_cli.interpret.reading import say_unread
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.present.changes import describe_change
from clockeye_cli.present.hooks import run_hook
from clockeye_cli.store import entries, outbox, projects
from clockeye_cli.sync import decisions, exchange
from clockeye_cli.sync.account import connect
from clockeye_cli.tracking.lookup import find_finished

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row as Cells
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row

COLUMNS = (
    Column("id", "Id", "id"),
    Column("what", "What"),
    Column("state", "State"),
    Column("description", "Entry or project"),
    Column("reason", "Reason"),
    Column("theirs", "On the account", is_detail=True),
)

COUNTS = (
    Column("sent", "Sent", "count"),
    Column("changed", "New or changed", "count"),
    Column("removed", "Removed", "count"),
)


def sync(ctx: Context) -> None:
    """Send all waiting changes, and read the last weeks.

    Raises:
        PartlyDoneError: Some changes are still unsent, or need a decision; each is named.
        UnreachableError: The service cannot be reached; nothing is lost.
    """
    with ctx.store.read() as connection:
        earlier = {(row.id, row.local_id) for row in outbox.rows(connection)}
    with connect(ctx.store, ctx.access(), patience=None) as account:
        with ctx.out.progress("Sending") as each:
            delivered = exchange.send_all(account, each=each)
        with ctx.out.progress("Reading") as each:
            pulled = exchange.read_last_weeks(account, ctx.rule.day_of(ctx.now), each=each)
    counts = Record(COUNTS, (delivered, pulled.changed, pulled.removed))
    ctx.out.done(
        f"Sent {delivered}, received {pulled.changed} new or changed, removed {pulled.removed}.", counts
    )
    run_hook(ctx, "sync", counts)
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was being read, so nothing was removed here; sync again later."
        )
    say_unread(ctx, pulled)
    lines = _remaining(ctx, earlier)
    if lines:
        raise PartlyDoneError(
            "\n".join([f"{counted(len(lines), 'change is', 'changes are')} still unsent:", *lines]),
            hint="`clockeye sync --status` shows the details; `clockeye sync resolve` decides.",
        )


def sync_status(ctx: Context) -> None:
    """List the changes that the account does not have yet, with the reasons."""
    with ctx.store.read() as connection:
        rows = [_cells(ctx, connection, row) for row in outbox.rows(connection)]
    ctx.has_listed_outbox = True
    ctx.out.table(Table(COLUMNS, [Section("", rows)], empty="Everything is sent."))


def resolve(
    ctx: Context, text: str, *, keep: str = "", is_id: str = "", send: bool = False, drop: bool = False
) -> None:
    """Decide about an entry that both sides changed, that was refused, or that may have arrived already.

    Args:
        ctx: What the command works with.
        text: An ENTRY.
        keep: `mine` or `theirs`.
        is_id: The id on the account with which the entry arrived.
        send: It did not arrive: send it again.
        drop: Do not send it: reset it to the account's version, or delete it if the account has none.
    """
    if sum((bool(keep), bool(is_id), send, drop)) != 1 or keep not in ("", "mine", "theirs"):
        raise UsageError("Use one of --keep mine, --keep theirs, --is ID, --send and --drop.")
    with ctx.write() as write:
        row = decisions.row_named(write.connection, text) or decisions.row_of(
            write.connection, find_finished(write.connection, text).local_id, text
        )
        if keep == "mine":
            decisions.keep_mine(write, row)
        elif keep:
            decisions.keep_theirs(write, row)
        elif is_id:
            decisions.take_id(write, row, is_id)
        elif send:
            decisions.send_again(write, row)
        else:
            decisions.drop(write, row)
        names = projects.names(write.connection)
    changed = [describe_change(ctx, change, names) for change in write.changes]
    ctx.out.done(
        [f"Resolved {row.local_id}.", *changed, *(["`clockeye undo` reverts this."] if changed else [])]
    )


def _remaining(ctx: Context, earlier: set[tuple[int, str]]) -> list[str]:
    with ctx.store.read() as connection:
        return [
            f"{row.local_id}: {_description(ctx, connection, row)}: {row.reason or row.state}"
            for row in exchange.remaining(connection, earlier)
        ]


def _cells(ctx: Context, connection: Connection, row: Row) -> Cells:
    return row.local_id, row.what, row.state, _description(ctx, connection, row), row.reason, row.theirs


def _description(ctx: Context, connection: Connection, row: Row) -> str:
    if row.what == "project":
        project = projects.by_id(connection, row.local_id)
        return project.name if project else "(deleted project)"
    entry = entries.by_id(connection, row.local_id)
    return describe(entry, projects.names(connection), ctx.zone, ctx.now) if entry else "(deleted here)"
