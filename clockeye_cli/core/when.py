"""Points in time: the forms in which people type them, and the instants that they mean.

Two steps, so that what is not understood is refused before anything is locked or asked: `parse_when` knows
no clock, `resolve…` takes the one `now` of the command. Resolving works on *showings*: an instant and the
wall time that clocks show at it. A wall time that a clock change skips counts as shown at the change, so
that it takes its place in the order; where such a showing is the one that is meant, it is refused.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import (
    LAST_INSTANT,
    LAST_YEAR,
    ONE_DAY,
    DayName,
    day_name,
    first_instant,
    instants,
    local,
    utc_midnight,
    wall_time,
)
from clockeye_cli.core.duration import parse_duration, plain_words, quoted, short
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    Showing = tuple[int, datetime]

FORMS = (
    *("now", "9", "9:15", "9.15", "0915", "9:15:30", "9am", "9:15pm", "noon", "midnight"),
    *("10m ago", "1h30 ago", "-25min", "+10m", "today 9:00", "yesterday 14:00", "3 days ago 14:00"),
    *("monday 9am", "friday 9:00", "last friday 17:30"),
    *("2026-11-20 9:00", "2026-11-20T08:00Z", "2026-11-20T09:00+01:00"),
)
"""What people may type, as the help and the README list it."""

_HINT = (
    "Understood are now, 9:15, 9am, noon, 10m ago, yesterday 14:00, monday 9am, last friday 17:30, "
    "2026-11-20 9:00 and 2026-11-20T09:00+01:00."
)
_BEFORE_1970 = "it lies before 1970"
_NOON = 12 * 3_600

# Compiled when first used (`re` keeps them): most commands are given no time, and compiling takes a while.
_CLOCK = r"(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)? ?(am|pm)?"
_FOUR_DIGITS = r"(\d\d)(\d\d)"
_STAMP = r"(\d{4}-\d\d-\d\d)[t ](\d{1,2}:\d\d(?::\d\d)?)(?: ?(z)| ?([+-])(\d\d)(?::?(\d\d))?)?"


class When(NamedTuple):
    """A point in time as it was typed and understood, before anyone looked at a clock.

    Attributes:
        text: What was typed.
        clock: A clock time, in seconds after midnight; read only if the next two are None.
        shift: Seconds from now, below zero for the past: `now`, `10m ago`.
        instant: The instant, if it was typed with its offset from UTC.
        day: The day of the clock time, None if it was typed without one.
    """

    text: str
    clock: int = 0
    shift: int | None = None
    instant: int | None = None
    day: DayName | None = None

    @property
    def is_bare(self) -> bool:
        """Whether it is a clock time without a day, which needs something else to tell the day."""
        return self.shift is None and self.instant is None and self.day is None


class Moment(NamedTuple):
    """The instant that is meant.

    Attributes:
        instant: Whole seconds since 1970 UTC.
        note: What the user should be told on standard error, a sentence or two; mostly empty.
    """

    instant: int
    note: str = ""


class Span(NamedTuple):
    """The start and end that are meant, both instants, with what the user should be told."""

    started_at: int
    ended_at: int
    notes: tuple[str, ...]


def parse_when(text: str) -> When:
    """Understand a text in one of the forms of WHEN, in any case.

    Raises:
        UsageError: It is none of them, or names a day without a time or a time that no clock shows.
    """
    plain = plain_words(text)
    try:
        found = _relative(plain) or _stamp(plain) or _day_and_clock(plain)
    except ValueError as problem:
        raise _refused(text, f": {problem}") from None
    if found is None:
        raise _refused(text)
    return found._replace(text=" ".join(text.split()))


def _refused(text: str, reason: str = "") -> UsageError:
    return UsageError(
        f"{quoted(text)} is not understood as a time{reason}.", code="time_not_understood", hint=_HINT
    )


def _relative(plain: str) -> When | None:
    """`now`, `+10m`, `-25min`, `1h30 ago`."""
    if plain == "now":
        return When(plain, shift=0)
    if not (plain.startswith(("+", "-")) or plain.endswith(" ago")):
        return None
    try:
        seconds = parse_duration(plain[:-4] if plain.endswith(" ago") else plain[1:])
    except UsageError as error:
        raise ValueError(error.message.rstrip(".")) from None
    return When(plain, shift=seconds if plain.startswith("+") else -seconds)


def _stamp(plain: str) -> When | None:
    """`2026-11-20t09:00`, `2026-11-20 09:00:30`, also with an offset from UTC (ISO 8601, RFC 3339)."""
    found = re.fullmatch(_STAMP, plain)
    day = day_name(found[1]) if found else None
    if not found or day is None or day.fixed is None:
        return None
    seconds = _clock(found[2]) or 0
    if not (found[3] or found[4]):
        return When(plain, seconds, day=day)
    hours, minutes = int(found[5] or 0), int(found[6] or 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - as on a clock
        raise ValueError("there is no such offset from UTC")
    offset = (hours * 3_600 + minutes * 60) * (-1 if found[4] == "-" else 1)
    instant = utc_midnight(day.fixed) + seconds - offset
    if instant < 0:
        raise ValueError(_BEFORE_1970)
    return When(plain, instant=instant)


def _day_and_clock(plain: str) -> When | None:
    """`9:15`, `9 pm`, `last friday 17:30`, `2026-11-20 noon`."""
    if day_name(plain):
        raise ValueError("it names a day, and a time is missing, as in '" + plain + " 9:00'")
    day_words, _, time_words = plain.rpartition(" ")
    if time_words in {"am", "pm"}:
        day_words, _, number = day_words.rpartition(" ")
        time_words = f"{number} {time_words}"
    seconds = _clock(time_words)
    day = day_name(day_words)
    if seconds is None or (day_words and not day):
        return None
    return When(plain, seconds, day=day)


def _clock(words: str) -> int | None:
    """Seconds after midnight of `9`, `9:15`, `9.15`, `0915`, `9am`, `9:15 pm`, `noon`, `midnight`.

    Raises:
        ValueError: It has the form of a time, but no clock shows it.
    """
    if words in {"noon", "midnight"}:
        return _NOON if words == "noon" else 0
    found = re.fullmatch(_CLOCK, words) or re.fullmatch(_FOUR_DIGITS, words)
    if not found:
        return None
    minutes, seconds, half = (*found.groups()[1:], None, None)[:3]
    hour, minute, second = int(found[1]), int(minutes or 0), int(seconds or 0)
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - as on a clock
            raise ValueError(f"hours with {half} go from 1 to 12")
        hour = hour % 12 + 12 * (half == "pm")
    if hour == 24:  # noqa: PLR2004 - as on a clock
        raise ValueError("there is no hour 24; the midnight that ends a day is 0:00 of the next")
    for value, most, name in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if value > most:
            raise ValueError(f"there is no {name} {value}")
    return hour * 3_600 + minute * 60 + second


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
        return Moment(_within_years(now + when.shift, quoted(when.text)))
    if when.day is not None:
        return _on_day(when, when.day.on(local(now, zone).date()), zone)
    return _last_time(when, now, now, zone)


def resolve_span(
    start: When | None, end: When | None, duration: int | None, now: int, zone: tzinfo, max_timer: int
) -> Span:
    """The span of a new entry, from two of its start, end and duration, or a duration that ends now.

    A clock time without a day is taken from the other one: a start is the last such time before the end,
    an end the first after the start. If nothing tells the day, the start is the last such time whose end
    is not in the future.

    Args:
        start: The value of `--from`.
        end: The value of `--to`.
        duration: The value of `--for`, in seconds.
        now: The instant of the command.
        zone: Where the user's clock is.
        max_timer: Seconds that a span may have whose end was typed without a day.

    Raises:
        UsageError: Too few or too many were given, a time is skipped, or the span is upside down, ends in
            the future (code `in_the_future`) or, by a time without a day, is over `max_timer`.
    """
    _check_given(start, end, duration)
    if start is not None and end is not None:
        began, ended = _from_to(start, end, now, zone)
        if end.is_bare and ended.instant - began.instant > max_timer:
            raise _over_max_timer(began, ended, end, zone, max_timer)
    elif start is not None:
        seconds = duration or 0
        began = _last_time(start, now - seconds, now, zone) if start.is_bare else resolve(start, now, zone)
        ended = Moment(began.instant + seconds)
    else:
        ended = Moment(now) if end is None else resolve(end, now, zone)
        began = Moment(ended.instant - (duration or 0))
    return _checked(began, ended, now, zone)


def resolve_edit(
    start: When | None, end: When | None, started_at: int, ended_at: int | None, now: int, zone: tzinfo
) -> Span:
    """The new span of an entry, or of the running timer, whose times are changed.

    A start without a day is on the calendar day of the old start; an end without one is the first such
    time after the start, the new one if it changes too.

    Args:
        start: The value of `--from`; None keeps `started_at`.
        end: The value of `--to`; None keeps `ended_at`.
        started_at: The instant at which the entry starts now.
        ended_at: The instant at which it ends; None for the running timer, whose span then ends now.
        now: The instant of the command.
        zone: Where the user's clock is.

    Raises:
        UsageError: A running timer is to get an end, a time is skipped, or the span is upside down or ends in
            the future (code `in_the_future`).
    """
    if ended_at is None and end is not None:
        raise UsageError(
            "A running timer has no end yet.", hint=f'Stop it with: clockeye stop --at "{end.text}"'
        )
    old_end = now if ended_at is None else ended_at
    if start is None and end is None:
        return Span(started_at, old_end, ())
    began, ended = Moment(started_at), Moment(old_end)
    if start is not None and start.is_bare:
        began = _on_day(start, local(started_at, zone).date(), zone)
    elif start is not None:
        began = resolve(start, now, zone)
    if end is not None and end.is_bare:
        ended = _settled(end, _first(end.clock, began.instant, zone), zone)
    elif end is not None:
        ended = resolve(end, now, zone)
    return _checked(began, ended, now, zone)


def resolve_inside(when: When, started_at: int, ended_at: int, zone: tzinfo, now: int) -> Moment:
    """The instant within a span, its ends included, that is meant.

    A clock time without a day is the first such time at or after the start.

    Raises:
        UsageError: It lies outside of the span, or a clock change skips it.
    """
    if when.is_bare:
        moment = _settled(when, _first(when.clock, started_at - 1, zone), zone)
    else:
        moment = resolve(when, now, zone)
    if not started_at <= moment.instant <= ended_at:
        raise UsageError(
            f"{quoted(when.text)}, {_shown(moment.instant, zone)}, lies outside of the entry, "
            f"{_shown(started_at, zone)} to {_shown(ended_at, zone)}.",
            hint="Give a time between its start and its end.",
        )
    return moment


def _check_given(start: When | None, end: When | None, duration: int | None) -> None:
    """Refuse what is not two of the three or a duration alone."""
    two = "Give two of --from, --to and --for; --for alone ends now."
    match (start, end, duration):
        case (None, None, None):
            raise UsageError("It was not said when the entry began and ended.", hint=two)
        case (When(), None, None):
            hint = (
                f'Add --to or --for; a timer that has run since then is: clockeye start --at "{start.text}"'
            )
            raise UsageError("--from alone does not say when the entry ended.", hint=hint)
        case (None, When(), None):
            raise UsageError("--to alone does not say when the entry began.", hint="Add --from or --for.")
        case (When(), When(), int()):
            raise UsageError("--from, --to and --for together are one too many.", hint=two)


def _from_to(start: When, end: When, now: int, zone: tzinfo) -> tuple[Moment, Moment]:
    """The ends of a span that were both typed, whose days may tell each other's."""
    if not start.is_bare:
        began = resolve(start, now, zone)
        if not end.is_bare:
            return began, resolve(end, now, zone)
        return began, _settled(end, _first(end.clock, began.instant, zone), zone)
    if not end.is_bare:
        ended = resolve(end, now, zone)
        return _last_time(start, ended.instant - 1, now, zone, beside=ended.instant), ended
    walls = _showings(start.clock, now, zone)
    pairs = (
        (showing, _first(end.clock, showing[0], zone))
        for showing in sorted({(first_instant(wall, zone), wall) for _, wall in walls}, reverse=True)
    )
    first, last = next(pair for pair in pairs if pair[1][0] <= now)
    return _with_day_note(_settled(start, first, zone), start, now, zone, now), _settled(end, last, zone)


