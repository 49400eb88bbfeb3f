"""The instant that a typed time means, given the command's `now` and time zone.

It works on *showings*: an instant and the wall time that clocks show at it. A wall time that a clock change
skips counts as shown at the change, so that it has its place in the order; if that showing is chosen, it
is refused.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from clockeye_cli.core.day import (
    LAST_INSTANT,
    LAST_YEAR,
    ONE_DAY,
    first_instant,
    instants,
    local,
    wall_time,
)
from clockeye_cli.core.duration import quoted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClockeyeError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from clockeye_cli.core.when import When

    Showing = tuple[int, datetime]


class Moment(NamedTuple):
    """An instant that a typed time means.

    Attributes:
        instant: Whole seconds since 1970 UTC.
        note: A sentence or two for standard error; usually empty.
    """

    instant: int
    note: str = ""


@contextmanager
def explained(*notes: str) -> Iterator[None]:
    """Add notes to the error of a block, so that a refused time is named with the day it was taken for."""
    try:
        yield
    except ClockeyeError as error:
        error.message = "\n".join([error.message, *filter(None, notes)])
        raise


def resolve(when: When, now: int, zone: tzinfo) -> Moment:
    """The instant that a typed time means at the instant `now` in `zone`; it may be in the future.

    A clock time without a day is the last such time at or before now. Of a time that clocks show twice on
    its day, the first is taken.

    Raises:
        UsageError: A clock change skips it, or it is outside the years 1970 to 9998.
        ValueError: It is `last`, whose instant the store has to give first.
    """
    if when.instant is not None:
        return Moment(when.instant)
    if when.is_last:
        raise ValueError("the instant of `last` is not set")
    if when.shift is not None:
        return Moment(within_years(now + when.shift, quoted(when.text)))
    if when.day is not None:
        return on_day(when, when.day.on(local(now, zone).date()), zone)
    return last_time(when, now, now, zone)


def minute_of(instant: int, zone: tzinfo) -> int:
    """The instant at which the minute began that clocks in `zone` show at an instant."""
    return instant - local(instant, zone).second


def within_years(instant: int, what: str) -> int:
    """The instant, unchanged.

    Args:
        instant: The instant to check.
        what: The subject of the error message.

    Raises:
        UsageError: It is outside the years 1970 to 9998.
    """
    if 0 <= instant <= LAST_INSTANT:
        return instant
    from clockeye_cli.core.when import EXAMPLES  # late: most timers start and stop now

    raise UsageError(
        f"{what} is outside the years 1970 to {LAST_YEAR}.", code="time_not_understood", hint=EXAMPLES
    )


def showings(seconds: int, around: int, zone: tzinfo) -> Iterator[Showing]:
    """When clocks show a time (seconds after midnight): from three days before an instant to two days after.

    That is enough days to contain a pair of times: two nights, and a day that a clock change makes longer.
    """
    today = local(around, zone).date()
    for days in range(-3, 3):
        wall = wall_time(today + timedelta(days=days), seconds)
        for instant in instants(wall, zone) or [first_instant(wall, zone)]:
            yield instant, wall


def _last(seconds: int, at: int, zone: tzinfo) -> Showing:
    _, wall = max(showing for showing in showings(seconds, at, zone) if showing[0] <= at)
    return first_instant(wall, zone), wall


def first_showing(seconds: int, after: int, zone: tzinfo) -> Showing:
    """When clocks first show a time (seconds after midnight) after an instant."""
    return min(showing for showing in showings(seconds, after, zone) if showing[0] > after)


def on_day(when: When, day: date, zone: tzinfo) -> Moment:
    """The first showing of a clock time on a calendar day."""
    wall = wall_time(day, when.clock)
    return settled(when, (first_instant(wall, zone), wall), zone)


def first_time(when: When, after: int, zone: tzinfo) -> Moment:
    """The first showing of a clock time without a day after an instant."""
    return settled(when, first_showing(when.clock, after, zone), zone)


def last_time(when: When, at: int, now: int, zone: tzinfo, *, expected_at: int | None = None) -> Moment:
    """The last showing of a clock time at or before `at`, with a note if it is not on the expected day.

    Args:
        when: A clock time without a day.
        at: The latest instant.
        now: The instant of the command.
        zone: The user's time zone.
        expected_at: An instant on the expected calendar day; None for today.
    """
    moment = settled(when, _last(when.clock, at, zone), zone)
    return with_day_note(moment, when, now, zone, now if expected_at is None else expected_at)


def settled(when: When, showing: Showing, zone: tzinfo) -> Moment:
    """The moment of a showing, with a note if clocks show the time twice.

    Raises:
        UsageError: A clock change skips it.
    """
    instant, wall = showing
    within_years(instant, quoted(when.text))
    both = instants(wall, zone)
    if not both:
        raise _skipped(when, instant, wall, zone)
    if len(both) == 1:
        return Moment(instant)
    which, other = ("first", both[1]) if instant == both[0] else ("second", both[0])
    taken, other_text = (wall_text(one, zone, with_offset=True) for one in (instant, other))
    note = f"{_text(wall)} occurs twice; using the {which}, {taken}. The other is {other_text}."
    return Moment(instant, note)


def _skipped(when: When, instant: int, wall: datetime, zone: tzinfo) -> UsageError:
    # The second before the change, counted on: 02:00 reads better than 01:59:59.
    before = local(instant - 1, zone).replace(tzinfo=None) + timedelta(seconds=1)
    after = wall_text(instant, zone)
    return UsageError(
        f"Invalid time {quoted(when.text)}: {_text(wall)} does not exist"
        f" because the clocks go from {_text(before)} to {after}.",
        code="time_not_understood",
        hint=f"Give another time; the next one that exists is {after}.",
    )


def with_day_note(moment: Moment, when: When, now: int, zone: tzinfo, expected_at: int) -> Moment:
    """The moment, with a note if it is not on the calendar day of `expected_at`."""
    day = local(moment.instant, zone).date()
    if day == local(expected_at, zone).date():
        return moment
    yesterday = "yesterday, " if local(now, zone).date() - day == ONE_DAY else ""
    note = f"{when.text} was read as {yesterday}{wall_text(moment.instant, zone)}."
    return moment._replace(note=f"{note} {moment.note}".rstrip())


def when_text(instant: int, zone: tzinfo) -> str:
    """A WHEN that means exactly this instant: `2026-11-20 09:15`, with its offset if clocks show it twice."""
    twice = len(instants(local(instant, zone).replace(tzinfo=None, fold=0), zone)) > 1
    return wall_text(instant, zone, with_offset=twice)


def wall_text(instant: int, zone: tzinfo, *, with_offset: bool = False) -> str:
    """An instant as clocks in `zone` show it: `2026-11-20 09:15`, or `2026-11-20T09:15+01:00`."""
    wall = local(instant, zone)
    return _text(wall, "T") if with_offset else _text(wall.replace(tzinfo=None))


def _text(wall: datetime, separator: str = " ") -> str:
    return wall.isoformat(separator, "auto" if wall.second else "minutes")


def time_inside(when: When, started_at: int, ended_at: int, zone: tzinfo, now: int) -> Moment:
    """The instant that a typed time means within a span, both ends included.

    A clock time without a day is the first such time at or after the start. A time without seconds in the
    minute of the start, and before it, means the start, unless the time is within the span another day.

    Raises:
        UsageError: It is outside the span, or a clock change skips it.
    """
    if when.is_bare:
        same_minute = first_time(when, minute_of(started_at, zone) - 1, zone)
        moment = first_time(when, started_at - 1, zone)
    else:
        same_minute = moment = resolve(when, now, zone)
    if started_at <= moment.instant <= ended_at:
        return moment
    if when.snaps and same_minute.instant == minute_of(started_at, zone):
        return same_minute._replace(instant=started_at)
    raise UsageError(
        f"{quoted(when.text)}, {wall_text(moment.instant, zone)}, is outside the entry, "
        f"{wall_text(started_at, zone)} to {wall_text(ended_at, zone)}.",
        hint="Give a time between its start and its end.",
    )
