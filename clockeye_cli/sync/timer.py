"""The timer on the account: the rules for an entry without an end that others may end, change or delete.

A person is asked only about a timer that was stopped here and deleted there. An end that somebody else gave
it counts, and one notice says so; of two ends, the earlier one counts.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import entries, notices, outbox, remembered, remote
from clockeye_cli.store import timer as timers
from clockeye_cli.sync.conversion import entry_of
from clockeye_cli.sync.made_again import made_again
from clockeye_cli.sync.merge import NEAR_SECONDS, OURS, canonical
from clockeye_cli.sync.queue import WORTH_A_TRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from clockeye_cli.api import wire
    from clockeye_cli.errors import RejectedError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.store.remote import Seen
    from clockeye_cli.sync.account import Account

REFUSES_RUNNING = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)


def are_taken(account: Account) -> bool:
    """Whether the account may take an entry without an end: it has not refused one."""
    return account.client.dialect.takes_timer is not False


def wait_for_stop(account: Account, row: Row, error: RejectedError) -> None:
    """Leave a running entry that the account refuses on this computer until it is stopped.

    The account takes no running entries at all if it names the end, or names no field and has taken none
    before.
    """
    fields = _named_fields(error)
    is_general = not fields and account.client.dialect.takes_timer is None
    if error.status in REFUSES_RUNNING and ("end_time" in fields or is_general):
        account.client.learn(account.client.dialect._replace(takes_timer=False))
    with account.store.exchange() as connection:
        if any(other.id > row.id for other in outbox.of(connection, row.local_id)):
            outbox.reject(connection, row, error.message, error.status)  # for the sake of those behind it
        else:
            outbox.done(connection, row)


def _named_fields(error: RejectedError) -> list[str]:
    text = f"{error.code} {error.message}".casefold()
    return [error.field] if error.field else [field for field in OURS if field in text]


def waits(connection: Connection, row: Row) -> bool:
    """Whether the POST of a running entry must wait for an earlier row, of an entry that may run there still.

    The account ends that entry when another one starts. This must not look like a change that somebody made.
    """
    return any(
        other.id < row.id and other.state in WORTH_A_TRY and _may_run_there(connection, other)
        for other in outbox.rows(connection)
    )


def _may_run_there(connection: Connection, row: Row) -> bool:
    seen = remote.of(connection, row.local_id)
    version = seen.fields if seen else json.loads(row.body) if row.what == "create" and row.body else None
    return version is not None and not version.get("end_time")


def learn(account: Account, remote_entry: wire.RemoteEntry) -> None:
    """Record what the account has made of a POST without an end."""
    if remote_entry.ended_at is None:
        account.client.learn(account.client.dialect._replace(takes_timer=True))
    with account.store.read() as connection:
        was_deleted = remembered.get(connection, remembered.TIMER_DELETED)
    if was_deleted:
        with account.store.exchange() as connection:
            remembered.put(connection, remembered.TIMER_DELETED, "")


def as_posted(account: Account, body: dict[str, Any], remote_entry: wire.RemoteEntry) -> wire.RemoteEntry:
    """An entry that has arrived without an answer, as the account stored it at first.

    Where entries without an end run, an end is a change made since. Where that is unknown, an end close to
    the start is the service's own; any other was given to an entry that ran.

    Args:
        account: The account.
        body: What was posted.
        remote_entry: The entry as found on the account.
    """
    takes_timer = account.client.dialect.takes_timer
    if takes_timer is None and remote_entry.ended_at is not None:
        takes_timer = remote_entry.ended_at - remote_entry.started_at > NEAR_SECONDS
    if "end_time" not in body and takes_timer:
        return remote_entry._replace(ended_at=None, fields=remote_entry.fields | {"end_time": None})
    return remote_entry


def settled(
    connection: Connection, item: TimeEntry | Timer, seen: Seen, remote_entry: wire.RemoteEntry
) -> tuple[TimeEntry | Timer, Seen]:
    """An entry or timer, and its version to compare with, after taking over an end that the account gave it.

    Args:
        connection: The store, in a write transaction.
        item: The entry or timer.
        seen: Its version on the account when it was last read.
        remote_entry: Its version there now.
    """
    end, base_end = remote_entry.ended_at, canonical("end_time", seen.fields.get("end_time"))
    if end is None or end == base_end:
        return item, seen
    if isinstance(item, Timer):
        item = _end(connection, item, end)
    elif base_end is not None or item.is_open or item.ended_at == end:
        return item, seen
    else:
        earlier = max(item.started_at, min(item.ended_at, end))
        notices.add(connection, notices.TIMER_ENDED, item.local_id, {"at": end, "is_here": True})
        entries.put(connection, item, item := item._replace(ended_at=earlier))
    return item, seen._replace(fields=seen.fields | {"end_time": remote_entry.fields["end_time"]})


def take(connection: Connection, timer: Timer, seen: Seen, remote_entry: wire.RemoteEntry) -> bool:
    """Take over the account's version of the running timer. Returns whether anything has changed.

    Args:
        connection: The store, in a write transaction.
        timer: The timer, without changes that were not sent.
        seen: Its version on the account when it was last read.
        remote_entry: Its version there now.
    """
    if remembered.get(connection, remembered.TIMER_DELETED) == timer.local_id:
        remembered.put(connection, remembered.TIMER_DELETED, "")
    theirs = entry_of(connection, remote_entry, timer.until(timer.started_at), timer.local_id)
    changed = timer._replace(
        description=theirs.description,
        project_id=theirs.project_id,
        started_at=theirs.started_at,
        billable=theirs.billable,
    )
    if changed != timer:
        timers.put(connection, changed)
    end = remote_entry.ended_at
    if end is not None and end != canonical("end_time", seen.fields.get("end_time")):
        _end(connection, changed, end)
        return True
    return changed != timer


def still_gone(
    account: Account, gone: Sequence[TimeEntry], rows: Iterable[dict[str, Any]]
) -> Sequence[TimeEntry]:
    """The entries that are gone, without the running timer if it was made there again: it has that id now.

    Args:
        account: The account.
        gone: The entries that the account does not have any more.
        rows: What it lists.
    """
    with account.store.read() as connection:
        timer = timers.running(connection)
        seen = remote.of(connection, timer.local_id) if timer else None
        if timer is None or seen is None or outbox.of(connection, timer.local_id):
            return gone
        is_gone = is_marked_deleted(connection, timer) or timer.local_id in {one.local_id for one in gone}
    if is_gone and made_again(account, seen, rows):
        return [one for one in gone if one.local_id != timer.local_id]
    return gone


def mark_deleted(account: Account, gone: Sequence[TimeEntry]) -> None:
    """Record that the running timer was deleted on the account, if it is among these; it goes on here."""
    with account.store.read() as connection:
        timer = timers.running(connection)
    if timer is None or timer.local_id not in {entry.local_id for entry in gone}:
        return
    with account.store.exchange() as connection:
        if timers.running(connection) == timer and not is_marked_deleted(connection, timer):
            remembered.put(connection, remembered.TIMER_DELETED, timer.local_id)
            notices.add(connection, notices.TIMER_DELETED, timer.local_id, {})


def is_marked_deleted(connection: Connection, timer: Timer) -> bool:
    """Whether this timer was found to be deleted on the account."""
    return remembered.get(connection, remembered.TIMER_DELETED) == timer.local_id


def _end(connection: Connection, timer: Timer, ended_at: int) -> TimeEntry:
    """Make the running timer the entry that it has become on the account."""
    entry = timer.until(max(timer.started_at, ended_at))
    timers.put(connection, None)
    entries.put(connection, None, entry)
    notices.add(connection, notices.TIMER_ENDED, entry.local_id, {"at": ended_at, "is_here": False})
    return entry
