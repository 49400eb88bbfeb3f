"""pull: read days of the account into the store, without losing local changes.

An entry is removed only if a stable list did not contain it and a request for its id finds nothing.
"""

from __future__ import annotations

import json

from clockeye_cli.api import endpoints, wire
from clockeye_cli.core.day import ONE_DAY, utc_midnight
from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY, Mine
from clockeye_cli.errors import UnreadableEntryError
from clockeye_cli.store import entries, outbox, remote, users
from clockeye_cli.sync.account import entry_of, put_projects
from clockeye_cli.sync.merge import content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.user import User
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account

MARGIN = 2
"""Extra days to read on either side: the account uses UTC days, and an entry may start on an earlier day."""

FARTHEST = 14 * 3_600
"""The largest offset of a time zone from UTC, in seconds."""

AT_ONCE = 500
"""How many entries are stored in one transaction, so that other commands need not wait for all of them."""

STEADY_TRIES = 3


class Local(NamedTuple):
    """The unsent local changes while a batch of entries is stored.

    Attributes:
        pending: Ids of entries and projects with changes that were not sent yet.
        unsettled: Entries that were sent and may have arrived: their content as of `merge.content`, and their
            user; None for own entries while the own user is unknown.
    """

    pending: set[str]
    unsettled: dict[tuple[Any, ...], str | None]

    def may_have_sent(self, remote_entry: wire.RemoteEntry) -> bool:
        """Whether this entry of the account may be one that we sent: push will assign its id."""
        if not self.unsettled:
            return False
        what = content(remote_entry.fields)
        user_id = self.unsettled.get(what)
        return what in self.unsettled and (user_id is None or remote_entry.user_id in (None, user_id))


class Pulled(NamedTuple):
    """The result of a pull.

    Attributes:
        changed: How many entries are new or changed.
        removed: How many entries were removed, since they are gone from the account.
        is_steady: False if the account changed each time while it was read: then nothing was removed.
        unread: The account's ids of entries that were skipped, since their times are invalid.
    """

    changed: int
    removed: int
    is_steady: bool
    unread: list[str]


