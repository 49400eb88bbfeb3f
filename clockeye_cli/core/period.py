"""Periods: the runs of days that `log`, `report` and the others show, and the words that choose one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR, ONE_DAY, WEEKDAYS, day_name
from clockeye_cli.core.duration import plain_words, quoted
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.core.day import DayRule

FORMS = (
    *("today", "yesterday", "monday", "last friday", "3 days ago", "2026-11-03"),
    *("week", "last week", "last 7 days", "2026-W46", "month", "last month", "2026-09", "2026-Q3"),
    *("year", "last year", "2024", "all"),
)
"""What people may type, as the help and docs/times.md list it."""

_DAY_FORMS = "2026-11-20, today, yesterday, monday or 3 days ago"
_PERIOD_FORMS = (
    "today, last week, month, last year, all, 2026-11-20, 2026-11, 2026-W47, 2026-Q4, 2026 and last 7 days"
)
_MONTHS_IN_YEAR = 12

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a line instead of twelve
)
_SPANS = {"week", "month", "year"}
_LAST_DAYS = r"last (\d{1,5}) days?"
_CALENDAR = r"(\d{4})(?:-(?:(\d\d)|w(\d\d)|q(\d)))?"


class Period(NamedTuple):
    """A run of days.

    Attributes:
        first: The first day; None: from the beginning of time.
        last: The last day, included; None: to its end.
        name: What a heading calls it.
    """

    first: date | None
    last: date | None
    name: str

    def bounds(self, rule: DayRule) -> tuple[int | None, int | None]:
        """The instants at which the period begins (included) and ends (no longer included); None: open."""
        return (
            None if self.first is None else rule.start(self.first),
            None if self.last is None else rule.start(self.last + ONE_DAY),
        )


def choose_period(
    *,
    words: str = "",
    flag: str = "",
    option: str = "",
    first: str = "",
    last: str = "",
    default: str,
    today: date,
    week_start: int,
) -> Period:
    """The period that the arguments of a command ask for; empty ones were not given.

    Args:
        words: The plain words, joined by spaces.
        flag: The name of a flag, `last-week` for `--last-week`.
        option: The value of `--period`.
        first: The value of `--from`; without `last` it runs to today.
        last: The value of `--to`.
        default: The period if none was asked for, in the same words.
        today: The day that is now, by `day_start` (`DayRule.day_of`).
        week_start: The weekday that a week begins with, 0 Monday to 6 Sunday.

    Raises:
        UsageError: Two were asked for, one is not understood, or it ends before it begins.
    """
    asked = [(text, name) for text, name in _asked(words, flag, option, first, last) if text]
    if len(asked) > 1:
        raise UsageError(
            f"Two periods were given: {asked[0][1]} and {asked[1][1]}.", hint="Leave one of them out."
        )
    if first or last:
        return _from_to(first, last, today)
    return parse_period(words or flag or option or default, today, week_start)


def _asked(words: str, flag: str, option: str, first: str, last: str) -> list[tuple[str, str]]:
    """Each way to ask for a period: what was given, and what to call it in a message."""
    return [
        (words, quoted(words)),
        (flag, f"--{flag}"),
        (option, f"--period {quoted(option)}"),
        (first or last, f"--from {quoted(first)}" if first else f"--to {quoted(last)}"),
    ]


def _from_to(first: str, last: str, today: date) -> Period:
    if not first:
        raise UsageError(
            f"--to {quoted(last)} alone does not say where the period begins.", hint="Add --from DAY."
        )
    begin = parse_day(first, today)
    end = parse_day(last, today) if last else today
    if end < begin:
        whose = "" if last else " (today)"
        raise UsageError(
            f"The period from {begin} to {end}{whose} ends before it begins.",
            hint="Exchange --from and --to." if last else f"Add --to, as in: --from {begin} --to {begin}",
        )
    return _day(begin) if begin == end else Period(begin, end, f"{begin} to {end}")


def parse_period(text: str, today: date, week_start: int) -> Period:
    """The period that words name, as `today`, `last week`, `last-week`, `2026-11`, `2026-W47` or a DAY.

    Args:
        text: The words, in any case.
        today: The day that is now, by `day_start`.
        week_start: The weekday that `week` begins with; `2026-W47` is always a week of ISO 8601.

    Raises:
        UsageError: It is not understood, or there is no such month, week or day.
    """
    plain = plain_words(text)
    try:
        period = _in_words(plain.replace("-", " "), today, week_start) or _in_numbers(plain)
        day = None if period else day_name(plain)
    except ValueError as problem:
        raise _refused(text, f"is not a period: {problem}", f"Understood are {_PERIOD_FORMS}.") from None
    if period:
        return period
    if day:
        return _day(day.on(today))
    raise _refused(text, "is not a period", f"Understood are {_PERIOD_FORMS}.")


def parse_day(text: str, today: date) -> date:
    """The day that a text names: a date, `today`, `yesterday`, `3 days ago`, or a weekday.

    `monday` is the last one, today included; `last monday` lies before today.

    Raises:
        UsageError: It names none, or one that does not exist.
    """
    try:
        day = day_name(plain_words(text))
    except ValueError as problem:
        raise _refused(text, f"is not a day: {problem}", f"A day is {_DAY_FORMS}.") from None
    if day is None:
        raise _refused(text, "is not a day", f"A day is {_DAY_FORMS}.")
    return day.on(today)


def _refused(text: str, problem: str, hint: str) -> UsageError:
    return UsageError(f"{quoted(text)} {problem}.", code="period_not_understood", hint=hint)


def _in_words(plain: str, today: date, week_start: int) -> Period | None:
    if plain == "all":
        return Period(None, None, "All time")
    if days := re.fullmatch(_LAST_DAYS, plain):
        return _last_days(int(days[1]), today)
    span = plain.removeprefix("this ").removeprefix("last ")
    if span not in _SPANS or plain.startswith("this last"):
        return None
    is_last = plain.startswith("last ")
    if span == "week":
        return _week(today - timedelta(days=(today.weekday() - week_start) % 7 + 7 * is_last))
    if span == "year":
        return _months(today.year - is_last, 1, _MONTHS_IN_YEAR)
    month = today.replace(day=1) - ONE_DAY * is_last
    return _months(month.year, month.month, 1)


def _in_numbers(plain: str) -> Period | None:
    found = re.fullmatch(_CALENDAR, plain)
    if not found:
        return None
    year, month, week, quarter = (int(number) if number else None for number in found.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"years go from {FIRST_YEAR} to {LAST_YEAR}")
    if week is not None:
        return _iso_week(year, week)
    if quarter is not None:
        return _quarter(year, quarter)
    if month is None:
        return _months(year, 1, _MONTHS_IN_YEAR)
    if not 1 <= month <= _MONTHS_IN_YEAR:
        raise ValueError(f"there is no month {month}")
    return _months(year, month, 1)


def _iso_week(year: int, week: int) -> Period:
    try:
        return _week(date.fromisocalendar(year, week, 1))
    except ValueError:
        raise ValueError(f"{year} has no week {week}") from None


def _quarter(year: int, quarter: int) -> Period:
    if not 1 <= quarter <= 4:  # noqa: PLR2004 - a year has four
        raise ValueError(f"there is no quarter {quarter}")
    first, last, _ = _months(year, 3 * quarter - 2, 3)
    return Period(first, last, f"{year}-Q{quarter}, {first} to {last}")


def _months(year: int, month: int, count: int) -> Period:
    """One month, or `count` of them within a year."""
    after = date(year + (month + count > _MONTHS_IN_YEAR), (month + count - 1) % _MONTHS_IN_YEAR + 1, 1)
    name = f"{_MONTHS[month - 1]} {year}" if count == 1 else str(year)
    return Period(date(year, month, 1), after - ONE_DAY, name)


def _week(first: date) -> Period:
    last = first + timedelta(days=6)
    number = (
        f" {first.isocalendar().week}," if first.weekday() == 0 else ""
    )  # others have no number in ISO 8601
    return Period(first, last, f"Week{number} {first} to {last}")


def _last_days(count: int, today: date) -> Period:
    if count == 0:
        raise ValueError("it needs one day or more")
    first = today - timedelta(days=count - 1)
    return Period(first, today, f"Last {count} days, {first} to {today}") if count > 1 else _day(today)


def _day(day: date) -> Period:
    return Period(day, day, f"{WEEKDAYS[day.weekday()]} {day}")
