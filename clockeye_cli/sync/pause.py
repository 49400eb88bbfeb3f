"""The outcome of the last attempts to reach the account, for later commands.

After a failed connection, or an answer that took too long, commands do not try again for a minute, so that
they do not wait each time while the network is down; `sync` always does. Why the last attempt ended early is
kept until something was sent.
"""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    KeyMissingError,
    NeverArrivedError,
    NoAnswerError,
    RejectedError,
    StorageError,
    UsageError,
)
from clockeye_cli.store import notices, remembered

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.state import Store

SECONDS = 60

MOST_SKEW = 60.0
"""Seconds by which clocks may differ before it is pointed out: an answer may take a while."""


def is_paused(store: Store, now: int) -> bool:
    """Whether a connection failed less than a minute before the instant `now`."""
    with store.read() as connection:
        last = int(remembered.get(connection, remembered.UNREACHED_AT) or 0)
    return 0 <= now - last < SECONDS


def pause_after(store: Store, error: ClockeyeError | None, now: int) -> None:
    """Start the minute at the instant `now`, if a request did not arrive or was not answered in time."""
    if isinstance(error, NeverArrivedError) or (isinstance(error, NoAnswerError) and error.is_late):
        with store.exchange() as connection:
            remembered.put(connection, remembered.UNREACHED_AT, str(now))


def record_outcome(store: Store, error: ClockeyeError | None, now: int) -> None:
    """Record how an attempt to send ended at the instant `now`: pause it, or keep what a person must change.

    Args:
        store: The profile's store.
        error: Why it ended early; None if it did not.
        now: The instant.
    """
    pause_after(store, error, now)
    is_lasting = isinstance(error, KeyMissingError | UsageError | RejectedError)
    reason = f"{error.message} {error.hint}".strip() if error else ""
    outcome = {remembered.SENDING_FAILED: reason, remembered.SENDING_STOPPED: reason if is_lasting else ""}
    with store.read() as connection:
        earlier = {name: remembered.get(connection, name) or "" for name in outcome}
    if outcome != earlier:
        with store.exchange() as connection:
            for name, value in outcome.items():
                remembered.put(connection, name, value)


def resume(store: Store) -> None:
    """End the pause: the account was reached again."""
    with store.exchange() as connection:
        remembered.put(connection, remembered.UNREACHED_AT, "0")


def note_skew(store: Store, skew: float | None) -> None:
    """Keep to say, once, that this computer's clock differs from the service's.

    Args:
        store: The profile's store.
        skew: Seconds by which the service's clock is ahead; None if that is unknown.
    """
    if skew is None:
        return
    is_wrong = abs(skew) > MOST_SKEW
    with store.read() as connection:
        was_wrong = bool(remembered.get(connection, remembered.CLOCK_DIFFERS))
    if is_wrong == was_wrong:
        return
    with suppress(StorageError), store.exchange() as connection:  # a read-only store stays as it is
        remembered.put(connection, remembered.CLOCK_DIFFERS, "yes" if is_wrong else "")
        if is_wrong:
            notices.add(connection, notices.CLOCK_DIFFERS, "", {"seconds": round(skew)})
