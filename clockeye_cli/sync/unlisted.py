"""Stored entries that the account did not list: each is asked for by its id, since a list may leave out any.

An entry is removed only if the account says that it is gone, or not this key's to see.
"""

from __future__ import annotations

import random

from clockeye_cli.api import endpoints
from clockeye_cli.core.day import ONE_DAY, utc_midnight
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import OneUser
from clockeye_cli.errors import (
    KeyMissingError,
    NoAnswerError,
    RejectedError,
    UnreachableError,
    UnreadableEntryError,
)
from clockeye_cli.store import bills, entries, former_ids, outbox, remote
from clockeye_cli.store import timer as timers
from clockeye_cli.sync.timer import is_marked_deleted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clockeye_cli.api import wire
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.sync.account import Account

MOST_CHECKED = 20
"""How many entries one pull asks for by their ids; each is a request."""

MOST_FAILURES = 2
"""After this many consecutive requests without an answer, no more are asked for."""

FARTHEST = 14 * 3_600
"""The largest offset of a time zone from UTC, in seconds."""


class Unlisted(NamedTuple):
    """A stored entry that the account did not list, and its id there."""

    entry: TimeEntry
    account_id: str


class Checked(NamedTuple):
    """What the account says of entries that it did not list.

    Attributes:
        present: Those that it has.
        gone: Those that it does not have any more.
        withdrawn: Those that it does not show to this key any more.
        unread: The account's ids of those that it has, or may have, but not in a form that can be read.
        unchecked: How many were not asked for.
    """

    present: list[wire.RemoteEntry]
    gone: list[TimeEntry]
    withdrawn: list[TimeEntry]
    unread: list[str]
    unchecked: int


def unlisted_entries(
    account: Account,
    listed: set[str],
    first: date | None,
    last: date | None,
    whose: Whose,
    begun_at: int,
) -> list[Unlisted]:
    """The stored entries within these days that were not listed.

    They are not necessarily gone: they may be on other days now, or the service may have skipped them.
    Entries that are running, and the timer if the account has it, are among them whatever their day.

    Args:
        account: The account.
        listed: The account's ids of the entries that it listed.
        first: The first day; None for no limit.
        last: The last day; None for no limit.
        whose: Whose entries were listed.
        begun_at: When the reading began; what was delivered shortly before may not be listed yet.
    """
    start = None if first is None else utc_midnight(first) - FARTHEST
    end = None if last is None else utc_midnight(last + ONE_DAY) + FARTHEST
    with account.store.read() as connection:
        pending = outbox.pending_ids(connection)
        local = entries.between(connection, start, end, whose=whose)
        open_ids = {entry.local_id for entry in local if entry.is_open}
        local += [e for e in entries.running_elsewhere(connection, whose) if e.local_id not in open_ids]
        timer = timers.running(connection)
        if timer and not isinstance(whose, OneUser) and not is_marked_deleted(connection, timer):
            local.append(timer.until(timer.started_at)._replace(is_open=True))
        ids = former_ids.account_ids(connection, (entry.local_id for entry in local))
        unlisted = [
            Unlisted(entry, ids[entry.local_id])
            for entry in local
            if entry.local_id in ids
            and ids[entry.local_id] not in listed
            and entry.local_id not in pending
            and (entry.is_open or start is None or entry.started_at >= start)
            and (entry.is_open or end is None or entry.ended_at <= end)
        ]
        return [
            one
            for one in unlisted
            if _is_settled(account, remote.of(connection, one.entry.local_id), begun_at)
        ]


def check(account: Account, unlisted: Sequence[Unlisted]) -> Checked:
    """Ask the account for entries by their ids, for a few if there are many: running ones, then any others.

    An entry that cannot be read does not keep the others from being asked for.

    Raises:
        KeyMissingError: The key is refused.
    """
    some = sorted(random.sample(unlisted, len(unlisted)), key=lambda one: not one.entry.is_open)
    checked = Checked([], [], [], [], 0)
    failures = 0
    for number, one in enumerate(some):
        if number == MOST_CHECKED or failures == MOST_FAILURES:
            return checked._replace(unchecked=len(some) - number)
        try:
            _check_one(account, one, checked)
            failures = 0
        except UnreadableEntryError:
            checked.unread.append(one.account_id)
        except NoAnswerError:
            checked.unread.append(one.account_id)
            failures += 1
        except UnreachableError:
            return checked._replace(unchecked=len(some) - number)
    return checked


def _check_one(account: Account, one: Unlisted, checked: Checked) -> None:
    """Ask for one entry, and add the result to `checked`."""
    try:
        remote_entry = endpoints.time_entry(account.client, one.account_id)
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        checked.withdrawn.append(one.entry)
    except RejectedError:
        checked.unread.append(one.account_id)
    else:
        if remote_entry is None:
            checked.gone.append(one.entry)
        else:
            checked.present.append(remote_entry)


def remove(account: Account, removable: Sequence[TimeEntry], begun_at: int) -> list[TimeEntry]:
    """Remove entries from the store, but those changed here since, and not the timer. Returns the removed."""
    removed = []
    with account.store.exchange() as connection:
        pending = outbox.pending_ids(connection)
        for entry in removable:
            seen = remote.of(connection, entry.local_id)
            is_stored = entries.by_id(connection, entry.local_id) is not None
            if is_stored and entry.local_id not in pending and _is_settled(account, seen, begun_at):
                if bill := bills.of_entry(connection, entry.local_id):
                    reason = f"It was billed on invoice {bill.number}, and is gone from the account."
                    outbox.add_conflict(connection, entry.local_id, reason, None)
                    continue
                entries.put(connection, entry, None)
                remote.forget(connection, entry.local_id)
                removed.append(entry)
    return removed


def _is_settled(account: Account, seen: remote.Seen | None, begun_at: int) -> bool:
    return seen is not None and seen.settled_at <= begun_at - account.settle
