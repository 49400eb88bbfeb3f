"""A whole exchange with the account: send everything that waits, then read the last weeks."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import UnreachableError
from clockeye_cli.store import outbox
from clockeye_cli.store.outbox import FOR_A_PERSON
from clockeye_cli.sync.pause import is_paused, resume
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
"""How long another process's sending is waited for."""

TURN_SECONDS = 0.1
"""How often it is asked whether that process is done."""

DAYS = 35
"""So many days back are read."""


def send_all(
    account: Account,
    *,
    each: Callable[[int, int], None] = lambda _done, _all: None,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = time.monotonic,
) -> int:
    """Send what can be sent; what may have arrived is looked for a second time after `account.settle`.

    Args:
        account: Both sides.
        each: Told how many rows are done, of how many.
        sleep: Waits.
        monotonic: Gives seconds that only count up.

    Returns:
        How many rows the account has taken.

    Raises:
        ClockeyeError: Why the sending stopped early; what was not sent waits.
        UnreachableError: Another process is sending and does not come to an end.
    """
    delivered = 0
    for is_last in (False, True):
        pushed = _push_in_turn(account, each, sleep, monotonic)
        delivered += pushed.delivered
        if pushed.stopped:
            raise pushed.stopped
        with account.store.read() as connection:
            looked_at = [
                row.looked_at for row in outbox.rows(connection) if row.state == "unknown" and row.looked_at
            ]
        if not looked_at or is_last:
            break
        # No longer than that, whatever has become of the clock meanwhile.
        sleep(min(account.settle, max(0, max(looked_at) + account.settle - account.now())))
    return delivered


def read_last_weeks(
    account: Account,
    today: date,
    *,
    each: Callable[[int, int | None], None] = lambda _rows, _total: None,
) -> Pulled:
    """Read the projects and the last weeks of one's own entries; the account counts as reached again.

    Args:
        account: Both sides.
        today: The last day that is read.
        each: Told how many entries have come, of how many.

    Raises:
        ClockeyeError: What `pull` raises.
    """
    pull_projects(account)
    if is_paused(account.store, account.now()):
        resume(account.store)
    return pull(account, today - timedelta(days=DAYS), today, whose=MINE, each=each)


def remaining(connection: Connection, earlier: Set[tuple[int, str]]) -> list[Row]:
    """The rows of the outbox that an exchange should have ended, and has not.

    Args:
        connection: The store.
        earlier: Id and entry of the rows before the exchange; what came meanwhile is not late yet, unless
            a person must decide it.
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
    """Push; where another process is sending, after it."""
    end = monotonic() + SENDER_SECONDS
    while not (pushed := push(account, each=each)).is_sender:
        if monotonic() > end:
            raise UnreachableError(
                "Another clockeye is sending for this profile and does not come to an end.",
                hint="Nothing is lost; `clockeye sync --status` lists what waits.",
                code="busy",
            )
        sleep(TURN_SECONDS)
    return pushed
