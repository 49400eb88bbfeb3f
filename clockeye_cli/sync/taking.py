"""take_in: store entries as the account has them, many at a time, without losing local changes."""

from __future__ import annotations

import json
from itertools import islice

from clockeye_cli.api import wire
from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import bills, entries, outbox, remote, remote_batches, users
from clockeye_cli.store import timer as timers
from clockeye_cli.store.remote import Seen
from clockeye_cli.sync import timer as timer_rules
from clockeye_cli.sync.conversion import add_project, converted
from clockeye_cli.sync.merge import content, is_near

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.database import Connection
    from clockeye_cli.sync.account import Account


def take_in(account: Account, remote_entries: Iterable[wire.RemoteEntry], begun_at: int) -> int:
    """Store entries of the account, but those with changes here that it may not have shown.

    Args:
        account: The account.
        remote_entries: The entries; of two with the same id, the later one counts.
        begun_at: When the reading began.

    Returns:
        How many of them are new or changed.
    """
    changed = 0
    rest = iter(remote_entries)
    while some := {entry.id: entry for entry in islice(rest, remote_batches.AT_ONCE)}:
        with account.store.exchange() as connection, remote_batches.larger_cache(connection):
            changed += _Batch(account, connection, some, begun_at).take()
    return changed


class _Local(NamedTuple):
    """The unsent local changes while a batch of entries is stored.

    Attributes:
        pending: Ids of entries and projects with changes that were not sent yet.
        unsettled: Entries that were sent and may have arrived: the `content` of what was sent, and their
            users. None for the user of own entries while the own user is unknown.
    """

    pending: set[str]
    unsettled: list[tuple[tuple[Any, ...], str | None]]

    def may_have_sent(self, remote_entry: wire.RemoteEntry) -> bool:
        """Whether this entry of the account may be one that we sent: push will assign its id.

        It need not be the same: the account may have rounded its times or changed its text.
        """
        return any(
            is_near(remote_entry, sent) and (user_id is None or remote_entry.user_id in (None, user_id))
            for sent, user_id in self.unsettled
        )


class _Batch:
    """Entries of the account that are stored in one transaction.

    Args:
        account: The account.
        connection: The store, in a write transaction.
        remote_entries: The entries, by their ids on the account.
        begun_at: When the reading began.
    """

    def __init__(
        self,
        account: Account,
        connection: Connection,
        remote_entries: dict[str, wire.RemoteEntry],
        begun_at: int,
    ) -> None:
        self._connection = connection
        self._remote_entries = remote_entries
        self._settled_before = begun_at - account.settle
        self._seen = remote_batches.by_account_ids(connection, [*remote_entries])
        local_ids = [seen.local_id for seen in self._seen.values()]
        self._entries = remote_batches.entries_by_id(connection, local_ids)
        self._local = _Local(outbox.pending_ids(connection), _unsettled(connection))
        self._project_ids = remote.project_ids(connection)
        self._own_user = users.own(connection)
        self._timer = timers.running(connection)

    def take(self) -> int:
        """Store them. Returns how many are new or changed."""
        changed = 0
        new: list[tuple[TimeEntry, Seen]] = []
        for account_id, remote_entry in self._remote_entries.items():
            if account_id in self._seen:
                changed += self._take_known(self._seen[account_id], remote_entry)
            elif not self._local.may_have_sent(remote_entry):
                entry = self._converted(remote_entry, None, new_id("te"))
                new.append((entry, Seen(entry.local_id, account_id, remote_entry.fields, 0)))
        remote_batches.add(self._connection, new)
        return changed + len(new)

    def _take_known(self, seen: Seen, remote_entry: wire.RemoteEntry) -> int:
        """Store an entry that was read or delivered before. Returns 1 if it is new here or has changed."""
        connection, local_id = self._connection, seen.local_id
        if local_id in self._local.pending or seen.settled_at > self._settled_before:
            return 0
        if self._timer and self._timer.local_id == local_id:
            has_changed = timer_rules.take(connection, self._timer, seen, remote_entry)
            self._timer = timers.running(connection)
            remote.put(connection, seen._replace(fields=remote_entry.fields))
            return int(has_changed)
        before = self._entries.get(local_id)
        after = self._converted(remote_entry, before, local_id)
        if seen.fields != remote_entry.fields:
            remote.put(connection, seen._replace(fields=remote_entry.fields))
        if before == after:
            return 0
        if before is not None and (bill := bills.of_entry(connection, local_id)):
            reason = f"It was billed on invoice {bill.number}, and was changed on the account since."
            outbox.add_conflict(connection, local_id, reason, json.dumps(remote_entry.fields))
            return 0
        entries.put(connection, before, after)
        return 1

    def _converted(self, remote_entry: wire.RemoteEntry, local: TimeEntry | None, local_id: str) -> TimeEntry:
        account_id = remote_entry.project_id
        if account_id and account_id not in self._project_ids:
            project = wire.RemoteProject(account_id, account_id)
            self._project_ids[account_id] = add_project(self._connection, project)
        project_id = self._project_ids[account_id] if account_id else None
        return converted(remote_entry, local, local_id, project_id, self._own_user)


def _unsettled(connection: Connection) -> list[tuple[tuple[Any, ...], str | None]]:
    own_user = users.own(connection)
    bodies = [
        json.loads(row.body)
        for row in outbox.rows(connection)
        if row.what == "create" and row.body is not None
    ]
    return [
        (content(body), wire.user_id_of(body) or own_user)
        for body in bodies
        if wire.instant(body.get("start_time")) is not None
    ]
