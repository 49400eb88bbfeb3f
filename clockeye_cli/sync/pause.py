"""After a connection that failed, commands do not try again for a minute; `sync` does.

So nobody waits at every command for a network that is away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Begin the minute at the instant `now`, if what went wrong is that a request did not arrive."""
    if isinstance(error, NeverArrivedError):
        with store.exchange() as connection:
            remembered.put(connection, remembered.UNREACHED_AT, str(now))


def resume(store: Store) -> None:
    """The account is reached again."""
    with store.exchange() as connection:
        remembered.put(connection, remembered.UNREACHED_AT, "0")