def pull(
    account: Account,
    first: date | None,
    last: date | None,
    *,
    whose: Whose,
    each: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> Pulled:
    """Read days from the account.

    Args:
        account: The account.
        first: The first day; None for no limit.
        last: The last day; None for no limit.
        whose: Whose entries.
        each: Called with the number of entries so far, and the total.
    """
    if isinstance(whose, Mine) and account.user_id is None:
        whose = EVERYBODY  # your own entries cannot be requested
    begun_at = account.now()
    start = None if first is None else (first - ONE_DAY * MARGIN).isoformat()
    end = None if last is None else (last + ONE_DAY * (MARGIN - 1)).isoformat()
    for _ in range(STEADY_TRIES):
        listing = endpoints.entry_listing(
            account.client, each_page=each, start_date=start, end_date=end, user_id=account.filter_of(whose)
        )
        if listing.is_steady:
            break
    remote_entries, unread_rows = wire.entries(listing.rows)
    unread = [wire.id_of(row) for row in unread_rows]
    listed = {*unread, *(entry.id for entry in remote_entries)}
    gone = []
    for entry, account_id in _missing(account, listed, first, last, whose, begun_at):
        if listing.is_steady or entry.is_open:
            try:
                remote_entry = endpoints.time_entry(account.client, account_id)
            except UnreadableEntryError:
                unread.append(account_id)
                continue
            if remote_entry:
                remote_entries.append(remote_entry)
            elif listing.is_steady:
                gone.append(entry)
    if any(entry.project_id for entry in remote_entries):
        _pull_projects(account, remote_entries)
    changed = _take_in(account, remote_entries, begun_at)
    removed = _remove(account, gone, begun_at)
    with account.store.exchange() as connection:
        remote.mark_pulled(connection, _days(first, last), whose, begun_at)
    return Pulled(changed, removed, listing.is_steady, unread)


def _days(first: date | None, last: date | None) -> list[str]:
    """The days of a period in the form in which they are remembered; for an open period, all or none."""
    if first is None or last is None:
        return [remote.ALL_DAYS] if first is last else []
    return [(first + ONE_DAY * number).isoformat() for number in range((last - first).days + 1)]


def pull_projects(account: Account) -> None:
    """Read the account's projects."""
    listed = endpoints.projects(account.client)
    with account.store.exchange() as connection:
        put_projects(connection, listed)


def pull_users(account: Account) -> list[User]:
    """Read the account's users."""
    listed = endpoints.users(account.client)
    with account.store.exchange() as connection:
        users.put(connection, listed)
    return listed


def _pull_projects(account: Account, remote_entries: Sequence[wire.RemoteEntry]) -> None:
    with account.store.read() as connection:
        local_ids = remote.project_ids(connection)
    if any(entry.project_id and entry.project_id not in local_ids for entry in remote_entries):
        pull_projects(account)


def _take_in(account: Account, remote_entries: Sequence[wire.RemoteEntry], begun_at: int) -> int:
    changed = 0
    for first in range(0, len(remote_entries), AT_ONCE):
        with account.store.exchange() as connection:
            local = Local(outbox.pending_ids(connection), _unsettled(connection))
            for entry in remote_entries[first : first + AT_ONCE]:
                changed += _take(account, connection, entry, local, begun_at)
    return changed


def _take(
    account: Account,
    connection: Connection,
    remote_entry: wire.RemoteEntry,
    local: Local,
    begun_at: int,
) -> int:
    """Store one entry of the account. Returns 1 if it is new or changed."""
    seen = remote.by_account_id(connection, remote_entry.id)
    local_id = seen.local_id if seen else new_id("te")
    if seen and (local_id in local.pending or seen.settled_at > begun_at - account.settle):
        return 0
    if seen is None and local.may_have_sent(remote_entry):
        return 0
    before = entries.by_id(connection, local_id) if seen else None
    after = entry_of(connection, remote_entry, before, local_id)
    settled_at = seen.settled_at if seen else 0
    if seen is None or seen.fields != remote_entry.fields:
        remote.put(connection, remote.Seen(local_id, remote_entry.id, remote_entry.fields, settled_at))
    if before == after:
        return 0
    entries.put(connection, before, after)
    return 1


def _unsettled(connection: Connection) -> dict[tuple[Any, ...], str | None]:
    own_user = users.own(connection)
    bodies = [json.loads(row.body) for row in outbox.rows(connection) if row.what == "create" and row.body]
    return {content(body): body.get("user_id") or own_user for body in bodies}


def _missing(
    account: Account,
    listed: set[str],
    first: date | None,
    last: date | None,
    whose: Whose,
    begun_at: int,
) -> list[tuple[TimeEntry, str]]:
    """Stored entries of these days that the account did not list, with the account's ids.

    They are not necessarily gone: they may be on other days now, or the service may have skipped them.
    """
    start = None if first is None else utc_midnight(first) - FARTHEST
    end = None if last is None else utc_midnight(last + ONE_DAY) + FARTHEST
    with account.store.read() as connection:
        pending = outbox.pending_ids(connection)
        local = entries.between(connection, start, end, whose=whose)
        ids = remote.account_ids(connection, (entry.local_id for entry in local))
        unlisted = [
            entry
            for entry in local
            if entry.local_id in ids
            and ids[entry.local_id] not in listed
            and entry.local_id not in pending
            and (start is None or entry.started_at >= start)
            and (end is None or entry.ended_at <= end)
        ]
        return [
            (entry, ids[entry.local_id])
            for entry in unlisted
            if _is_settled(account, remote.of(connection, entry.local_id), begun_at)
        ]


def _is_settled(account: Account, seen: remote.Seen | None, begun_at: int) -> bool:
    return seen is not None and seen.settled_at <= begun_at - account.settle


def _remove(account: Account, gone: list[TimeEntry], begun_at: int) -> int:
    removed = 0
    with account.store.exchange() as connection:
        pending = outbox.pending_ids(connection)
        for entry in gone:
            seen = remote.of(connection, entry.local_id)
            if entry.local_id not in pending and _is_settled(account, seen, begun_at):
                entries.put(connection, entry, None)
                remote.forget(connection, entry.local_id)
                removed += 1
    return removed