def _checked(began: Moment, ended: Moment, now: int, zone: tzinfo) -> Span:
    """The span with its notes, unless it cannot be an entry's."""
    _within_years(began.instant, "The start")
    for name, moment in (("start", began), ("end", ended)):
        if moment.instant > now:
            raise UsageError(
                f"The {name}, {_shown(moment.instant, zone)}, is in the future; it is {_shown(now, zone)}.",
                code="in_the_future",
                hint="Give a time that has passed.",
            )
    if ended.instant < began.instant:
        raise UsageError(
            f"The end, {_shown(ended.instant, zone)}, is before the start, {_shown(began.instant, zone)}.",
            hint="Give a later --to or an earlier --from.",
        )
    return Span(began.instant, ended.instant, tuple(note for note in (began.note, ended.note) if note))


def _over_max_timer(began: Moment, ended: Moment, end: When, zone: tzinfo, max_timer: int) -> UsageError:
    start, day = _shown(began.instant, zone), local(ended.instant, zone).date()
    return UsageError(
        f"From {start} to the next {end.text} is {short(ended.instant - began.instant)}, "
        f"which is over {short(max_timer)} (max_timer).",
        hint=f'If that is right, give the end with its day: --to "{day} {end.text}"',
    )


def _within_years(instant: int, what: str) -> int:
    if 0 <= instant <= LAST_INSTANT:
        return instant
    raise UsageError(
        f"{what} lies outside of the years 1970 to {LAST_YEAR}.", code="time_not_understood", hint=_HINT
    )


