"""Looking on the account for what may have arrived: before it is sent again, or left to a person."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clockeye_cli.api import endpoints, wire
from clockeye_cli.errors import KeyMissingError, NoAnswerError, RejectedError
from clockeye_cli.store import remote
from clockeye_cli.sync import queue
from clockeye_cli.sync.merge import canonical, same

if TYPE_CHECKING:
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account

NEAR_SECONDS = 60
"""Two entries both ends of which are this close, and that differ otherwise, may be one: a person decides."""


class Undecided(Exception):  # noqa: N818 (no failure: a decision that is a person's)
    """Whether a row has arrived cannot be told."""


class NotYet(Exception):  # noqa: N818 (no failure: it is looked for once more)
    """A row was not found, and is looked for once more before it is sent again."""


def look(account: Account, row: Row) -> wire.RemoteEntry | None:
    """The entry on the account that a POST of ours has made, if one of its user's entries can be it.

    Raises:
        Undecided: One that may be it is there, or nothing can be known about whose entries are whose.
        NotYet: It is not there; it is looked for again after a while, since a service may lag.
    """
    body = json.loads(row.body or "{}")
    user_id = body.get("user_id") or account.user_id
    if user_id is None:
        raise Undecided("It may have arrived, and it is not known whose entries on the account are yours.")
    started_at, ended_at = wire.instant(body["start_time"]) or 0, wire.instant(body["end_time"]) or 0
    try:
        listing = endpoints.entry_listing(
            account.client,
            start_date=_day(started_at, -1),
            end_date=_day(ended_at, 1),
            user_id=user_id,
        )
    except KeyMissingError as error:
        if error.code != "forbidden":
            raise
        raise Undecided("It may have arrived, and this key may not read entries.") from error
    except RejectedError as error:  # of the look, not of what is looked for: that may still have arrived
        raise NoAnswerError(error.message, hint=error.hint) from error
    listed, unread = wire.entries(listing.rows)
    with account.store.read() as connection:
        free = [
            entry
            for entry in listed
            if entry.user_id == user_id and remote.by_account_id(connection, entry.id) is None
        ]
        unread = [row for row in unread if remote.by_account_id(connection, wire.id_of(row)) is None]
    exact = [entry for entry in free if same(entry.fields, body)]
    if exact:
        return exact[0]
    near = [entry for entry in free if _is_near(entry, started_at, ended_at)]
    if near:
        raise Undecided(f"It may have arrived as {near[0].id}, which is at the same time and differs.")
    for other in unread:
        if canonical("description", other.get("description")) == canonical(
            "description", body["description"]
        ):
            raise Undecided(f"It may have arrived as {wire.id_of(other)}, whose times cannot be read.")
    count_look(account, row)
    return None


def count_look(account: Account, row: Row) -> None:
    """Note that a row was not found; return once it may be sent again.

    Raises:
        NotYet: It is to be looked for once more, at least `account.settle` after the first look.
    """
    now = account.now()
    first = row.looked_at if row.looks and row.looked_at is not None else now
    first = min(first, now)  # a clock that went back begins again
    if row.looks and now - first >= account.settle:
        return
    queue.change(account, row, state="unknown", looks=row.looks + 1, looked_at=first)
    raise NotYet


def _is_near(entry: wire.RemoteEntry, started_at: int, ended_at: int) -> bool:
    return (
        entry.ended_at is not None
        and abs(entry.started_at - started_at) <= NEAR_SECONDS
        and abs(entry.ended_at - ended_at) <= NEAR_SECONDS
    )


def _day(instant: int, days: int) -> str:
    return (datetime.fromtimestamp(instant, UTC) + timedelta(days=days)).date().isoformat()
