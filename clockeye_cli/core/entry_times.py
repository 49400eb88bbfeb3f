"""The start and end that typed times mean: for a new entry, for an edit, and for a split.

Two typed times may determine each other's day: `22:00` to `2:00` crosses midnight.
"""

from __future__ import annotations

from clockeye_cli.core.day import first_instant, local
from clockeye_cli.core.duration import quoted, short
from clockeye_cli.core.moment import (
    Moment,
    first_showing,
    first_time,
    last_time,
    on_day,
    resolve,
    settled,
    showings,
    wall_text,
    with_day_note,
    within_years,
)
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.when import When
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo


class EntryTimes(NamedTuple):
    """A start and an end, both instants, with notes to show to the user."""

    started_at: int
    ended_at: int
    notes: tuple[str, ...]


def resolve_span(
    start: When | None, end: When | None, duration: int | None, now: int, zone: tzinfo, max_timer: int
) -> EntryTimes:
    """The span of a new entry, from two of its start, end and duration, or from a duration that ends now.

    A clock time without a day gets its day from the other time: a start is the last such time before the
    end, an end the first one after the start. If neither has a day, the start is the last such time whose
    end is not in the future.

    Args:
        start: The value of `--from`.
        end: The value of `--to`.
        duration: The value of `--for`, in seconds.
        now: The instant of the command.
        zone: The user's time zone.
        max_timer: The longest span, in seconds, if its end was typed without a day.

    Raises:
        UsageError: Too few or too many values were given, a clock change skips a time, or the span ends
            before it begins, ends in the future (code `in_the_future`), or exceeds `max_timer`.
    """
    _check_given(start, end, duration)
    if start is not None and end is not None:
        began, ended = _from_to(start, end, now, zone)
        if end.is_bare and ended.instant - began.instant > max_timer:
            raise _over_max_timer(began, ended, end, zone, max_timer)
    elif start is not None:
        seconds = duration or 0
        began = last_time(start, now - seconds, now, zone) if start.is_bare else resolve(start, now, zone)
        ended = Moment(began.instant + seconds)
    else:
        ended = Moment(now) if end is None else resolve(end, now, zone)
        began = Moment(ended.instant - (duration or 0))
    return _checked(began, ended, now, zone)


def resolve_edit(
    start: When | None, end: When | None, started_at: int, ended_at: int | None, now: int, zone: tzinfo
) -> EntryTimes:
    """The new span of an edited entry or of the running timer.

    A start without a day is on the calendar day of the old start; an end without a day is the first such
    time after the start (the new start, if that changes too).

    Args:
        start: The value of `--from`; None keeps `started_at`.
        end: The value of `--to`; None keeps `ended_at`.
        started_at: The entry's present start, an instant.
        ended_at: Its present end; None for the running timer, whose span ends now.
        now: The instant of the command.
        zone: The user's time zone.

    Raises:
        UsageError: An end was given for the running timer, a clock change skips a time, or the span ends
            before it begins or in the future (code `in_the_future`).
    """
    if ended_at is None and end is not None:
        raise UsageError(
            "A running timer has no end yet.", hint=f'Stop it with: clockeye stop --at "{end.text}"'
        )
    old_end = now if ended_at is None else ended_at
    if start is None and end is None:
        return EntryTimes(started_at, old_end, ())
    began, ended = Moment(started_at), Moment(old_end)
    if start is not None and start.is_bare:
        began = on_day(start, local(started_at, zone).date(), zone)
    elif start is not None:
        began = resolve(start, now, zone)
    if end is not None and end.is_bare:
        ended = first_time(end, began.instant, zone)
    elif end is not None:
        ended = resolve(end, now, zone)
    return _checked(began, ended, now, zone)


def resolve_inside(when: When, started_at: int, ended_at: int, zone: tzinfo, now: int) -> Moment:
    """The instant that a typed time means within a span, both ends included.

    A clock time without a day is the first such time at or after the start.

    Raises:
        UsageError: It is outside the span, or a clock change skips it.
    """
    moment = first_time(when, started_at - 1, zone) if when.is_bare else resolve(when, now, zone)
    if not started_at <= moment.instant <= ended_at:
        raise UsageError(
            f"{quoted(when.text)}, {wall_text(moment.instant, zone)}, is outside the entry, "
            f"{wall_text(started_at, zone)} to {wall_text(ended_at, zone)}.",
            hint="Give a time between its start and its end.",
        )
    return moment


def _check_given(start: When | None, end: When | None, duration: int | None) -> None:
    """Accept two of the three values, or a duration alone.

    Raises:
        UsageError: Anything else was given.
    """
    two = "Give two of --from, --to and --for; --for alone ends now."
    match (start, end, duration):
        case (None, None, None):
            raise UsageError("No start or end time given.", hint=two)
        case (When(), None, None):
            hint = f'Add --to or --for. To run a timer from then on: clockeye start --at "{start.text}"'
            raise UsageError("No end time given, only --from.", hint=hint)
        case (None, When(), None):
            raise UsageError("No start time given, only --to.", hint="Add --from or --for.")
        case (When(), When(), int()):
            raise UsageError("--from, --to and --for cannot be used together.", hint=two)


def _from_to(start: When, end: When, now: int, zone: tzinfo) -> tuple[Moment, Moment]:
    """The start and end of a span that were both typed, and may determine each other's day."""
    if not start.is_bare:
        began = resolve(start, now, zone)
        if not end.is_bare:
            return began, resolve(end, now, zone)
        return began, first_time(end, began.instant, zone)
    if not end.is_bare:
        ended = resolve(end, now, zone)
        return last_time(start, ended.instant - 1, now, zone, expected_at=ended.instant), ended
    walls = showings(start.clock, now, zone)
    pairs = (
        (showing, first_showing(end.clock, showing[0], zone))
        for showing in sorted({(first_instant(wall, zone), wall) for _, wall in walls}, reverse=True)
    )
    first, last = next(pair for pair in pairs if pair[1][0] <= now)
    return with_day_note(settled(start, first, zone), start, now, zone, now), settled(end, last, zone)


def _checked(began: Moment, ended: Moment, now: int, zone: tzinfo) -> EntryTimes:
    """The span with its notes.

    Raises:
        UsageError: No entry can have this span.
    """
    within_years(began.instant, "The start")
    for name, moment in (("start", began), ("end", ended)):
        if moment.instant > now:
            raise UsageError(
                f"The {name}, {wall_text(moment.instant, zone)}, is in the future; "
                f"it is {wall_text(now, zone)} now.",
                code="in_the_future",
                hint="Give a time in the past.",
            )
    if ended.instant < began.instant:
        raise UsageError(
            f"The end, {wall_text(ended.instant, zone)}, is before the start, "
            f"{wall_text(began.instant, zone)}.",
            hint="Give a later --to or an earlier --from.",
        )
    return EntryTimes(began.instant, ended.instant, tuple(note for note in (began.note, ended.note) if note))


def _over_max_timer(began: Moment, ended: Moment, end: When, zone: tzinfo, max_timer: int) -> UsageError:
    start, day = wall_text(began.instant, zone), local(ended.instant, zone).date()
    return UsageError(
        f"From {start} to the next {end.text} is {short(ended.instant - began.instant)}, "
        f"which is longer than max_timer ({short(max_timer)}).",
        hint=f'If that is correct, give the end with its date: --to "{day} {end.text}"',
    )
