"""Periods: the runs of days that `log`, `report` and other commands show, and the words that choose one."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR, ONE_DAY, WEEKDAYS, day_name
from clockeye_cli.core.duration import plain_words, quoted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.core.day import DayRule

FORMS = (
    *("today", "yesterday", "monday", "last friday", "3 days ago", "2026-11-03"),
    *("week", "last week", "last 7 days", "2026-W46", "month", "last month", "2026-09", "2026-Q3"),
    *("year", "last year", "2024", "all"),
)
"""What people may type, as the help and docs/times.md list it."""

_DAY_EXAMPLES = "Examples: 2026-11-20, today, yesterday, monday, 3 days ago."
_PERIOD_EXAMPLES = (
    "Examples: today, last week, month, last year, all, last 7 days, 2026-11-20, 2026-11, 2026-W47, 2026-Q4,"
    " 2026."
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
        first: The first day; None for the beginning of time.
        last: The last day, included; None for the end of time.
        name: Its name in headings.
    """

    first: date | None
    last: date | None
    name: str

    def bounds(self, rule: DayRule) -> tuple[int | None, int | None]:
        """The instants at which the period begins (included) and ends (excluded); None where it is open."""
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
    """The period that the arguments of a command choose; empty ones were not given.

    Args:
        words: The plain words, joined by spaces.
        flag: The name of a flag, `last-week` for `--last-week`.
        option: The value of `--period`.
        first: The value of `--from`; without `last` it runs to today.
        last: The value of `--to`.
        default: The period if none was given, in the same words.
        today: Today, by `day_start` (`DayRule.day_of`).
        week_start: The weekday that a week begins with, 0 Monday to 6 Sunday.

    Raises:
        UsageError: Two were given, one is not understood, or the period ends before it begins.
    """
    given = _given(words, flag, option, first, last)
    if len(given) > 1:
        raise UsageError(f"Two periods were given: {given[0]} and {given[1]}.", hint="Leave one of them out.")
    if first or last:
        return _from_to(first, last, today)
    return parse_period(words or flag or option or default, today, week_start)


def _given(words: str, flag: str, option: str, first: str, last: str) -> list[str]:
    """Each of the given ways to choose a period, as it is named in a message."""
    return [
        name
        for value, name in (
            (words, quoted(words)),
            (flag, f"--{flag}"),
            (option, f"--period {quoted(option)}"),
            (first or last, f"--from {quoted(first)}" if first else f"--to {quoted(last)}"),
        )
        if value
    ]


def _from_to(first: str, last: str, today: date) -> Period:
    if not first:
        raise UsageError(f"--to {quoted(last)} needs --from.", hint="Add --from DAY.")
    begin = parse_day(first, today)
    end = parse_day(last, today) if last else today
    if end < begin:
        whose = "" if last else " (today)"
        raise UsageError(
            f"The period from {begin} to {end}{whose} ends before it begins.",
            hint="Swap --from and --to." if last else f"Add --to, as in: --from {begin} --to {begin}",
        )
    return _day(begin) if begin == end else Period(begin, end, f"{begin} to {end}")


def parse_period(text: str, today: date, week_start: int) -> Period:
    """The period that words name, as `today`, `last week`, `last-week`, `2026-11`, `2026-W47` or a DAY.

    Args:
        text: The words, in any case.
        today: Today, by `day_start`.
        week_start: The weekday that `week` begins with; `2026-W47` is always a week of ISO 8601.

    Raises:
        UsageError: It is not a period, or the month, week or day does not exist.
    """
    plain = plain_words(text)
    try:
        day = day_name(plain)
        period = None if day else _in_words(plain.replace("-", " "), today, week_start) or _in_numbers(plain)
    except ValueError as problem:
        raise _refused("period", text, _PERIOD_EXAMPLES, f": {problem}") from None
    if period:
        return period
    if day:
        return _day(day.on(today))
    raise _refused("period", text, _PERIOD_EXAMPLES)


def parse_day(text: str, today: date) -> date:
    """The day that a text names: a date, `today`, `yesterday`, `3 days ago`, or a weekday.

    `monday` is the last Monday, today included; `last monday` is before today.

    Raises:
        UsageError: It names no day, or a day that does not exist.
    """
    try:
        day = day_name(plain_words(text))
    except ValueError as problem:
        raise _refused("day", text, _DAY_EXAMPLES, f": {problem}") from None
    if day is None:
        raise _refused("day", text, _DAY_EXAMPLES)
    return day.on(today)


def _refused(kind: str, text: str, hint: str, reason: str = "") -> UsageError:
    return UsageError(f"Invalid {kind} {quoted(text)}{reason}.", code="period_not_understood", hint=hint)


def _in_words(plain: str, today: date, week_start: int) -> Period | None:
    if plain == "all":
        return Period(None, None, "All time")
    span = plain.removeprefix("this ").removeprefix("last ")
    if span not in _SPANS or plain.startswith("this last"):
        import re

        days = re.fullmatch(_LAST_DAYS, plain)
        return _last_days(int(days[1]), today) if days else None
    is_last = plain.startswith("last ")
    if span == "week":
        return _week(today - timedelta(days=(today.weekday() - week_start) % 7 + 7 * is_last))
    if span == "year":
        return _months(today.year - is_last, 1, _MONTHS_IN_YEAR)
    month = today.replace(day=1) - ONE_DAY * is_last
    return _months(month.year, month.month, 1)


def _in_numbers(plain: str) -> Period | None:
    import re

    numbers = re.fullmatch(_CALENDAR, plain)
    if not numbers:
        return None
    year, month, week, quarter = (int(number) if number else None for number in numbers.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
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
    """One month, or `count` months within a year."""
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
        raise ValueError("it must have at least one day")
    first = today - timedelta(days=count - 1)
    return Period(first, today, f"Last {count} days, {first} to {today}") if count > 1 else _day(today)


def _day(day: date) -> Period:
    return Period(day, day, f"{WEEKDAYS[day.weekday()]} {day}")
