"""push: deliver the outbox, row by row, so that nothing is lost and nothing is there twice.

`queued → sending → done | queued | rejected | unknown`: `sending` is committed before the first byte goes
out. What certainly never arrived is queued again; what may have arrived is looked for before it is sent
again.
"""

from __future__ import annotations

import json
import time
from collections import deque
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.api import endpoints, wire
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    RejectedError,
)
from clockeye_cli.store import entries, outbox, projects, remote
from clockeye_cli.sync.account import OURS, body_of, canonical, same
from clockeye_cli.sync.lock import sender_lock

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account

NEAR_SECONDS = 60
"""Two entries both ends of which are this close, and that differ otherwise, may be one: a person decides."""

MOST_FAILURES = 2
"""After so many requests in a row without an answer the network is taken to be away."""

WORTH_A_TRY = ("queued", "unknown")


class Pushed(NamedTuple):
    """What a push did.

    Attributes:
        delivered: How many rows the account has now.
        stopped: Why it ended early, if it did.
        is_sender: False if another process is sending already.
    """

    delivered: int
    stopped: ClockeyeError | None = None
    is_sender: bool = True


class Conflict(Exception):  # noqa: N818 (no failure: a decision that is a person's)
    """Both sides have changed the same thing.

    Args:
        reason: In words.
        theirs: The account's version; None if it is deleted there.
    """

    def __init__(self, reason: str, theirs: dict[str, Any] | None) -> None:
        super().__init__(reason)
        self.theirs = theirs


class Undecided(Exception):  # noqa: N818 (no failure: a decision that is a person's)
    """Whether a row has arrived cannot be told."""


class NotYet(Exception):  # noqa: N818 (no failure: it is looked for once more)
    """A row was not found, and is looked for once more before it is sent again."""


class Overtaken(Exception):  # noqa: N818 (no failure: what is wanted now is another row)
    """While the account was asked, another command has taken back what this row was to tell."""


def push(
    account: Account,
    *,
    deadline: float | None = None,
    each: Callable[[int, int], None] = lambda _done, _all: None,
) -> Pushed:
    """Deliver what is in the outbox, if nobody else is doing so.

    Args:
        account: Both sides.
        deadline: A monotonic time after which no further row is begun; None for none.
        each: Told how many rows are done, of how many.
    """
    with sender_lock(account.store.path.removesuffix(".db") + ".sender.lock") as is_sender:
        if not is_sender:
            return Pushed(0, is_sender=False)
        with account.store.exchange() as connection:
            outbox.take_over(connection)
        return _deliver_all(account, deadline, each)


def _deliver_all(account: Account, deadline: float | None, each: Callable[[int, int], None]) -> Pushed:
    delivered = failures = 0
    tried: set[tuple[int, str]] = set()  # an id alone may come again: SQLite gives out the highest one anew
    # What other commands put here meanwhile is delivered too: they cannot, while this one is the sender.
    batch: deque[tuple[int, str]] = deque()
    while batch or (batch := deque(_more(account, tried))):
        found = batch.popleft()
        tried.add(found)
        each(len(tried) - 1, len(tried) + len(batch))
        if deadline is not None and time.monotonic() >= deadline:
            break
        row = _ready(account, *found)
        if row is None:
            continue
        try:
            delivered += _deliver(account, row)
            failures = 0
        except (NeverArrivedError, LimitedError, KeyMissingError) as error:
            return Pushed(delivered, error)
        except NoAnswerError as error:
            failures += 1
            if failures == MOST_FAILURES:
                return Pushed(delivered, error)
    return Pushed(delivered)


def _more(account: Account, tried: set[tuple[int, str]]) -> list[tuple[int, str]]:
    """The rows that were not tried yet, in the order of delivery."""
    with account.store.read() as connection:
        rows = outbox.rows(connection)
    return [(row.id, row.local_id) for row in rows if (row.id, row.local_id) not in tried]


def _ready(account: Account, row_id: int, local_id: str) -> Row | None:
    """The row as it is now, if nothing before it has to be delivered first."""
    with account.store.read() as connection:
        rows = outbox.of(connection, local_id)
        row = rows[0] if rows else None
        if row is None or row.id != row_id or row.state not in WORTH_A_TRY:
            return None
        entry = entries.by_id(connection, row.local_id)
        if entry and entry.project_id and remote.project_id(connection, entry.project_id) is None:
            return None if outbox.of(connection, entry.project_id) else row
        return row


