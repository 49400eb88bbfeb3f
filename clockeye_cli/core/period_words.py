"""Periods as people type them, and as headings and labels print them."""

from __future__ import annotations

from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.day_names import day_name, is_number, month_number
from clockeye_cli.core.duration import plain_words, quoted
from clockeye_cli.core.period import (
    ALL_TIME,
    MONTHS_OF,
    Period,
    days,
    iso_week,
    last_units,
    months,
    unit_before,
)
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

FORMS = (
    *("today", "yesterday", "monday", "last friday", "3 days ago", "2026-11-03", "nov 10", "10 nov"),
    *("week", "this week", "last week", "2 weeks ago", "last 2 weeks", "last 7 days", "w46", "2026-W46"),
    *("week of 2026-11-10", "month", "last month", "last 3 months", "october", "oct 2025", "2026-09"),
    *("quarter", "last quarter", "q3", "2026-Q3", "year", "last year", "2024", "since monday"),
    *("monday to friday", "nov 10 to nov 12", "2026-11-10..2026-11-12", "all"),
)
"""What people may type, as the help and docs/times.md list it."""

_DAY_EXAMPLES = "Examples: 2026-11-20, nov 20, today, yesterday, monday, 3 days ago."
_PERIOD_EXAMPLES = (
    "Examples: today, last week, november, last 7 days, monday to friday, 2026-11-20, 2026-11, 2026-W47,"
    " q4, all."
)
_UNITS = {"day", "week", *MONTHS_OF}
_SEPARATORS = (" to ", "..", " - ")
_YEARS_AROUND = 9
"""Years to search for one with a week 53."""


class Now(NamedTuple):
    """What a period in words depends on.

    Attributes:
        today: Today, by `day_start` (`DayRule.day_of`).
        week_start: The weekday that `week` begins with; `2026-W47` is always a week of ISO 8601.
        begin: The first day of the period of which the words name the end; None if they name all of it.
    """

    today: date
    week_start: int
    begin: date | None = None


def parse_day(text: str, today: date, *, begin: date | None = None) -> date:
    """The day that a text names: a date, `today`, `yesterday`, `3 days ago`, or a weekday.

    `monday` is the last Monday, today included; `last monday` is before today.

    Args:
        text: The words, in any case.
        today: Today, by `day_start`.
        begin: The first day of the period of which this is the last; None for any other day.

    Raises:
        UsageError: It names no day, or a day that does not exist.
    """
    try:
        day = day_name(plain_words(text))
    except ValueError as problem:
        raise _refused("day", text, _DAY_EXAMPLES, f": {problem}") from None
    if day is None:
        raise _refused("day", text, _DAY_EXAMPLES)
    return day.on(today) if begin is None else day.first_from(begin, today)


def parse_period(text: str, today: date, week_start: int) -> Period:
    """The period that words name, as `today`, `last week`, `nov 10`, `2026-W47` or `monday to friday`.

    Args:
        text: The words, in any case.
        today: Today, by `day_start`.
        week_start: The weekday that `week` begins with; `2026-W47` is always a week of ISO 8601.

    Raises:
        UsageError: It is not a period, or the month, week or day does not exist.
    """
    plain = plain_words(text.replace(" · ", ", ").replace("–", "-"))
    then = Now(today, week_start)
    try:
        period = _single(plain, then) or _printed(plain, then) or _range(plain, then)
    except (ValueError, OverflowError) as problem:
        reason = "it is out of range" if isinstance(problem, OverflowError) else problem
        raise _refused("period", text, _PERIOD_EXAMPLES, f": {reason}") from None
    if period is None:
        raise _refused("period", text, _PERIOD_EXAMPLES)
    return period


def _refused(kind: str, text: str, hint: str, reason: str = "") -> UsageError:
    return UsageError(f"Invalid {kind} {quoted(text)}{reason}.", code="period_not_understood", hint=hint)


def _single(plain: str, then: Now) -> Period | None:
    """A period in words that name no other period."""
    if day := day_name(plain):
        date = day.on(then.today) if then.begin is None else day.first_from(then.begin, then.today)
        return days(date, date)
    words = plain.replace("-", " ").split()
    return _relative(words, then) or _numbered(words, then)


def _relative(words: list[str], then: Now) -> Period | None:
    """`all`, `week`, `this month`, `last quarter`, `last 2 weeks`, `2 weeks ago`, `week of nov 10`."""
    match words:
        case ["all"] | ["all", "time"]:
            return ALL_TIME
        case ["last", count, units] if is_number(count, 1, 5) and units.removesuffix("s") in _UNITS:
            return last_units(units.removesuffix("s"), int(count), then.today, then.week_start)
        case ["week", "of", *rest]:
            day = day_name("-".join(rest)) or day_name(" ".join(rest))
            return unit_before("week", 0, day.on(then.today), then.week_start) if day else None
        case [unit] | ["this", unit]:
            back = 0
        case ["last", unit]:
            back = 1
        case [count, units, "ago"] if is_number(count, 1, 5):
            unit, back = units.removesuffix("s"), int(count)
        case _:
            return None
    return unit_before(unit, back, then.today, then.week_start) if unit in _UNITS - {"day"} else None


