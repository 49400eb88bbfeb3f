"""Days as people type them: `monday`, `nov 10`, `3 days ago`, `2026-11-20`; parsed without a clock."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from clockeye_cli.core.typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

LEAP_YEAR = 2024
YEARS_BETWEEN_LEAP_DAYS = 8
ORDINALS = frozenset(("st", "nd", "rd", "th"))
_SHORTEST = 3
"""Letters that a month or a weekday may be cut to."""


class DayName(NamedTuple):
    """A calendar day as typed, which may depend on today.

    Attributes:
        fixed: The date, if a date with its year was typed.
        back: Otherwise, how many days before today to start.
        weekday: The weekday to search for from there, going back (0 Monday); None for the start itself.
        month: The month of a date without its year, 1 to 12; None for all other forms.
        day: The day of that month.
    """

    fixed: date | None = None
    back: int = 0
    weekday: int | None = None
    month: int | None = None
    day: int = 0

    def on(self, today: date) -> date:
        """The date that it names on the date `today`; without a year, the latest that is not after today."""
        if self.fixed is not None:
            return self.fixed
        if self.month is not None:
            dates = self._dates(self.month, range(today.year, today.year - YEARS_BETWEEN_LEAP_DAYS - 1, -1))
            return next(each for each in dates if each <= today)
        day = today - timedelta(days=self.back)
        if self.weekday is None:
            return day
        return day - timedelta(days=(day.weekday() - self.weekday) % 7)

    def first_from(self, begin: date, today: date) -> date:
        """The date that it names as the end of a period that begins on `begin`.

        A weekday or a date without its year is the first one at or after that; all else depends on today.
        """
        if self.month is not None:
            dates = self._dates(self.month, range(begin.year, begin.year + YEARS_BETWEEN_LEAP_DAYS + 1))
            return next(each for each in dates if each >= begin)
        if self.weekday is not None and not self.back:
            return begin + timedelta(days=(self.weekday - begin.weekday()) % 7)
        return self.on(today)

    def _dates(self, month: int, years: range) -> list[date]:
        """The date in each of some years; only a leap year has a February 29."""
        return [date(year, month, self.day) for year in years if _exists(year, month, self.day)]


def day_name(plain: str) -> DayName | None:
    """The day that a text names; None if it names no day.

    Args:
        plain: `today`, `yesterday`, `monday`, `mon` (the last one, today included), `last monday` (before
            today), `3 days ago`, `2026-11-20`, `nov 20`, `20 november 2026` or `20.11.`, in lower case with
            single spaces.

    Raises:
        ValueError: It has the form of a date, but the date does not exist; the text says why.
    """
    if plain in {"today", "yesterday"}:
        return DayName(back=int(plain == "yesterday"))
    if (weekday := weekday_number(plain.removeprefix("last "))) is not None:
        return DayName(back=int(plain.startswith("last ")), weekday=weekday)
    if plain.endswith((" day ago", " days ago")):
        number = plain.removesuffix(" ago").rpartition(" ")[0]
        return DayName(back=int(number)) if is_number(number, 1, 5) else None
    parts = plain.split("-")
    if [len(part) for part in parts] == [4, 2, 2] and all(map(is_number, parts)):
        return DayName(fixed=calendar_date(*map(int, parts)))
    return _named_month(plain.replace(",", "").split()) or _with_dots(plain)


def _named_month(words: list[str]) -> DayName | None:
    """`nov 10`, `10 nov`, `10th november 2026`."""
    words = [word[:-2] if is_number(word[:-2], 1, 2) and word[-2:] in ORDINALS else word for word in words]
    if len(words) not in {2, 3} or not any(is_number(word, 1, 2) for word in words[:2]):
        return None
    day, name = sorted(words[:2], key=lambda word: not word.isdigit())
    month = month_number(name)
    if month is None or (len(words) > 2 and not is_number(words[2], 4, 4)):  # noqa: PLR2004 - a year is the third
        return None
    return _date(int(day), month, *words[2:])


def _with_dots(plain: str) -> DayName | None:
    """`20.11.`, `20.11.2026`; without the last dot it would be a time of day."""
    day, _, rest = plain.partition(".")
    month, second_dot, year = rest.partition(".")
    if not second_dot or not (is_number(day, 1, 2) and is_number(month, 1, 2)):
        return None
    if year and not is_number(year, 4, 4):
        return None
    return _date(int(day), int(month), *filter(None, [year]))


def _date(day: int, month: int, year: str = "") -> DayName:
    if year:
        return DayName(fixed=calendar_date(int(year), month, day))
    if not _exists(LEAP_YEAR, month, day):
        name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else None
        raise ValueError(f"{name} has no day {day}" if name else f"there is no month {month}")
    return DayName(month=month, day=day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def weekday_number(word: str) -> int | None:
    """The number of a weekday, 0 Monday to 6 Sunday, by its name or at least three letters of it."""
    return _place(word, WEEKDAYS)


def month_number(word: str) -> int | None:
    """The number of a month, 1 to 12, by its name or at least three letters of it."""
    place = _place(word, MONTHS)
    return None if place is None else place + 1


def _place(word: str, names: tuple[str, ...]) -> int | None:
    if len(word) < _SHORTEST:
        return None
    return next((place for place, name in enumerate(names) if name.lower().startswith(word)), None)


def calendar_date(year: int, month: int, day: int) -> date:
    """The date with these numbers.

    Raises:
        ValueError: The date does not exist, or its year is not supported; the text says which.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{year}-{month:02}-{day:02} does not exist") from None


def is_number(text: str, shortest: int = 1, longest: int = 9) -> bool:
    """Whether a text is a number of so many digits, ASCII ones only."""
    return shortest <= len(text) <= longest and text.isascii() and text.isdigit()
