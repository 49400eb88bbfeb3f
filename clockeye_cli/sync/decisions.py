"""A person's decisions about a row of the outbox: which version to keep, its id there, to resend or drop it.

Each decision is made in the write transaction of one command.
"""

from __future__ import annotations

import json

from clockeye_cli.api import wire
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.errors import ClashError
from clockeye_cli.store import entries, outbox, projects, remote, users
from clockeye_cli.store import timer as timers
from clockeye_cli.store.attention import FOR_A_PERSON
from clockeye_cli.sync.conversion import body_of, entry_of
from clockeye_cli.sync.made_again import is_only_read, replace
from clockeye_cli.sync.merge import base_for_ours

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.store.state import Write


def row_named(connection: Connection, text: str) -> Row | None:
    """The row with this entry or project id that needs a decision; an entry's id may be shortened."""
    rows = [row for row in outbox.rows(connection) if row.state in FOR_A_PERSON]
    named = [row for row in rows if row.local_id == text or row.local_id.startswith(f"te_{text}")]
    return named[0] if named else None


def row_of(connection: Connection, local_id: str, text: str) -> Row:
    """The row of an entry that needs a decision.

    Args:
        connection: The store.
        local_id: The entry.
        text: The entry as typed, for the message.

    Raises:
        ClashError: The entry needs no decision.
    """
    rows = outbox.of(connection, local_id)
    if not rows or rows[0].state not in FOR_A_PERSON:
        raise ClashError(
            f"No decision needed for {text[:60]!r}.",
            hint="`clockeye sync --status` lists the changes that need one.",
        )
    return rows[0]


def keep_mine(write: Write, row: Row) -> None:
    """Settle a conflict: what was changed here replaces the account's, or the entry is created there again.

    Fields that only the account has changed stay as they are there.

    Raises:
        ClashError: The row is not a conflict, or the service takes no entries of the entry's user from here.
    """
    _check(row, is_conflict=True)
    connection = write.connection
    if row.theirs is None:
        entry = entries.by_id(connection, row.local_id)
        if entry and not entry.is_own and not users.takes_entries_of_others(connection):
            raise ClashError(
                f"{row.local_id} belongs to {entry.user_id},"
                " and the account accepts no new entries for other users.",
                hint="Use --keep theirs to accept its deletion.",
                code="user_refused",
            )
        remote.forget(connection, row.local_id)
        outbox.put(connection, row._replace(what="create", state="queued", reason="", body=None))
        return
    seen = remote.of(connection, row.local_id)
    if seen:
        item, theirs = timers.item(connection, row.local_id), json.loads(row.theirs)
        base = base_for_ours(seen.fields, body_of(connection, item), theirs) if item else theirs
        remote.put(connection, seen._replace(fields=base))
    outbox.put(connection, row._replace(state="queued", reason="", theirs=None))


def keep_theirs(write: Write, row: Row) -> None:
    """Settle a conflict: the account's version replaces the local one, or its deletion is repeated here.

    Raises:
        ClashError: The row is not a conflict.
    """
    _check(row, is_conflict=True)
    _take(write, row, json.loads(row.theirs) if row.theirs else None)


def take_id(write: Write, row: Row, account_id: str) -> None:
    """Record that the entry arrived with this id. The next reading updates it.

    Raises:
        ClashError: The row is a conflict, or the id belongs to another entry.
    """
    _check(row, is_conflict=False)
    connection = write.connection
    other = remote.by_account_id(connection, account_id)
    if other and not is_only_read(connection, other):
        raise ClashError(
            f"{account_id[:60]} already belongs to the entry {other.local_id}.", hint=_options(row)
        )
    if other:  # the same entry, read from the account in the meantime
        replace(connection, other, row.local_id)
    fields = json.loads(row.body or "{}")
    remote.put(connection, remote.Seen(row.local_id, account_id, fields, write.now))
    outbox.done(connection, row)


def send_again(write: Write, row: Row) -> None:
    """Queue a row again that did not arrive.

    Raises:
        ClashError: The row is a conflict.
    """
    _check(row, is_conflict=False)
    outbox.put(write.connection, row._replace(state="queued", reason="", status=None, looks=0))


def drop(write: Write, row: Row) -> None:
    """Discard the row: reset the entry to the account's version, or delete an entry or project it lacks.

    A timer that the account lacks goes on running.

    Raises:
        ClashError: The row is a conflict, or the project is in use.
    """
    _check(row, is_conflict=False)
    if row.what == "project":
        _drop_project(write, row)
    else:
        seen = remote.of(write.connection, row.local_id)
        if seen or not isinstance(timers.item(write.connection, row.local_id), Timer):
            _take(write, row, seen.fields if seen else None)
        else:
            outbox.forget(write.connection, row.local_id)  # the timer is sent once it has been stopped


def _check(row: Row, *, is_conflict: bool) -> None:
    if (row.state == "conflict") != is_conflict:
        raise ClashError(
            f"This option does not apply to {row.local_id}, whose state is {row.state}.", hint=_options(row)
        )


def _take(write: Write, row: Row, fields: dict[str, Any] | None) -> None:
    """Reset the entry to the account's version, None to delete it. Local changes are no longer sent.

    It may have been billed, or be in the closed period: a person has decided.
    """
    write.is_guarded = False
    connection = write.connection
    before, seen = timers.item(connection, row.local_id), remote.of(connection, row.local_id)
    after: TimeEntry | Timer | None = None
    if fields is not None:
        local = before.until(before.started_at) if isinstance(before, Timer) else before
        after = entry_of(connection, wire.entry(fields), local, row.local_id)
        if isinstance(before, Timer) and after.is_open:
            after = Timer.of(after)
    if isinstance(before, Timer) and isinstance(after, TimeEntry):
        write.change(before, None)
        before = None
    if before != after:
        write.change(before, after)
    outbox.forget(connection, row.local_id)
    if fields is None:
        remote.forget(connection, row.local_id)
    elif seen:
        remote.put(connection, seen._replace(fields=fields))


def _drop_project(write: Write, row: Row) -> None:
    """Delete a project that the account did not accept, unless it is in use."""
    project = projects.by_id(write.connection, row.local_id)
    runs = timers.running(write.connection)
    used = entries.between(write.connection, None, None, [row.local_id], whose=EVERYBODY)
    if project and (used or (runs and runs.project_id == project.id)):
        raise ClashError(
            f"The project {project.name} is in use.",
            hint="`clockeye edit ENTRY --project NAME` moves an entry to another project first.",
        )
    outbox.forget(write.connection, row.local_id)
    if project:
        write.change(project, None)


def _options(row: Row) -> str:
    if row.state == "conflict":
        return "Use --keep mine or --keep theirs."
    return "Use --same-as ID, --send or --drop."