def _numbered(words: list[str], then: Now) -> Period | None:
    """`2026`, `2026-11`, `2026-w46`, `november`, `nov 2026`, `w46`, `week 46`, `q3 2026`, `last q3`."""
    is_past = words[:1] == ["last"]
    names = [word for word in words[is_past:] if not is_number(word, 4, 4)]
    years = [word for word in words[is_past:] if is_number(word, 4, 4)]
    if len(years) > 1 or (is_past and years):
        return None
    if years and len(names) == 1 and words[0] == years[0] and is_number(names[0], 2, 2):
        return months("month", int(years[0]), int(names[0]))
    if years and not names:
        return months("year", int(years[0]))
    of_year = _of_year(names)
    if of_year is None:
        return None
    return of_year(int(years[0])) if years else _nearest(of_year, then, is_past=is_past)


def _of_year(names: list[str]) -> Callable[[int], Period] | None:
    """From a year to the month, week or quarter of it that words name.

    Raises:
        ValueError: No year has such a week.
    """
    match names:
        case ["week", number] if is_number(number, 1, 2):
            if not 1 <= int(number) <= 53:  # noqa: PLR2004 - as in ISO 8601
                raise ValueError(f"there is no week {int(number)}")
            return lambda year: iso_week(year, int(number))
        case [name] if name[:1] == "w" and is_number(name[1:], 1, 2):
            return _of_year(["week", name[1:]])
        case [name] if name[:1] == "q" and is_number(name[1:], 1, 1):
            return lambda year: months("quarter", year, int(name[1:]))
        case [name] if (month := month_number(name)) is not None:
            return lambda year: months("month", year, month)
    return None


def _nearest(of_year: Callable[[int], Period], then: Now, *, is_past: bool) -> Period:
    """The latest that has begun.

    After `last` it is the latest that is over; as the end of a range the first at or after its begin.

    Raises:
        ValueError: No year near today has one.
    """
    around = then.today if then.begin is None else then.begin
    years = range(around.year - _YEARS_AROUND, around.year + _YEARS_AROUND + 1)
    problem = ValueError()
    for year in years if then.begin else reversed(years):
        try:
            period = of_year(year)
        except ValueError as error:
            problem = error
            continue
        if period.first is None or period.last is None:
            continue
        if then.begin is not None and period.last >= then.begin:
            return period
        if then.begin is None and (period.last if is_past else period.first - ONE_DAY) < then.today:
            return period
    raise problem


def _printed(plain: str, then: Now) -> Period | None:
    """A period in the words of a heading, or of a column of a timesheet."""
    from clockeye_cli.core import period_headings as headings  # late: people rarely type them

    return (
        headings.day_in_column(plain.split(), then.today)
        or headings.title(plain, then.today)
        or headings.heading(plain, then.week_start)
    )


def _range(plain: str, then: Now) -> Period | None:
    """`monday to friday`, `2026-11-10..2026-11-12`, `since monday`."""
    if plain.startswith("since "):
        begin = _single(plain.removeprefix("since "), then)
        return _between(begin, days(then.today, then.today)) if begin else None
    plain = plain.removeprefix("from ")
    for separator in _SEPARATORS:
        head, mark, tail = plain.rpartition(separator)
        if not mark:
            continue
        if not (head.strip() and tail.strip()):
            raise ValueError("a range needs both ends, as in 2026-11-10..2026-11-12")
        return _from_to(head.strip(), tail.strip(), then)
    return _joined(plain.split(), then)


def _joined(words: list[str], then: Now) -> Period | None:
    """`mon-fri`, `q1-q2`, `10-12 nov`, `week 46-47`, `16-22 nov 2025`: no blanks around the dash."""
    for place, word in enumerate(words):
        first, dash, last = word.partition("-")
        if dash and first.isalnum() and last.isalnum():
            begin, end = (" ".join([*words[:place], each, *words[place + 1 :]]) for each in (first, last))
            return _from_to(begin, end, then)
    return None


def _from_to(head: str, tail: str, then: Now) -> Period | None:
    begin = _single(head, then)
    end = _single(tail, then._replace(begin=begin.first)) if begin and begin.first else None
    return _between(begin, end) if begin and end else None


def _between(begin: Period, end: Period) -> Period | None:
    if begin.first is None or end.last is None:
        return None
    if end.last < begin.first:
        raise ValueError(f"it ends on {end.last}, before it begins on {begin.first}")
    return days(begin.first, end.last)
