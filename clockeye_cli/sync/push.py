"""push: deliver the outbox, row by row, so that nothing is lost and nothing arrives twice.

`queued → sending → done | queued | rejected | unknown`: `sending` is committed before the first byte is sent.
A row that certainly did not arrive is queued again; one that may have arrived is looked for before it is sent
again.
"""

from __future__ import annotations

import json
import time
from collections import deque
from http import HTTPStatus

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    RejectedError,
    UnreachableError,
    UsageError,
)
from clockeye_cli.store import outbox, remote, state
from clockeye_cli.store import timer as timers
from clockeye_cli.sync import queue, timer
from clockeye_cli.sync.account import connect
from clockeye_cli.sync.conversion import is_running
from clockeye_cli.sync.delivery import deliver
from clockeye_cli.sync.lock import sender_lock
from clockeye_cli.sync.merge import Conflict
from clockeye_cli.sync.search import NotYet, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.api.access import Access
    from clockeye_cli.api.early import EarlyConnection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.store.state import Store
    from clockeye_cli.sync.account import Account

    _Key = tuple[int, str, str]
    """A row's id, entry and kind: SQLite may reuse the highest id, even for a later row of the same entry."""

MOST_FAILURES = 2
"""After this many consecutive requests without an answer, the network is assumed to be down."""


class Pushed(NamedTuple):
    """The result of a push.

    Attributes:
        delivered: How many rows were delivered.
        stopped: Why it ended early; None if it did not.
        is_sender: False if another process is already sending.
    """

    delivered: int
    stopped: ClockeyeError | None = None
    is_sender: bool = True


def send(
    store: Store,
    access: Callable[[], Access],
    *,
    seconds: float,
    early: EarlyConnection | None = None,
    lock: int | None = None,
) -> ClockeyeError | None:
    """Connect to the account and push. Returns why it ended early; None if it did not.

    Args:
        store: The profile's store.
        access: How to reach the account; raises KeyMissingError if there is no key.
        seconds: How long it may take, and how long an answer or the rate limit may be waited for.
        early: A connection to the API that is already being made.
        lock: As for `push`.
    """
    deadline = time.monotonic() + seconds
    try:
        with connect(store, access(), patience=seconds, deadline=deadline, early=early) as account:
            return push(account, deadline=deadline, lock=lock).stopped
    except (UnreachableError, KeyMissingError, UsageError, RejectedError) as error:
        return error
    finally:
        if early:
            early.close()


def push(
    account: Account,
    *,
    deadline: float | None = None,
    each: Callable[[int, int], None] = lambda _done, _all: None,
    lock: int | None = None,
) -> Pushed:
    """Deliver the rows of the outbox, unless another process is doing so.

    Args:
        account: The account.
        deadline: A monotonic time after which no further row is sent; None for no limit.
        each: Called with the number of rows done, and the total.
        lock: The descriptor of the sender's lock, if it was handed over to this process.
    """
    delivered = 0
    tried: set[_Key] = set()
    while True:
        with sender_lock(state.sender_lock(account.store.path), lock) as held:
            if held is None:
                return Pushed(delivered, is_sender=bool(tried))
            with account.store.exchange() as connection:
                outbox.take_over(connection)
            pushed = _deliver_all(account, deadline, each, tried)
        delivered, lock = delivered + pushed.delivered, None
        # The last look comes after the lock was let go: a command that found it taken has left its row to us.
        if pushed.stopped or _is_late(deadline) or not _more(account, tried):
            return pushed._replace(delivered=delivered)


def _is_late(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline


def _deliver_all(
    account: Account,
    deadline: float | None,
    each: Callable[[int, int], None],
    tried: set[_Key],
) -> Pushed:
    """Deliver all rows that have not been tried yet, and add them to `tried`."""
    delivered = failures = 0
    # Rows that other commands add in the meantime are delivered too: they cannot send while we do.
    batch: deque[_Key] = deque()
    while batch or (batch := deque(_more(account, tried))):
        key = batch.popleft()
        tried.add(key)
        each(len(tried) - 1, len(tried) + len(batch))
        if _is_late(deadline):
            break
        row = _ready(account, key)
        if row is None:
            continue
        try:
            delivered += _deliver(account, row)
            failures = 0
        except (NeverArrivedError, LimitedError, KeyMissingError) as error:
            return Pushed(delivered, error)
        except NoAnswerError as error:
            failures += 1
            if error.is_late or failures == MOST_FAILURES:
                return Pushed(delivered, error)
    return Pushed(delivered)


def _more(account: Account, tried: set[_Key]) -> list[_Key]:
    """The rows that have not been tried yet, in the order of delivery."""
    with account.store.read() as connection:
        rows = outbox.rows(connection)
    return [key for row in rows if (key := _key(row)) not in tried]


def _key(row: Row) -> _Key:
    return row.id, row.local_id, row.what


def _ready(account: Account, key: _Key) -> Row | None:
    """The current state of the row, unless another row must be delivered first."""
    with account.store.read() as connection:
        rows = outbox.of(connection, key[1])
        row = rows[0] if rows else None
        if row is None or _key(row) != key or row.state not in queue.WORTH_A_TRY:
            return None
        item = timers.item(connection, row.local_id)
        if item and row.what == "create" and is_running(item) and timer.waits(connection, row):
            return None
        if item and item.project_id and remote.project_id(connection, item.project_id) is None:
            return None if outbox.of(connection, item.project_id) else row
        return row


def _deliver(account: Account, row: Row) -> int:
    """Deliver one row. Returns 1 if it was delivered."""
    try:
        deliver(account, row)
    except Conflict as conflict:
        theirs = None if conflict.theirs is None else json.dumps(conflict.theirs)
        queue.change(account, row, state="conflict", reason=str(conflict), theirs=theirs)
        return 0
    except Undecided as error:
        queue.change(account, row, state="ask", reason=str(error))
        return 0
    except (NotYet, queue.Overtaken, queue.WaitsForStop):
        return 0
    except (NeverArrivedError, LimitedError):
        queue.change(account, row, state=row.state)
        raise
    except KeyMissingError as error:
        if error.code != "forbidden":
            queue.change(account, row, state=row.state)
            raise
        queue.reject(account, row, error.message, HTTPStatus.FORBIDDEN)
        return 0
    except RejectedError as error:
        queue.reject(account, row, error.message, error.status)
        return 0
    except NoAnswerError as error:
        queue.change(account, row, state="unknown", reason=error.message)
        raise
    return 1
