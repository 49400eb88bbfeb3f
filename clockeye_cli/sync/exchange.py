"""A full exchange with the account: send all waiting changes, then read the last weeks."""

from __future__ import annotations

import time
from datetime import timedelta

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import UnreachableError
from clockeye_cli.store import outbox
from clockeye_cli.store.attention import FOR_A_PERSON
from clockeye_cli.sync.pause import is_paused, record_outcome, resume
from clockeye_cli.sync.pull import pull, pull_projects
from clockeye_cli.sync.push import push

if TYPE_CHECKING:
    from collections.abc import Callable, Set
    from datetime import date

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row
    from clockeye_cli.sync.account import Account
    from clockeye_cli.sync.pull import Pulled
    from clockeye_cli.sync.push import Pushed

SENDER_SECONDS = 60.0
"""How long to wait for another process that is sending."""

TURN_SECONDS = 0.1
"""Seconds between two checks whether that process is done."""

DAYS = 35
"""How many days back are read."""


def send_all(
    account: Account,
    *,
    each: Callable[[int, int], None] = lambda _done, _all: None,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> int:
    """Send everything that can be sent; rows that may have arrived are looked for again after `settle`.

    Args:
        account: The account.
        each: Called with the number of rows done, and the total.
        sleep: Waits.
        monotonic: Returns seconds that only increase.

    Returns:
        How many rows the account has accepted.

    Raises:
        ClockeyeError: Why the sending stopped early; unsent rows stay in the outbox.
        UnreachableError: Another process is sending and does not finish.
    """
    delivered = 0
    for is_last in (False, True):
        pushed = _push_in_turn(account, each, sleep, monotonic)
        delivered += pushed.delivered
        if pushed.stopped:
            record_outcome(account.store, pushed.stopped, account.now())
            raise pushed.stopped
        with account.store.read() as connection:
            looked_at = [
                row.looked_at for row in outbox.rows(connection) if row.state == "unknown" and row.looked_at
            ]
        if not looked_at or is_last:
            break
        # Never longer than `settle`, even if the clock was changed in the meantime.
        sleep(min(account.settle, max(0, max(looked_at) + account.settle - account.now())))
    record_outcome(account.store, None, account.now())
    return delivered


def read_last_weeks(
    account: Account,
    today: date,
    *,
    each: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> Pulled:
    """Read the projects and the last weeks of the user's own entries; end a pause after failed connections.

    Args:
        account: The account.
        today: The last day to read.
        each: Called with the number of entries so far, and the total.

    Raises:
        ClockeyeError: What `pull` raises.
    """
    pull_projects(account)
    if is_paused(account.store, account.now()):
        resume(account.store)
    return pull(account, today - timedelta(days=DAYS), today, whose=MINE, each=each)


def remaining(connection: Connection, earlier: Set[tuple[int, str]]) -> list[Row]:
    """The rows of the outbox that an exchange should have delivered, but has not.

    Args:
        connection: The store.
        earlier: Row id and entry id of the rows before the exchange; newer rows are only included if they
            need a person's decision.
    """
    return [
        row
        for row in outbox.rows(connection)
        if (row.id, row.local_id) in earlier or row.state in FOR_A_PERSON
    ]


def _push_in_turn(
    account: Account,
    each: Callable[[int, int], None],
    sleep: Callable[[float], None],
    monotonic: Callable[[], float],
) -> Pushed:
    """Push, after waiting for any other process that is sending."""
    end = monotonic() + SENDER_SECONDS
    while not (pushed := push(account, each=each)).is_sender:
        if monotonic() > end:
            raise UnreachableError(
                "Another clockeye process is still sending for this profile.",
                hint="Nothing is lost; `clockeye sync --status` lists the waiting changes.",
                code="busy",
            )
        sleep(TURN_SECONDS)
    return pushed