def _showings(seconds: int, around: int, zone: tzinfo) -> Iterator[Showing]:
    """When clocks show a time, on three days before an instant, its own day, and two after it.

    So many that a pair is found in any case: two nights, and a day that a clock change makes longer.
    """
    today = local(around, zone).date()
    for days in range(-3, 3):
        wall = wall_time(today + timedelta(days=days), seconds)
        for instant in instants(wall, zone) or [first_instant(wall, zone)]:
            yield instant, wall


def _last(seconds: int, at: int, zone: tzinfo) -> Showing:
    _, wall = max(showing for showing in _showings(seconds, at, zone) if showing[0] <= at)
    return first_instant(wall, zone), wall


def _first(seconds: int, after: int, zone: tzinfo) -> Showing:
    return min(showing for showing in _showings(seconds, after, zone) if showing[0] > after)


def _on_day(when: When, day: date, zone: tzinfo) -> Moment:
    """The first showing of a clock time on a calendar day."""
    wall = wall_time(day, when.clock)
    return _settled(when, (first_instant(wall, zone), wall), zone)


def _last_time(when: When, at: int, now: int, zone: tzinfo, *, beside: int | None = None) -> Moment:
    """The last showing of a clock time at or before `at`, with a note if that is not the day one expects.

    Args:
        when: A clock time without a day.
        at: The instant not to go beyond.
        now: The instant of the command.
        zone: Where the user's clock is.
        beside: An instant of the expected calendar day; None: today.
    """
    moment = _settled(when, _last(when.clock, at, zone), zone)
    return _with_day_note(moment, when, now, zone, now if beside is None else beside)


