"""pull: read days of the account into the store, without losing local changes."""

from __future__ import annotations

from contextlib import closing
from itertools import chain

from clockeye_cli.api import endpoints, wire
from clockeye_cli.api.long_lists import steady_listing
from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY, Mine
from clockeye_cli.store import pulled, remote, users
from clockeye_cli.store.listed_rows import ListedRows
from clockeye_cli.sync import timer as timer_rules
from clockeye_cli.sync.conversion import put_projects
from clockeye_cli.sync.taking import take_in
from clockeye_cli.sync.unlisted import check, remove, unlisted_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import Any

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.user import User
    from clockeye_cli.core.whose import Whose
    from clockeye_cli.sync.account import Account

MARGIN = 2
"""Extra days to read on either side: the account uses UTC days, and an entry may start on an earlier day."""

NAMELESS = "(without an id)"
"""Stands for an entry of the account that has no id."""


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
    with closing(ListedRows()) as rows:
        listing = steady_listing(account.client, endpoints.ENTRIES, query, rows, each)
        rows.mark_deleted(wire.id_of(row) for row in rows if wire.is_deleted(row))
        unlisted = unlisted_entries(account, rows, first, last, whose, begun_at, is_steady=listing.is_steady)
        checked = check(account, unlisted)
        still_gone = timer_rules.still_gone(account, checked.gone, rows)
        timer_rules.mark_deleted(account, still_gone)
        gone = still_gone if listing.is_steady else []
        unread_rows: list[dict[str, Any]] = []
        _pull_projects(account, chain(rows, (entry.fields for entry in checked.present)))
        remote_entries = chain(wire.entries(rows, unread_rows), checked.present)
        changed = take_in(account, remote_entries, begun_at)
    unread = [wire.id_of(row) for row in unread_rows] + [NAMELESS] * listing.nameless
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


def _pull_projects(account: Account, rows: Iterable[dict[str, Any]]) -> None:
    """Read the account's projects if an entry among these rows has one that is unknown here."""
    with account.store.read() as connection:
        needs_none = {None, *remote.project_ids(connection)}
    unknown = (row for row in rows if wire.id_text(row.get("project_id")) not in needs_none)
    if next(wire.entries(unknown, []), None):
        pull_projects(account)
