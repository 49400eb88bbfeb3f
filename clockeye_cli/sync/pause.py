"""After a failed connection, commands do not try again for a minute; `sync` always does.

So commands do not wait each time while the network is down.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import NeverArrivedError
from clockeye_cli.store import remembered

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.state import Store

SECONDS = 60


def is_paused(store: Store, now: int) -> bool:
    """Whether a connection failed less than a minute before the instant `now`."""
    with store.read() as connection:
        last = int(remembered.get(connection, remembered.UNREACHED_AT) or 0)
    return 0 <= now - last < SECONDS


def pause_after(store: Store, error: ClockeyeError | None, now: int) -> None:
    """Start the minute at the instant `now`, if the error is that a request did not arrive."""
    if isinstance(error, NeverArrivedError):
        with store.exchange() as connection:
            remembered.put(connection, remembered.UNREACHED_AT, str(now))


def resume(store: Store) -> None:
    """End the pause: the account was reached again."""
    with store.exchange() as connection:
        remembered.put(connection, remembered.UNREACHED_AT, "0")
