"""Searching the account for a row that may have arrived, before it is sent again or a person decides."""

from __future__ import annotations

import json

from clockeye_cli.api import endpoints, wire
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import KeyMissingError, NoAnswerError, RejectedError
from clockeye_cli.store import remote
from clockeye_cli.sync import queue
from clockeye_cli.sync.current import utc_day
from clockeye_cli.sync.merge import canonical, content, is_as_sent, is_near, is_stored_as

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account


class Undecided(Exception):  # noqa: N818 (no failure: a person has to decide)
    """It is unknown whether a row has arrived."""


class NotYet(Exception):  # noqa: N818 (no failure: it is looked for again)
    """A row was not found, and will be looked for again before it is resent."""


class _Listed(NamedTuple):
    """What the account lists around an entry that was sent, without entries that are known here.

    Attributes:
        entries: The entries of its user.
        unread: Rows of entries that cannot be read.
    """

    entries: list[wire.RemoteEntry]
    unread: list[dict[str, Any]]


def look(account: Account, row: Row) -> wire.RemoteEntry | None:
    """The entry on the account that our POST created; None if it is still missing at the second search.

    Raises:
        Undecided: A similar entry exists, or your user on the account is unknown.
        NotYet: No such entry exists yet; it will be looked for again later, since a service may lag.
    """
    body = json.loads(row.body or "{}")
    listed = _listed(account, body)
    exact = [entry for entry in listed.entries if is_as_sent(entry.fields, body)]
    if exact:
        return exact[0]
    near = [entry for entry in listed.entries if is_near(entry, content(body))]
    if near:
        raise Undecided(f"It may have arrived as {near[0].id}, which is similar but not equal.")
    for other in listed.unread:
        if canonical("description", other.get("description")) == canonical(
            "description", body["description"]
        ):
            raise Undecided(f"It may have arrived as {wire.id_of(other)}, whose times are invalid.")
    count_look(account, row)
    return None


def just_stored(account: Account, body: dict[str, Any]) -> wire.RemoteEntry | None:
    """The entry that the account has just made of a POST, whose answer was empty; None if that is unclear.

    Since it is certain that there is one, it may be what the account has made of the body: rounded or cut.
    """
    entries = _listed(account, body).entries
    exact = [entry for entry in entries if is_as_sent(entry.fields, body)]
    near = [entry for entry in entries if is_near(entry, content(body)) and is_stored_as(entry.fields, body)]
    return exact[0] if exact else near[0] if len(near) == 1 else None


def _listed(account: Account, body: dict[str, Any]) -> _Listed:
    """The entries that may have been made by a POST of this body.

    Raises:
        Undecided: Your user on the account is unknown, or the key may not read entries.
    """
    user_id = wire.user_id_of(body) or account.user_id
    if user_id is None:
        raise Undecided("It may have arrived, but your user on the account is unknown.")
    started_at = wire.instant(body["start_time"]) or 0
    ended_at = wire.instant(body.get("end_time"))
    try:
        listing = endpoints.entry_listing(
            account.client,
            start_date=utc_day(started_at, -1),
            end_date=utc_day(started_at if ended_at is None else ended_at, 1),
            user_id=user_id,
        )
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        raise Undecided("It may have arrived, but this key may not read entries.") from error
    except RejectedError as error:  # the search was refused; the entry may still have arrived
        raise NoAnswerError(error.message, hint=error.hint) from error
    unread: list[dict[str, Any]] = []
    listed = [*wire.entries(listing.rows, unread)]
    with account.store.read() as connection:
        return _Listed(
            [
                entry
                for entry in listed
                if entry.user_id in (None, user_id) and remote.by_account_id(connection, entry.id) is None
            ],
            [row for row in unread if remote.by_account_id(connection, wire.id_of(row)) is None],
        )


def count_look(account: Account, row: Row) -> None:
    """Record that a row was not found; returns if it may be sent again.

    Raises:
        NotYet: It must be looked for again, at least `account.settle` seconds after the first time.
    """
    now = account.now()
    first = row.looked_at if row.looks and row.looked_at is not None else now
    first = min(first, now)  # if the clock was set back, start over
    if row.looks and now - first >= account.settle:
        return
    queue.change(account, row, state="unknown", looks=row.looks + 1, looked_at=first)
    raise NotYet
