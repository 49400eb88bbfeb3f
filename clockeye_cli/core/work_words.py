"""Working hours, weekdays, targets and holidays, as people write them in the settings."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

from clockeye_cli.core.day import DAY_SECONDS, FIRST_YEAR, LAST_YEAR, WEEKDAYS, parse_clock, parse_weekday
from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.typing import NamedTuple
from clockeye_cli.core.workday import DAYS_A_WEEK, Holiday, spread

A_WEEK = ("a week", "per week", "/week")
A_DAY = ("a day", "per day", "/day")
HALF = "half"
HOURS = "hours such as 09:00-17:00"
TARGETS = "8h, 38h a week, or mon-thu 8h, fri 6h"
HOLIDAYS = "2026-12-25 Christmas, 2026-12-24 half Christmas Eve or 2026-07-06..2026-07-17 leave"


class TypedTarget(NamedTuple):
    """The time to work, as written: one of the three is given.

    Attributes:
        a_day: Seconds for each work day.
        a_week: Seconds for a week, to be spread over its work days.
        named: Seconds by weekday, from Monday to Sunday.
    """

    a_day: int = 0
    a_week: int = 0
    named: tuple[int, ...] = ()

    def week(self, work_days: frozenset[int]) -> tuple[int, ...]:
        """The seconds per weekday, from Monday to Sunday.

        Args:
            work_days: The numbers of the work days, 0 Monday to 6 Sunday.
        """
        return self.named or spread(self.a_week or self.a_day * len(work_days), work_days)


def parse_hours(text: str) -> tuple[int, int]:
    """The seconds after midnight at which working hours such as `09:00-17:00` or `9 - 17` begin and end.

    Raises:
        ValueError: It is not understood; the message says what is expected.
    """
    first, _, last = text.partition("-")
    return parse_clock(first.strip(), HOURS), parse_clock(last.strip(), HOURS)


def parse_weekdays(text: str) -> frozenset[int]:
    """The numbers of weekdays such as `monday-thursday, sat`, 0 Monday to 6 Sunday.

    Raises:
        ValueError: It is not understood; the message says what is expected.
    """
    days = set[int]()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        day, end = (parse_weekday(name.strip()) for name in (first, last if dash else first))
        days |= {(day + more) % DAYS_A_WEEK for more in range((end - day) % DAYS_A_WEEK + 1)}
    return frozenset(days)


def parse_target(text: str) -> TypedTarget | None:
    """The time to work: `8h` a work day, `38h a week`, or by weekday, `mon-thu 8h, fri 6h`; empty for none.

    Raises:
        ValueError: It is not understood; the message says why.
        UsageError: A duration is not understood.
    """
    plain = " ".join(text.lower().split())
    if not plain:
        return None
    for ending in A_WEEK:
        if plain.endswith(ending):
            return TypedTarget(a_week=_most(plain.removesuffix(ending), DAYS_A_WEEK, "a week"))
    if plain[:1].isalpha() and not plain.startswith("pt"):  # PT7H30M is a duration
        return TypedTarget(named=_by_weekday(plain))
    for ending in A_DAY:
        plain = plain.removesuffix(ending)
    return TypedTarget(a_day=_most(plain, 1, "a day"))


def _by_weekday(plain: str) -> tuple[int, ...]:
    week: dict[int, int] = {}
    days: list[int] = []
    for part in _parts(plain):
        words = part.split()
        names = [*takewhile(lambda word: word[0].isalpha(), words)]
        days += [day for name in names for day in sorted(parse_weekdays(name.rstrip(":")))]
        if not names:
            raise ValueError(f"expected a weekday before {part.strip()[:40]!r}, as in {TARGETS}")
        if len(words) == len(names):
            continue  # mon, tue 8h: the time follows
        seconds = _most(" ".join(words[len(names) :]), 1, "a day")
        for day in days:
            if day in week:
                raise ValueError(f"{WEEKDAYS[day]} is in it twice")
            week[day] = seconds
        days = []
    if days:
        raise ValueError(f"expected a time after {WEEKDAYS[days[-1]]}, as in {TARGETS}")
    return tuple(week.get(day, 0) for day in range(DAYS_A_WEEK))


def _parts(plain: str) -> list[str]:
    """The parts between commas, but for the comma of `7,5h`."""
    import re

    return re.split(r",(?!\d)", re.sub(r" ?- ?", "-", plain))


def _most(text: str, days: int, unit: str) -> int:
    """The seconds of a duration of at most some days."""
    seconds = parse_duration(text.strip())
    if seconds > days * DAY_SECONDS:
        raise ValueError(f"{unit} has only {days * 24} hours")
    return seconds


def listed_holidays(text: str) -> list[str]:
    """The items of a list of holidays: lines, or separated by a comma before the next date."""
    if not text.strip():
        return []
    import re  # late: most people list none

    items = re.split(r"\n|,\s*(?=\d{4}-)", text)
    return [item.strip() for item in items if item.strip()]


def parse_holidays(text: str) -> tuple[Holiday, ...]:
    """Holidays: a day or a span of days each, then `half` if only half a day is free, then a name.

    Raises:
        ValueError: One is not understood; the message names it and says what is expected.
    """
    return tuple(map(_holiday, listed_holidays(text)))


def _holiday(item: str) -> Holiday:
    days, rest = [*item.replace(" .. ", "..").split(None, 1), ""][:2]
    first, dots, last = days.partition("..")
    try:
        start, end = (_day(day) for day in (first, last if dots else first))
    except ValueError:
        raise ValueError(f"expected {HOLIDAYS}, not {item[:40]!r}") from None
    if end < start:
        raise ValueError(f"{days} ends before it begins")
    word, name = [*rest.split(None, 1), "", ""][:2]
    is_half = word.lower() == HALF
    return Holiday(start, end, is_half, name if is_half else rest)


def _day(text: str) -> date:
    """A day as `2026-12-25`, and in no other form of ISO 8601."""
    day = date.fromisoformat(text)
    if text != day.isoformat() or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day