def _deliver(account: Account, row: Row) -> int:
    """Deliver one row. Returns 1 if the account has it now."""
    deliver = {"project": _project, "create": _create, "update": _update, "delete": _delete}[row.what]
    try:
        deliver(account, row)
    except Conflict as conflict:
        theirs = None if conflict.theirs is None else json.dumps(conflict.theirs)
        _put(account, row, state="conflict", reason=str(conflict), theirs=theirs)
        return 0
    except Undecided as error:
        _put(account, row, state="ask", reason=str(error))
        return 0
    except (NotYet, Overtaken):
        return 0
    except (NeverArrivedError, LimitedError):
        _put(account, row, state=row.state)
        raise
    except KeyMissingError as error:
        if error.code != "forbidden":
            _put(account, row, state=row.state)
            raise
        _reject(account, row, error.message, HTTPStatus.FORBIDDEN)
        return 0
    except RejectedError as error:
        if error.code == "redirected":  # a portal of the network's, or a wrong address: nobody has judged it
            _put(account, row, state="unknown", reason=error.message)
            raise NoAnswerError(error.message, hint=error.hint) from error
        _reject(account, row, error.message, error.status)
        return 0
    except NoAnswerError as error:
        _put(account, row, state="unknown", reason=error.message)
        raise
    return 1


def _create(account: Account, row: Row) -> None:
    if row.state == "unknown":
        found = _look(account, row)
        if found is not None:
            _settle(account, row, found)
            return
    with account.store.exchange() as connection:
        row = _present(connection, row)
        entry = entries.by_id(connection, row.local_id)
        if entry is None:
            outbox.done(connection, row)
            return
        body = body_of(connection, entry)
        outbox.put(connection, row._replace(state="sending", body=json.dumps(body), looks=0, looked_at=None))
    there = endpoints.create_time_entry(account.client, body)
    _settle(account, row, there)
    if account.user_id and there.user_id and there.user_id != account.user_id:
        raise KeyMissingError(
            f"ClockEye has stored the entry for another user ({there.user_id}) than {account.user_id}.",
            hint="`clockeye auth status` shows whose key this is; nothing more is sent.",
            code="foreign_user",
        )