def _settled(when: When, showing: Showing, zone: tzinfo) -> Moment:
    """The moment of a showing, with a note if it is one of two.

    Raises:
        UsageError: Clocks skip it.
    """
    instant, wall = showing
    _within_years(instant, quoted(when.text))
    both = instants(wall, zone)
    if not both:
        raise _skipped(when, instant, wall, zone)
    if len(both) == 1:
        return Moment(instant)
    which, other = ("first", both[1]) if instant == both[0] else ("second", both[0])
    taken, left = (_shown(one, zone, with_offset=True) for one in (instant, other))
    note = f"{_text(wall)} happens twice; the {which} is taken, {taken}. The other is {left}."
    return Moment(instant, note)


def _skipped(when: When, instant: int, wall: datetime, zone: tzinfo) -> UsageError:
    # The second before the change, counted on: 02:00 reads better than 01:59:59.
    before = local(instant - 1, zone).replace(tzinfo=None) + timedelta(seconds=1)
    after = _shown(instant, zone)
    return UsageError(
        f"{quoted(when.text)}: there is no {_text(wall)}, the clocks go from {_text(before)} to {after}.",
        code="time_not_understood",
        hint=f"Give a time that there is; the first after it is {after}.",
    )


def _with_day_note(moment: Moment, when: When, now: int, zone: tzinfo, beside: int) -> Moment:
    """The moment with a note if a time without a day is not on the calendar day of the instant `beside`."""
    day = local(moment.instant, zone).date()
    if day == local(beside, zone).date():
        return moment
    whose = "yesterday's, " if local(now, zone).date() - day == ONE_DAY else ""
    note = f"{when.text} is understood as {whose}{_shown(moment.instant, zone)}."
    return moment._replace(note=f"{note} {moment.note}".rstrip())


def _shown(instant: int, zone: tzinfo, *, with_offset: bool = False) -> str:
    """`2026-11-20 09:15` as clocks in `zone` show it, or `2026-11-20T09:15+01:00`."""
    wall = local(instant, zone)
    return _text(wall, "T") if with_offset else _text(wall.replace(tzinfo=None))


def _text(wall: datetime, separator: str = " ") -> str:
    return wall.isoformat(separator, "auto" if wall.second else "minutes")
