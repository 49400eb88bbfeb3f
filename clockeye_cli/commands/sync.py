"""`clockeye sync`: exchange everything with the account now; and what is left for a person to decide."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from clockeye_cli.api import wire
from clockeye_cli.commands.hooks import tell
from clockeye_cli.core.phrases import counted, told
from clockeye_cli.errors import ClashError, PartlyDoneError, UnreachableError, UsageError
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.store import entries, outbox, projects, remote
from clockeye_cli.sync.account import connect, entry_of
from clockeye_cli.sync.pull import pull, pull_projects
from clockeye_cli.sync.push import push
from clockeye_cli.tracking.entries import find_finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row as Cells
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account
    from clockeye_cli.sync.push import Pushed

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

FOR_A_PERSON = ("rejected", "conflict", "ask")
SENDER_SECONDS = 60.0
"""How long another process's sending is waited for."""

DAYS = 35
"""So many days back are read by `sync`."""


def run(ctx: Context) -> None:
    """Send what waits, and read the last weeks.

    Raises:
        PartlyDoneError: Something is left that a person must decide; each is named.
        UnreachableError: The service cannot be reached; nothing is lost.
    """
    with ctx.store.read() as connection:
        known = {(row.id, row.local_id) for row in outbox.rows(connection)}
    with connect(**ctx.connection(), patience=None) as account:
        with ctx.out.progress("Sending") as each:
            delivered = _push_all(ctx, account, each)
        pull_projects(account)
        today = ctx.rule.day_of(ctx.now)
        with ctx.out.progress("Reading") as each:
            pulled = pull(account, today - timedelta(days=DAYS), today, user_id=account.user_id, each=each)
    counts = Record(COUNTS, (delivered, pulled.changed, pulled.removed))
    ctx.out.done(f"Sent {delivered}, read {pulled.changed} new or changed, removed {pulled.removed}.", counts)
    tell(ctx, "sync", counts)
    if not pulled.is_steady:
        ctx.out.notice(
            "The account changed while it was read, so nothing was removed here; sync again later."
        )
    left = _left(ctx, known)
    if left:
        raise PartlyDoneError(
            "\n".join([f"{counted(len(left), 'change is', 'changes are')} left:", *left]),
            hint="`clockeye sync --status` shows both sides.",
        )


def status(ctx: Context) -> None:
    """List what the account has not got yet, and why."""
    with ctx.store.read() as connection:
        rows = [_cells(ctx, connection, row) for row in outbox.rows(connection)]
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
        drop: Do not send it.
    """
    if sum((bool(keep), bool(is_id), send, drop)) != 1 or keep not in ("", "mine", "theirs"):
        raise UsageError("One of --keep mine, --keep theirs, --is ID, --send and --drop decides.")
    with ctx.store.exchange() as connection:
        row = _row(connection, text)
        if keep and row.state == "conflict":
            (_keep_mine if keep == "mine" else _keep_theirs)(connection, row)
        elif row.state == "conflict" or keep:
            raise ClashError(f"{row.local_id} is {row.state}: that does not decide it.", hint=_options(row))
        elif is_id:
            remote.put(connection, remote.Seen(row.local_id, is_id, json.loads(row.body or "{}"), ctx.now))
            outbox.done(connection, row)
        elif send:
            outbox.put(connection, row._replace(state="queued", reason="", status=None, looks=0))
        else:
            outbox.forget(connection, row.local_id)
    ctx.out.done(f"Decided: {row.local_id}.")


def _push_all(ctx: Context, account: Account, each: Callable[[int, int], None]) -> int:
    """Send all that can be sent; what may have arrived is looked for again after `sync.settle`."""
    delivered = 0
    for is_last in (False, True):
        pushed = _push_in_turn(account, each)
        delivered += pushed.delivered
        if pushed.stopped:
            raise pushed.stopped
        with ctx.store.read() as connection:
            looked_at = [
                row.looked_at for row in outbox.rows(connection) if row.state == "unknown" and row.looked_at
            ]
        if not looked_at or is_last:
            break
        time.sleep(max(0, max(looked_at) + account.settle - account.now()))
    return delivered


def _push_in_turn(account: Account, each: Callable[[int, int], None]) -> Pushed:
    """Push; where another process is sending, after it."""
    end = time.monotonic() + SENDER_SECONDS
    while not (pushed := push(account, each=each)).is_sender:
        if time.monotonic() > end:
            raise UnreachableError(
                "Another clockeye is sending for this profile and does not come to an end.",
                hint="Nothing is lost; `clockeye sync --status` lists what waits.",
                code="busy",
            )
        time.sleep(0.1)
    return pushed


def _left(ctx: Context, known: set[tuple[int, str]]) -> list[str]:
    """What is left of these rows, and what else a person must decide; what came meanwhile is not late yet."""
    with ctx.store.read() as connection:
        rows = outbox.rows(connection)
        rows = [row for row in rows if (row.id, row.local_id) in known or row.state in FOR_A_PERSON]
        return [f"{row.local_id}: {_thing(ctx, connection, row)}: {row.reason or row.state}" for row in rows]


def _cells(ctx: Context, connection: Connection, row: Row) -> Cells:
    return row.local_id, row.what, row.state, _thing(ctx, connection, row), row.reason, row.theirs


def _thing(ctx: Context, connection: Connection, row: Row) -> str:
    if row.what == "project":
        project = projects.by_id(connection, row.local_id)
        return project.name if project else "(a project that is gone)"
    entry = entries.by_id(connection, row.local_id)
    return told(entry, projects.names(connection), ctx.zone, ctx.now) if entry else "(deleted here)"


def _row(connection: Connection, text: str) -> Row:
    rows = [row for row in outbox.rows(connection) if row.state in FOR_A_PERSON]
    exact = [row for row in rows if row.local_id == text or row.local_id.startswith(f"te_{text}")]
    found = exact or outbox.of(connection, find_finished(connection, text).local_id)
    if not found or found[0].state not in FOR_A_PERSON:
        raise ClashError(
            f"Nothing is to be decided about {text[:60]!r}.", hint="`clockeye sync --status` lists all."
        )
    return found[0]


def _keep_mine(connection: Connection, row: Row) -> None:
    """What is here goes over what is there, or is made there anew."""
    if row.theirs is None:
        remote.forget(connection, row.local_id)
        outbox.put(connection, row._replace(what="create", state="queued", reason="", body=None))
        return
    seen = remote.of(connection, row.local_id)
    if seen:
        remote.put(connection, seen._replace(fields=json.loads(row.theirs)))
    outbox.put(connection, row._replace(state="queued", reason="", theirs=None))


def _keep_theirs(connection: Connection, row: Row) -> None:
    """What is there comes here, or goes from here as it has gone there."""
    before, seen = entries.by_id(connection, row.local_id), remote.of(connection, row.local_id)
    outbox.forget(connection, row.local_id)
    if row.theirs is None:
        entries.put(connection, before, None)
        remote.forget(connection, row.local_id)
        return
    fields = json.loads(row.theirs)
    entries.put(connection, before, entry_of(connection, wire.entry(fields), row.local_id))
    if seen:
        remote.put(connection, seen._replace(fields=fields))


def _options(row: Row) -> str:
    return (
        "--keep mine or --keep theirs decides."
        if row.state == "conflict"
        else "--is ID, --send or --drop decides."
    )
