"""push: deliver the outbox, row by row, so that nothing is lost and nothing is there twice.

`queued → sending → done | queued | rejected | unknown`: `sending` is committed before the first byte goes
out. What certainly never arrived is queued again; what may have arrived is looked for before it is sent
again.
"""

from __future__ import annotations

import json
import time
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    RejectedError,
)
from clockeye_cli.store import entries, outbox, remote
from clockeye_cli.sync import queue
from clockeye_cli.sync.delivery import deliver
from clockeye_cli.sync.lock import sender_lock
from clockeye_cli.sync.merge import Conflict
from clockeye_cli.sync.search import NotYet, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account

MOST_FAILURES = 2
"""After so many requests in a row without an answer the network is taken to be away."""


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
        key = batch.popleft()
        tried.add(key)
        each(len(tried) - 1, len(tried) + len(batch))
        if deadline is not None and time.monotonic() >= deadline:
            break
        row = _ready(account, *key)
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
        if row is None or row.id != row_id or row.state not in queue.WORTH_A_TRY:
            return None
        entry = entries.by_id(connection, row.local_id)
        if entry and entry.project_id and remote.project_id(connection, entry.project_id) is None:
            return None if outbox.of(connection, entry.project_id) else row
        return row


def _deliver(account: Account, row: Row) -> int:
    """Deliver one row. Returns 1 if the account has it now."""
    try:
        deliver(account, row)
    except Conflict as conflict:
        theirs = None if conflict.theirs is None else json.dumps(conflict.theirs)
        queue.change(account, row, state="conflict", reason=str(conflict), theirs=theirs)
        return 0
    except Undecided as error:
        queue.change(account, row, state="ask", reason=str(error))
        return 0
    except (NotYet, queue.Overtaken):
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
        if error.code == "redirected":  # a portal of the network's, or a wrong address: nobody has judged it
            queue.change(account, row, state="unknown", reason=error.message)
            raise NoAnswerError(error.message, hint=error.hint) from error
        queue.reject(account, row, error.message, error.status)
        return 0
    except NoAnswerError as error:
        queue.change(account, row, state="unknown", reason=error.message)
        raise
    return 1