def _look(account: Account, row: Row) -> wire.RemoteEntry | None:
    """The entry on the account that a POST of ours has made, if it can be found.

    Raises:
        Undecided: One that may be it is there, or nothing can be known about whose entries are whose.
        NotYet: It is not there; it is looked for again after a while, since a service may lag.
    """
    body = json.loads(row.body or "{}")
    if not account.user_id:
        raise Undecided("It may have arrived, and it is not known whose entries on the account are yours.")
    started_at, ended_at = wire.instant(body["start_time"]) or 0, wire.instant(body["end_time"]) or 0
    try:
        listing = endpoints.entry_listing(
            account.client,
            start_date=_day(started_at, -1),
            end_date=_day(ended_at, 1),
            user_id=account.user_id,
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
            if entry.user_id == account.user_id and remote.by_account_id(connection, entry.id) is None
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
    _count_look(account, row)
    return None


def _count_look(account: Account, row: Row) -> None:
    now = account.now()
    first = row.looked_at if row.looks and row.looked_at is not None else now
    first = min(first, now)  # a clock that went back begins again
    if row.looks and now - first >= account.settle:
        return
    _put(account, row, state="unknown", looks=row.looks + 1, looked_at=first)
    raise NotYet


def _is_near(entry: wire.RemoteEntry, started_at: int, ended_at: int) -> bool:
    return (
        entry.ended_at is not None
        and abs(entry.started_at - started_at) <= NEAR_SECONDS
        and abs(entry.ended_at - ended_at) <= NEAR_SECONDS
    )


def _update(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        seen = remote.of(connection, row.local_id)
    there = endpoints.time_entry(account.client, seen.account_id) if seen else None
    with account.store.exchange() as connection:
        # Only now is read what is here: it may have been edited while the account was asked.
        row, entry = _present(connection, row), entries.by_id(connection, row.local_id)
        if entry is None or seen is None:
            outbox.done(connection, row)
            return
        if there is None:
            raise Conflict("It was changed here and deleted on the account.", None)
        body = merged(seen.fields, body_of(connection, entry), there.fields)
        if same(body, there.fields):
            _settled(account, connection, row, there)
            return
        outbox.put(connection, row._replace(state="sending", body=json.dumps(body)))
    _settle(account, row, endpoints.update_time_entry(account.client, seen.account_id, body))


def merged(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What both sides have made of an entry: what was read, with the fields over it that changed here.

    Args:
        base: As the account last had it.
        ours: As it is here.
        theirs: As it is on the account.

    Raises:
        Conflict: A field was changed on both sides, differently.
    """
    body = dict(theirs)
    for field in OURS:
        was, here, there = (canonical(field, version.get(field)) for version in (base, ours, theirs))
        if here not in (was, there):
            if there != was:
                raise Conflict(f"{field} was changed here and on the account.", theirs)
            body[field] = ours[field]
    return body


def _delete(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        seen = remote.of(connection, row.local_id)
    if seen is None:
        _done(account, row)
        return
    there = endpoints.time_entry(account.client, seen.account_id)
    if there is not None:
        if not same(seen.fields, there.fields):
            raise Conflict("It was deleted here and changed on the account.", there.fields)
        with account.store.exchange() as connection:
            outbox.put(connection, _present(connection, row)._replace(state="sending"))
        endpoints.delete_time_entry(account.client, seen.account_id)
    with account.store.exchange() as connection:
        row = _present(connection, row)
        remote.forget(connection, row.local_id)
        outbox.done(connection, row)


def _project(account: Account, row: Row) -> None:
    with account.store.read() as connection:
        project = projects.by_id(connection, row.local_id)
    if project is None:
        _done(account, row)
        return
    # A project is looked for by its name, also before the first try: two of one name help nobody.
    found = _project_named(account, project.name)
    if found is None:
        if row.state == "unknown":
            _count_look(account, row)
        with account.store.exchange() as connection:
            row = _present(connection, row)
            body = json.dumps({"name": project.name})
            outbox.put(connection, row._replace(state="sending", body=body, looks=0, looked_at=None))
        try:
            found = endpoints.create_project(account.client, project.name)
        except RejectedError:
            found = _project_named(account, project.name)  # somebody else may have been quicker
            if found is None:
                raise
    with account.store.exchange() as connection:
        remote.put_project(connection, row.local_id, found.id)
        outbox.done(connection, row)


def _project_named(account: Account, name: str) -> wire.RemoteProject | None:
    return next((other for other in endpoints.projects(account.client) if other.name == name), None)


def _settle(account: Account, row: Row, there: wire.RemoteEntry) -> None:
    """The account has it, as this."""
    with account.store.exchange() as connection:
        _settled(account, connection, row, there)


def _settled(account: Account, connection: Connection, row: Row, there: wire.RemoteEntry) -> None:
    remote.put(connection, remote.Seen(row.local_id, there.id, there.fields, account.now()))
    outbox.done(connection, row)


def _present(connection: Connection, row: Row) -> Row:
    """The row as it is now, in the transaction in which it is acted upon.

    Raises:
        Overtaken: It is gone. (Another one may have its id: SQLite gives out the highest one anew.)
    """
    for there in outbox.of(connection, row.local_id):
        if (there.id, there.what) == (row.id, row.what) and there.state in (*WORTH_A_TRY, "sending"):
            return there
    raise Overtaken


def _reject(account: Account, row: Row, reason: str, status: int) -> None:
    with account.store.exchange() as connection:
        outbox.reject(connection, row, reason, status)


def _done(account: Account, row: Row) -> None:
    with account.store.exchange() as connection:
        outbox.done(connection, row)


def _put(account: Account, row: Row, **changes: Any) -> None:
    with account.store.exchange() as connection:
        there = next((other for other in outbox.of(connection, row.local_id) if other.id == row.id), None)
        if there is not None:
            outbox.put(connection, there._replace(**changes))


def _day(instant: int, days: int) -> str:
    return (datetime.fromtimestamp(instant, UTC) + timedelta(days=days)).date().isoformat()
