"""The value of `edit --move`: how far, or to which day, an entry is moved as it is."""

from __future__ import annotations

from clockeye_cli.core.day import local, wall_time
from clockeye_cli.core.day_names import DayName, day_name
from clockeye_cli.core.duration import parse_duration, plain_words, quoted
from clockeye_cli.core.entry_times import Ends
from clockeye_cli.core.moment import Moment, on_day
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.when import When
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo


class TypedMove(NamedTuple):
    """A move as typed.

    Attributes:
        text: The typed text.
        shift: Seconds, negative for an earlier time; 0 if a day was typed.
        day: The new day of the start; None if a duration was typed.
    """

    text: str
    shift: int = 0
    day: DayName | None = None


def parse_move(text: str) -> TypedMove:
    """Parse a duration (`15m`, `+15m`, `-1h`), or a day (`2026-11-19`, `yesterday`, `monday`).

    Raises:
        UsageError: It is neither.
    """
    plain = plain_words(text)
    try:
        if day := day_name(plain):
            return TypedMove(text, day=day)
        seconds = parse_duration(plain[1:] if plain.startswith(("+", "-")) else plain)
    except (ValueError, UsageError) as error:
        reason = error.message if isinstance(error, UsageError) else f"Invalid day {quoted(text)}: {error}."
        raise UsageError(
            reason,
            hint="Give a duration, 15m or -1h, or a day: 2026-11-19, yesterday, monday.",
            code="time_not_understood",
        ) from None
    return TypedMove(text, -seconds if plain.startswith("-") else seconds)


def moved_span(move: TypedMove, started_at: int, ended_at: int, now: int, zone: tzinfo) -> Ends:
    """The span of a moved entry: as long as before; on another day its start keeps its clock time.

    Args:
        move: The move.
        started_at: The entry's present start, an instant.
        ended_at: Its present end.
        now: The instant of the command; it says which day `yesterday` is.
        zone: The user's time zone.

    Raises:
        UsageError: A clock change skips the time on that day.
    """
    start = Moment(started_at + move.shift)
    if move.day is not None:
        wall = local(started_at, zone)
        midnight = wall_time(wall.date(), 0)
        seconds = int((wall.replace(tzinfo=None, fold=0) - midnight).total_seconds())
        when = When(f"{move.text} {wall:%H:%M:%S}", seconds)
        start = on_day(when, move.day.on(local(now, zone).date()), zone)
    return Ends(start, Moment(start.instant + ended_at - started_at))
