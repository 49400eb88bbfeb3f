"""The entry as every exporter gets it, with names in place of ids."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.day import local
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, tzinfo


class ExportedEntry(NamedTuple):
    """A finished entry.

    Attributes:
        local_id: `te_…`.
        started_at: Instant.
        ended_at: Instant, at or after `started_at`.
        description: The exact text, with its tags; it may have several lines.
        project: The name; empty for none.
        client: The name of the project's client; empty for none.
        user: The email address or id of its user on an account; empty for the profile's own user.
        is_clock_made: The source had a date and a duration only; the clock times are made up.
    """

    local_id: str
    started_at: int
    ended_at: int
    description: str
    project: str = ""
    client: str = ""
    user: str = ""
    is_clock_made: bool = False

    @property
    def duration(self) -> int:
        """Seconds from start to end."""
        return self.ended_at - self.started_at


def wall_span(entry: ExportedEntry, zone: tzinfo) -> tuple[datetime, datetime]:
    """The naive wall times of an entry, for formats whose readers subtract them to get the duration.

    The end is the start plus the duration. If the clocks change in between, that is not what the clock
    showed at the end, but the duration is right.
    """
    start = local(entry.started_at, zone).replace(tzinfo=None)
    return start, start + timedelta(seconds=entry.duration)
