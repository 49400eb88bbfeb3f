"""Stored entries that the account did not list: each is asked for by its id, since a list may leave out any.

An entry is removed only if the account says that it is gone, or not this key's to see.
"""

from __future__ import annotations

import random
from heapq import nsmallest

from clockeye_cli.api import endpoints
from clockeye_cli.core.day import ONE_DAY, utc_midnight
from clockeye_cli.core.entry import Timer
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import OneUser
from clockeye_cli.errors import (
    KeyMissingError,
    NoAnswerError,
    RejectedError,
    UnreachableError,
    UnreadableEntryError,
)
from clockeye_cli.store import bills, entries, outbox, remote, remote_batches
from clockeye_cli.store import timer as timers
from clockeye_cli.store.remote_batches import Settled
from clockeye_cli.sync.timer import is_marked_deleted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from clockeye_cli.api import wire
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.listed_rows import ListedRows
    from clockeye_cli.store.state import Read
    from clockeye_cli.sync.account import Account

MOST_CHECKED = 20
"""How many entries one pull asks for by their ids; each is a request."""

MOST_FAILURES = 2
"""After this many consecutive requests without an answer, no more are asked for."""

FARTHEST = 14 * 3_600
"""The largest offset of a time zone from UTC, in seconds."""


class UnlistedEntry(NamedTuple):
    """A stored entry that the account did not list, and its id there."""

    entry: TimeEntry
    account_id: str


class Unlisted(NamedTuple):
    """The stored entries that the account did not list.

    Attributes:
        some: Those to ask for, at most MOST_CHECKED: running ones, then any others.
        total: How many there are in all.
    """

    some: list[UnlistedEntry]
    total: int


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
    listed: ListedRows,
    first: date | None,
    last: date | None,
    whose: Whose,
    begun_at: int,
    *,
    is_steady: bool,
) -> Unlisted:
    """The stored entries that lie within these days but were not listed.

    They are not necessarily gone: they may be on other days now, or the service may have skipped them.
    Entries that are running, and the timer if the account has it, are among them whatever their day.

    Args:
        account: The account.
        listed: What it listed.
        first: The first day; None for no limit.
        last: The last day; None for no limit.
        whose: Whose entries were listed.
        begun_at: When the reading began; what was delivered shortly before may not be listed yet.
        is_steady: Whether the list is whole; if not, only running entries are compared with it.
    """
    start = None if first is None else utc_midnight(first) - FARTHEST
    end = None if last is None else utc_midnight(last + ONE_DAY) + FARTHEST
    delivered_by = begun_at - account.settle

    def compare(read: Read) -> Unlisted:
        some: list[tuple[bool, float, str, str]] = []
        count = 0
        span = (start, end) if is_steady else None
        for is_running, page in _settled_pages(read, span, whose, delivered_by):
            ids = {one.account_id: one.local_id for one in page if one.account_id}
            missing = listed.unlisted([*ids])
            count += len(missing)
            some += [
                (not is_running, random.random(), ids[account_id], account_id)  # noqa: S311 (no secret)
                for account_id in missing
            ]
            some = nsmallest(MOST_CHECKED, some)  # any of them, so that in the end each is asked for
        with read() as connection:
            items = [(timers.item(connection, local_id), account_id) for *_, local_id, account_id in some]
        return Unlisted(
            [UnlistedEntry(_entry(item), account_id) for item, account_id in items if item], count
        )

    return account.store.steadily(compare)


def _settled_pages(
    read: Read, span: tuple[int | None, int | None] | None, whose: Whose, delivered_by: int
) -> Iterator[tuple[bool, list[Settled]]]:
    """What is compared with a list, in pieces, each with whether it is running: the timer, then entries."""
    with read() as connection:
        timer = _settled_timer(connection, whose, delivered_by)
    yield True, timer
    for page in remote_batches.settled_pages(read, None, None, whose, delivered_by, is_open=True):
        yield True, page
    if span is not None:
        for page in remote_batches.settled_pages(read, *span, whose, delivered_by, is_open=False):
            yield False, page


def _settled_timer(connection: Connection, whose: Whose, delivered_by: int) -> list[Settled]:
    timer = timers.running(connection)
    if timer is None or isinstance(whose, OneUser) or is_marked_deleted(connection, timer):
        return []
    seen = remote.of(connection, timer.local_id)
    if seen is None or seen.settled_at > delivered_by or outbox.of(connection, timer.local_id):
        return []
    return [Settled(timer.local_id, seen.account_id, timer.started_at)]


def _entry(item: TimeEntry | Timer) -> TimeEntry:
    return item.until(item.started_at)._replace(is_open=True) if isinstance(item, Timer) else item


def check(account: Account, unlisted: Unlisted) -> Checked:
    """Ask the account for entries by their ids.

    An entry that cannot be read does not keep the others from being asked for.

    Raises:
        KeyMissingError: The key is refused.
    """
    checked = Checked([], [], [], [], unlisted.total - len(unlisted.some))
    failures = 0
    for number, one in enumerate(unlisted.some):
        if failures == MOST_FAILURES:
            return checked._replace(unchecked=unlisted.total - number)
        try:
            _check_one(account, one, checked)
            failures = 0
        except UnreadableEntryError:
            checked.unread.append(one.account_id)
        except NoAnswerError:
            checked.unread.append(one.account_id)
            failures += 1
        except UnreachableError:
            return checked._replace(unchecked=unlisted.total - number)
    return checked


def _check_one(account: Account, one: UnlistedEntry, checked: Checked) -> None:
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
