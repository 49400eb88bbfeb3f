"""Which instant is meant by a point in time that was typed, at the one `now` of a command and in its zone.

It works on *showings*: an instant and the wall time that clocks show at it. A wall time that a clock change
skips counts as shown at the change, so that it has its place in the order; if that showing is the one that
is meant, it is refused.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

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
from clockeye_cli.core.when import UNDERSTOOD, When
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    Showing = tuple[int, datetime]


class Moment(NamedTuple):
    """The instant that is meant.

    Attributes:
        instant: Whole seconds since 1970 UTC.
        note: What the user should be told on standard error, a sentence or two; mostly empty.
    """

    instant: int
    note: str = ""


def resolve(when: When, now: int, zone: tzinfo) -> Moment:
    """The instant that is meant at the instant `now` in `zone`; it may lie in the future.

    A clock time without a day is the last such time, at or before now. A time that clocks show twice on
    its day is the first of the two.

    Raises:
        UsageError: A clock change skips it, or it lies outside of the years 1970 to 9998.
    """
    if when.instant is not None:
        return Moment(when.instant)
    if when.shift is not None:
        return Moment(within_years(now + when.shift, quoted(when.text)))
    if when.day is not None:
        return on_day(when, when.day.on(local(now, zone).date()), zone)
    return last_time(when, now, now, zone)


def within_years(instant: int, what: str) -> int:
    """The instant as it is.

    Raises:
        UsageError: It lies outside of the years 1970 to 9998; `what` says whose time that is.
    """
    if 0 <= instant <= LAST_INSTANT:
        return instant
    raise UsageError(
        f"{what} lies outside of the years 1970 to {LAST_YEAR}.", code="time_not_understood", hint=UNDERSTOOD
    )


def showings(seconds: int, around: int, zone: tzinfo) -> Iterator[Showing]:
    """When clocks show a time (seconds after midnight): on the day of an instant, three before, two after.

    That many days hold a pair in any case: two nights, and a day that a clock change makes longer.
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
    """The last showing of a clock time at or before `at`, with a note if that is not the day one expects.

    Args:
        when: A clock time without a day.
        at: The instant not to go beyond.
        now: The instant of the command.
        zone: Where the user's clock is.
        expected_at: An instant of the calendar day that one expects; None: today.
    """
    moment = settled(when, _last(when.clock, at, zone), zone)
    return with_day_note(moment, when, now, zone, now if expected_at is None else expected_at)


def settled(when: When, showing: Showing, zone: tzinfo) -> Moment:
    """The moment of a showing, with a note if it is one of two.

    Raises:
        UsageError: Clocks skip it.
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
    note = f"{_text(wall)} happens twice; the {which} is taken, {taken}. The other is {other_text}."
    return Moment(instant, note)


def _skipped(when: When, instant: int, wall: datetime, zone: tzinfo) -> UsageError:
    # The second before the change, counted on: 02:00 reads better than 01:59:59.
    before = local(instant - 1, zone).replace(tzinfo=None) + timedelta(seconds=1)
    after = wall_text(instant, zone)
    return UsageError(
        f"{quoted(when.text)}: there is no {_text(wall)}, the clocks go from {_text(before)} to {after}.",
        code="time_not_understood",
        hint=f"Give a time that there is; the first after it is {after}.",
    )


def with_day_note(moment: Moment, when: When, now: int, zone: tzinfo, expected_at: int) -> Moment:
    """The moment with a note if a time without a day is not on the calendar day of `expected_at`."""
    day = local(moment.instant, zone).date()
    if day == local(expected_at, zone).date():
        return moment
    whose = "yesterday's, " if local(now, zone).date() - day == ONE_DAY else ""
    note = f"{when.text} is understood as {whose}{wall_text(moment.instant, zone)}."
    return moment._replace(note=f"{note} {moment.note}".rstrip())


def wall_text(instant: int, zone: tzinfo, *, with_offset: bool = False) -> str:
    """`2026-11-20 09:15` as clocks in `zone` show it, or `2026-11-20T09:15+01:00`."""
    wall = local(instant, zone)
    return _text(wall, "T") if with_offset else _text(wall.replace(tzinfo=None))


def _text(wall: datetime, separator: str = " ") -> str:
    return wall.isoformat(separator, "auto" if wall.second else "minutes")
