"""pull: read days of the account into the store, without losing local changes."""

from __future__ import annotations

import json

from clockeye_cli.api import endpoints, wire
from clockeye_cli.api.lists import steady_listing
from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY, Mine
from clockeye_cli.store import bills, entries, outbox, pulled, remote, users
from clockeye_cli.store import timer as timers
from clockeye_cli.sync import timer as timer_rules
from clockeye_cli.sync.account import entry_of, put_projects
from clockeye_cli.sync.merge import is_near
from clockeye_cli.sync.unlisted import check, remove, unlisted_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.user import User
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account

MARGIN = 2
"""Extra days to read on either side: the account uses UTC days, and an entry may start on an earlier day."""

AT_ONCE = 500
"""How many entries are stored in one transaction, so that other commands need not wait for all of them."""

NAMELESS = "(without an id)"
"""Stands for an entry of the account that has no id."""


class Local(NamedTuple):
    """The unsent local changes while a batch of entries is stored.

    Attributes:
        pending: Ids of entries and projects with changes that were not sent yet.
        unsettled: Entries that were sent and may have arrived: their starts, ends and users. None for an end
            that was not sent, and for the user of own entries while the own user is unknown.
    """

    pending: set[str]
    unsettled: list[tuple[int, int | None, str | None]]

    def may_have_sent(self, remote_entry: wire.RemoteEntry) -> bool:
        """Whether this entry of the account may be one that we sent: push will assign its id.

        The account may have rounded its times or changed its text, so the times alone decide.
        """
        return any(
            is_near(remote_entry, started_at, ended_at)
            and (user_id is None or remote_entry.user_id in (None, user_id))
            for started_at, ended_at, user_id in self.unsettled
        )


class Pulled(NamedTuple):
    """The result of a pull.

    Attributes:
        changed: How many entries are new or changed.
        removed: How many entries were removed, since they are gone from the account.
        is_steady: False if the account changed each time while it was read: then nothing was removed.
        unread: The account's ids of entries that were left as they are here, since they cannot be read.
        withdrawn: The entries that were removed because the account no longer shows them to this key.
        unchecked: How many entries were not listed, and will be asked for by a later pull.
    """

    changed: int
    removed: int
    is_steady: bool
    unread: list[str]
    withdrawn: list[TimeEntry]
    unchecked: int


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
    query = {"start_date": start, "end_date": end, "user_id": account.filter_of(whose)}
    listing = steady_listing(account.client, endpoints.ENTRIES, query, each)
    remote_entries, unread_rows = wire.entries(listing.rows)
    unread = [wire.id_of(row) for row in unread_rows] + [NAMELESS] * listing.nameless
    listed = {*unread, *(entry.id for entry in remote_entries)}
    unlisted = unlisted_entries(account, listed, first, last, whose, begun_at)
    checked = check(account, [one for one in unlisted if listing.is_steady or one.entry.is_open])
    remote_entries += checked.present
    timer_rules.mark_deleted(account, checked.gone)
    gone = checked.gone if listing.is_steady else []
    if any(entry.project_id for entry in remote_entries):
        _pull_projects(account, remote_entries)
    changed = _take_in(account, remote_entries, begun_at)
    removed = remove(account, [*gone, *checked.withdrawn], begun_at)
    with account.store.exchange() as connection:
        pulled.mark(connection, _days(first, last), whose, begun_at)
    return Pulled(
        changed,
        len(removed),
        listing.is_steady,
        unread + checked.unread,
        [entry for entry in checked.withdrawn if entry in removed],
        checked.unchecked,
    )


def _days(first: date | None, last: date | None) -> list[str]:
    """The days of a period in the form in which they are remembered; for an open period, all or none."""
    if first is None or last is None:
        return [pulled.ALL_DAYS] if first is last else []
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
    timer = timers.running(connection) if seen else None
    if seen and timer and timer.local_id == local_id:
        has_changed = timer_rules.take(connection, timer, seen, remote_entry)
        remote.put(connection, seen._replace(fields=remote_entry.fields))
        return int(has_changed)
    before = entries.by_id(connection, local_id) if seen else None
    after = entry_of(connection, remote_entry, before, local_id)
    settled_at = seen.settled_at if seen else 0
    if seen is None or seen.fields != remote_entry.fields:
        remote.put(connection, remote.Seen(local_id, remote_entry.id, remote_entry.fields, settled_at))
    if before == after:
        return 0
    if before is not None and (bill := bills.of_entry(connection, local_id)):
        reason = f"It was billed on invoice {bill.number}, and was changed on the account since."
        outbox.add_conflict(connection, local_id, reason, json.dumps(remote_entry.fields))
        return 0
    entries.put(connection, before, after)
    return 1


def _unsettled(connection: Connection) -> list[tuple[int, int | None, str | None]]:
    own_user = users.own(connection)
    unsettled = []
    for row in outbox.rows(connection):
        body = json.loads(row.body) if row.what == "create" and row.body else {}
        started_at = wire.instant(body.get("start_time"))
        if started_at is not None:
            ended_at = wire.instant(body.get("end_time"))
            unsettled.append((started_at, ended_at, wire.user_id_of(body) or own_user))
    return unsettled
