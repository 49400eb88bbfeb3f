"""The start and end that typed times mean: for a new entry, for an edit, and for a split.

Two typed times may determine each other's day: `22:00` to `2:00` crosses midnight.
"""

from __future__ import annotations

from clockeye_cli.core.day import first_instant, local
from clockeye_cli.core.duration import short
from clockeye_cli.core.entry import Timer
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
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.when import When


class TypedSpan(NamedTuple):
    """The times of an entry as typed; None for those that were not given.

    Attributes:
        start: The value of `--from`.
        end: The value of `--to`.
        duration: The value of `--for`, in seconds.
    """

    start: When | None = None
    end: When | None = None
    duration: int | None = None

    @property
    def lasts(self) -> list[When]:
        """Those that are `last`."""
        return [when for when in self[:2] if when is not None and when.is_last]


class EntryTimes(NamedTuple):
    """A start and an end, both instants, with notes to show to the user."""

    started_at: int
    ended_at: int
    notes: tuple[str, ...]


def kept_times(item: TimeEntry | Timer, now: int) -> EntryTimes:
    """The times of an entry as they are; what is still running ends now."""
    ended_at = now if isinstance(item, Timer) or item.is_open else item.ended_at
    return EntryTimes(item.started_at, ended_at, ())


class Ends(NamedTuple):
    """The start and the end that typed times mean by the clock alone; `entry_times` checks their order."""

    start: Moment
    end: Moment


def typed_span(typed: TypedSpan, now: int, zone: tzinfo, max_timer: int) -> Ends:
    """The span of a new entry, from two of its start, end and duration, or from a duration that ends now.

    A clock time without a day gets its day from the other time: a start is the last such time before the
    end, an end the first one after the start. If neither has a day, the start is the last such time whose
    end is not in the future.

    Args:
        typed: What was typed.
        now: The instant of the command.
        zone: The user's time zone.
        max_timer: The longest span, in seconds, if its end was typed without a day.

    Raises:
        UsageError: Too few or too many values were given, a clock change skips a time, or the span exceeds
            `max_timer`.
    """
    start, end, duration = typed
    _check_given(start, end, duration)
    if start is not None and end is not None:
        began, ended = _from_to(start, end, now, zone)
        if end.is_bare and ended.instant - began.instant > max_timer:
            raise over_max_timer(began.instant, ended.instant, end, zone, max_timer)
        return Ends(began, ended)
    seconds = duration or 0
    if start is not None:
        began = last_time(start, now - seconds, now, zone) if start.is_bare else resolve(start, now, zone)
        return Ends(began, Moment(began.instant + seconds))
    ended = Moment(now) if end is None else resolve(end, now, zone)
    return Ends(Moment(ended.instant - seconds), ended)


def edited_span(typed: TypedSpan, started_at: int, ended_at: int | None, now: int, zone: tzinfo) -> Ends:
    """The new span of an edited entry or of the running timer.

    A start without a day is on the calendar day of the old start; an end without a day is the first such
    time after the start (the new start, if that changes too). With `--for`, which moves the start along, that
    end may also be on the calendar day of the old start: the one that moves it less. `+10m` and `-10m` count
    from the old time.

    Args:
        typed: What was typed; `--for` moves the end, or the start if there is a `--to`.
        started_at: The entry's present start, an instant.
        ended_at: Its present end; None for the running timer, whose span ends now.
        now: The instant of the command.
        zone: The user's time zone.

    Raises:
        UsageError: An end was given for the running timer, all three were given, or a clock change skips a
            time.
    """
    start, end, duration = typed
    if start is not None and end is not None and duration is not None:
        raise UsageError("--from, --to and --for cannot be used together.", hint="Leave one of them out.")
    if ended_at is None and (end is not None or duration is not None):
        from clockeye_cli.core.command_lines import command_line  # late: it is refused

        line = command_line("stop", "--at", end.text if end else "WHEN")
        raise UsageError("A running timer has no end yet.", hint=f"{line} stops it.")
    began, ended = Moment(started_at), Moment(now if ended_at is None else ended_at)
    if start is not None and start.is_bare:
        began = on_day(start, local(started_at, zone).date(), zone)
    elif start is not None:
        began = resolve(start, started_at if start.is_signed else now, zone)
    if end is not None and end.is_bare:
        ended = first_time(end, began.instant, zone)
        if duration is not None:
            on_own_day = on_day(end, local(started_at, zone).date(), zone)
            ended = min(on_own_day, ended, key=lambda each: abs(each.instant - duration - started_at))
    elif end is not None:
        ended = resolve(end, ended.instant if end.is_signed else now, zone)
    if duration is not None:
        moved = ended.instant - duration if end is not None else began.instant + duration
        began, ended = (Moment(moved), ended) if end is not None else (began, Moment(moved))
    return Ends(began, ended)


def entry_times(ends: Ends, now: int, zone: tzinfo) -> EntryTimes:
    """The span with its notes.

    Raises:
        UsageError: It ends before it begins or in the future (code `in_the_future`), or is outside the years
            1970 to 9998.
    """
    began, ended = ends
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


def _check_given(start: When | None, end: When | None, duration: int | None) -> None:
    """Accept two of the three values, or a duration alone.

    Raises:
        UsageError: Anything else was given.
    """
    from clockeye_cli.core.when import When  # late: most edits keep the times

    two = "Give two of --from, --to and --for; --for alone ends now."
    match (start, end, duration):
        case (None, None, None):
            raise UsageError("No start or end time given.", hint=two)
        case (When(), None, None):
            from clockeye_cli.core.command_lines import command_line  # late: it is refused

            line = command_line("start", "--at", start.text)
            raise UsageError(
                "No end time given, only --from.",
                hint=f"Add --to or --for. {line} runs a timer from then on.",
            )
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


def over_max_timer(
    started_at: int, ended_at: int, when: When, zone: tzinfo, max_timer: int, option: str = "--to"
) -> UsageError:
    """The error for a span that is longer than `max_timer` because a time was typed without a day.

    Args:
        started_at: The start, an instant.
        ended_at: The end, an instant.
        when: The time without a day.
        zone: The user's time zone.
        max_timer: In seconds.
        option: The option that has the time: `--to` or `--from`.
    """
    is_end = option == "--to"
    until = f"the next {when.text}" if is_end else wall_text(ended_at, zone)
    day = local(ended_at if is_end else started_at, zone).date()
    return UsageError(
        f"From {wall_text(started_at, zone)} to {until} is {short(ended_at - started_at)}, "
        f"which is longer than max_timer ({short(max_timer)}).",
        hint=f"If that is correct, give the {'end' if is_end else 'start'} with its date: "
        f'{option} "{day} {when.text}"',
    )
