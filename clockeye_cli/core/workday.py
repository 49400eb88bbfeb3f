"""Working hours: when those of a day begin and end."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.day import first_instant, wall_time
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, tzinfo


def hours_of(day: date, hours: tuple[int, int], zone: tzinfo) -> tuple[int, int]:
    """The instants at which the working hours that begin on a day begin and end.

    Args:
        day: A calendar day.
        hours: When they begin and end, in seconds after midnight. Hours that end no later than they begin go
            over midnight.
        zone: The user's time zone.
    """
    first, last = hours
    end_day = day + timedelta(days=last <= first)
    return first_instant(wall_time(day, first), zone), first_instant(wall_time(end_day, last), zone)
