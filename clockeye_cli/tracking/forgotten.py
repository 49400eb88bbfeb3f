"""A timer that somebody forgot to stop: when it may have ended."""

from __future__ import annotations

from clockeye_cli.core.day import local
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.workday import hours_of
from clockeye_cli.store import history

if TYPE_CHECKING:
    from datetime import tzinfo

    from clockeye_cli.core.entry import Timer
    from clockeye_cli.store.database import Connection


def proposed_end(
    connection: Connection, timer: Timer, hours: tuple[int, int] | None, now: int, zone: tzinfo
) -> int | None:
    """The instant at which a forgotten timer probably ended; None if nothing tells.

    It is the end of the working hours of the day on which the timer was started, else the latest change in
    this store, each only if it is after the timer's start.

    Args:
        connection: The store.
        timer: The timer.
        hours: The working hours, in seconds after midnight; None if the user has not set any.
        now: The instant of the command.
        zone: The user's time zone.
    """
    if hours:
        _, end = hours_of(local(timer.started_at, zone).date(), hours, zone)
        if timer.started_at < end <= now:
            return end
    latest = history.latest_at(connection)
    return latest if latest is not None and timer.started_at < latest < now else None
