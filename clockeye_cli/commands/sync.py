"""`clockeye sync`: exchange everything with the account now; and what is left for a person to decide."""

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
    Column("reason", "Why"),
    Column("theirs", "On the account", is_detail=True),
)

COUNTS = (
    Column("sent", "Sent", "count"),
    Column("changed", "New or changed", "count"),
    Column("removed", "Removed", "count"),
)


def sync(ctx: Context) -> None:
    """Send what waits, and read the last weeks.

    Raises:
        PartlyDoneError: Something is left that a person must decide; each is named.
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
    ctx.out.done(f"Sent {delivered}, read {pulled.changed} new or changed, removed {pulled.removed}.", counts)
    run_hook(ctx, "sync", counts)
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was read, so nothing was removed here; sync again later."
        )
    say_unread(ctx, pulled)
    lines = _remaining(ctx, earlier)
    if lines:
        raise PartlyDoneError(
            "\n".join([f"{counted(len(lines), 'change is', 'changes are')} left:", *lines]),
            hint="`clockeye sync --status` shows both sides.",
        )


def sync_status(ctx: Context) -> None:
    """List what the account has not got yet, and why."""
    with ctx.store.read() as connection:
        rows = [_cells(ctx, connection, row) for row in outbox.rows(connection)]
    ctx.has_listed_outbox = True
    ctx.out.table(Table(COLUMNS, [Section("", rows)], empty="The account has everything."))


def resolve(
    ctx: Context, text: str, *, keep: str = "", is_id: str = "", send: bool = False, drop: bool = False
) -> None:
    """Decide about an entry that both sides changed, or of which it cannot be told whether it arrived.

    Args:
        ctx: What the command works with.
        text: An ENTRY.
        keep: `mine` or `theirs`.
        is_id: It arrived as this one.
        send: It did not arrive: send it again.
        drop: Do not send it: what is here becomes again what the account has, or goes if it has nothing.
    """
    if sum((bool(keep), bool(is_id), send, drop)) != 1 or keep not in ("", "mine", "theirs"):
        raise UsageError("One of --keep mine, --keep theirs, --is ID, --send and --drop decides.")
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
        [f"Decided: {row.local_id}.", *changed, *(["`clockeye undo` takes this back."] if changed else [])]
    )


def _remaining(ctx: Context, earlier: set[tuple[int, str]]) -> list[str]:
    with ctx.store.read() as connection:
        return [
            f"{row.local_id}: {_thing(ctx, connection, row)}: {row.reason or row.state}"
            for row in exchange.remaining(connection, earlier)
        ]


def _cells(ctx: Context, connection: Connection, row: Row) -> Cells:
    return row.local_id, row.what, row.state, _thing(ctx, connection, row), row.reason, row.theirs


def _thing(ctx: Context, connection: Connection, row: Row) -> str:
    if row.what == "project":
        project = projects.by_id(connection, row.local_id)
        return project.name if project else "(a project that is gone)"
    entry = entries.by_id(connection, row.local_id)
    return describe(entry, projects.names(connection), ctx.zone, ctx.now) if entry else "(deleted here)"
