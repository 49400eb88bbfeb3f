"""`clockeye sync`: exchange everything with the account now; and what is left for a person to decide."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clockeye_cli.api import wire
from clockeye_cli.core.phrases import counted, told
from clockeye_cli.errors import ClashError, PartlyDoneError, UnreachableError, UsageError
from clockeye_cli.interpret.reading import say_unread
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.present.changes import told as told_change
from clockeye_cli.present.hooks import tell
from clockeye_cli.store import entries, former_ids, outbox, projects, remembered, remote
from clockeye_cli.store import timer as timers
from clockeye_cli.store.outbox import FOR_A_PERSON
from clockeye_cli.sync.account import connect, entry_of
from clockeye_cli.sync.pause import is_paused, resume
from clockeye_cli.sync.pull import pull, pull_projects
from clockeye_cli.sync.push import push
from clockeye_cli.tracking.entries import find_finished

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row as Cells
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.store.state import Write
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

SENDER_SECONDS = 60.0
"""How long another process's sending is waited for."""

DAYS = 35
"""So many days back are read by `sync`."""


def sync(ctx: Context) -> None:
    """Send what waits, and read the last weeks.

    Raises:
        PartlyDoneError: Something is left that a person must decide; each is named.
        UnreachableError: The service cannot be reached; nothing is lost.
    """
    with ctx.store.read() as connection:
        known = {(row.id, row.local_id) for row in outbox.rows(connection)}
    with connect(ctx.store, ctx.access(), patience=None) as account:
        with ctx.out.progress("Sending") as each:
            delivered = _push_all(ctx, account, each)
        pull_projects(account)
        if is_paused(ctx.store, ctx.now):
            resume(ctx.store)
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
    say_unread(ctx, pulled)
    left = _left(ctx, known)
    if left:
        raise PartlyDoneError(
            "\n".join([f"{counted(len(left), 'change is', 'changes are')} left:", *left]),
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
        row = _row(write.connection, text)
        seen = remote.of(write.connection, row.local_id)
        if (row.state == "conflict") != bool(keep):
            raise ClashError(f"{row.local_id} is {row.state}: that does not decide it.", hint=_options(row))
        if keep == "mine":
            _keep_mine(write.connection, row)
        elif keep:
            _take_theirs(write, row, json.loads(row.theirs) if row.theirs else None)
        elif is_id:
            _take_id(write, row, is_id)
        elif send:
            outbox.put(write.connection, row._replace(state="queued", reason="", status=None, looks=0))
        elif row.what == "project":
            _drop_project(write, row)
        else:
            _take_theirs(write, row, seen.fields if seen else None)
        names = projects.names(write.connection)
    changed = [told_change(ctx, change, names) for change in write.changes]
    ctx.out.done(
        [f"Decided: {row.local_id}.", *changed, *(["`clockeye undo` takes this back."] if changed else [])]
    )


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
        # No longer than that, whatever has become of the clock meanwhile.
        time.sleep(min(account.settle, max(0, max(looked_at) + account.settle - account.now())))
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


def _take_theirs(write: Write, row: Row, theirs: dict[str, Any] | None) -> None:
    """What the account has comes here; what it has not goes from here. Nothing of ours is sent any more."""
    connection = write.connection
    before, seen = entries.by_id(connection, row.local_id), remote.of(connection, row.local_id)
    after = None
    if theirs is not None:
        there = wire.entry(theirs)
        me = remembered.get(connection, remembered.ACCOUNT_USER)
        is_own = not (me and there.user_id) or there.user_id == me
        after = entry_of(connection, there, row.local_id, is_own=is_own)
    if before != after:
        write.change(before, after)
    outbox.forget(connection, row.local_id)
    if theirs is None:
        remote.forget(connection, row.local_id)
    elif seen:
        remote.put(connection, seen._replace(fields=theirs))


def _take_id(write: Write, row: Row, account_id: str) -> None:
    """It arrived as this; what has become of it there comes with the next reading."""
    connection = write.connection
    other = remote.by_account_id(connection, account_id)
    if other and (other.settled_at or outbox.of(connection, other.local_id)):
        raise ClashError(f"{account_id[:60]} is {other.local_id} already.", hint=_options(row))
    if other:  # it was read from the account meanwhile, and is the same
        remote.forget(connection, other.local_id)
        entries.put(connection, entries.by_id(connection, other.local_id), None)
        former_ids.rename(connection, other.local_id, row.local_id)
    fields = json.loads(row.body or "{}")
    remote.put(connection, remote.Seen(row.local_id, account_id, fields, write.now))
    outbox.done(connection, row)


def _drop_project(write: Write, row: Row) -> None:
    """A project that the account did not take goes, unless it is used here."""
    project = projects.by_id(write.connection, row.local_id)
    runs = timers.running(write.connection)
    used = entries.between(write.connection, None, None, [row.local_id], user=None)
    if project and (used or (runs and runs.project_id == project.id)):
        raise ClashError(
            f"Entries here are in the project {project.name}.",
            hint="Give them another one first: clockeye edit ENTRY --project NAME",
        )
    outbox.forget(write.connection, row.local_id)
    if project:
        write.change(project, None)


def _options(row: Row) -> str:
    return (
        "--keep mine or --keep theirs decides."
        if row.state == "conflict"
        else "--is ID, --send or --drop decides."
    )
