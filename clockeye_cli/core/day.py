"""Days: when each begins in a time zone, and how a span is divided among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

from clockeye_cli.core.typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
DAY_SECONDS = 86_400
"""Seconds of a UTC day; a day of a zone may have more or fewer."""

FIRST_YEAR, LAST_YEAR = 1970, 9998
"""Years that may be typed: instants begin in 1970, and the day after the last must still be a valid date."""

LAST_INSTANT = (date(LAST_YEAR, 12, 31) - EPOCH.date()).days * DAY_SECONDS + DAY_SECONDS - 1
"""The last second of LAST_YEAR in UTC; a stored instant after it is damaged."""

YEAR_3000 = 32_503_680_000
"""From here on, and before 1970, `fromtimestamp` fails on Windows; in between it is twice as fast."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_NUMBERS = {
    word: number for number, name in enumerate(WEEKDAYS) for word in (name.lower(), name[:3].lower())
}


MINUTES_A_DAY = 24 * 60


def parse_clock(text: str, form: str = "a time of day such as 04:30") -> int:
    """The seconds after midnight of a time of day such as `04:30` or `4`.

    Args:
        text: The time.
        form: What to expect, for the error.

    Raises:
        ValueError: It is not one; the message says what is expected.
    """
    hours, _, minutes = (text if ":" in text else f"{text}:00").partition(":")
    has_digits = len(hours) in (1, 2) and len(minutes) == 2  # noqa: PLR2004 (digits)
    if not has_digits or not (hours + minutes).isdecimal() or not text.isascii():
        raise ValueError(f"expected {form}")
    since_midnight = int(hours) * 60 + int(minutes)
    if int(minutes) >= 60 or since_midnight >= MINUTES_A_DAY:  # noqa: PLR2004 (minutes an hour)
        raise ValueError("the day ends at 23:59")
    return since_midnight * 60


def parse_weekday(text: str) -> int:
    """The number of a weekday, 0 Monday to 6 Sunday, by its name or the first three letters.

    Raises:
        ValueError: It is not one; the message says what is expected.
    """
    if text.lower() not in WEEKDAY_NUMBERS:
        raise ValueError("expected a weekday such as sunday")
    return WEEKDAY_NUMBERS[text.lower()]


def local(instant: int, zone: tzinfo) -> datetime:
    """The wall time in `zone` at an instant, as an aware datetime (`fold` tells repeated times apart).

    Raises:
        OverflowError: The instant is outside the years 1 to 9999.
    """
    if 0 <= instant < YEAR_3000:
        return datetime.fromtimestamp(instant, zone)
    return (EPOCH + timedelta(seconds=instant)).astimezone(zone)


def instants(wall: datetime, zone: tzinfo) -> list[int]:
    """All instants at which clocks in `zone` show the naive `wall` (whole seconds), ascending.

    None if a clock change skips it, two if a clock change repeats it, otherwise one (PEP 495).
    """
    both = {_instant(wall, zone, fold) for fold in (0, 1)}
    return sorted(instant for instant in both if _wall(instant, zone) == wall)


def first_instant(wall: datetime, zone: tzinfo) -> int:
    """The first instant at which clocks in `zone` show the naive `wall` or a later time.

    For a repeated time this is the first; for a skipped one it is the instant of the change, even if
    whole days were skipped (Pacific/Apia had no 2011-12-30).
    """
    first = _instant(wall, zone, 0)
    if _wall(first, zone) == wall:
        return first
    # In a gap, fold 0 uses the offset before the change and so gives an instant after it; fold 1, before it.
    from bisect import bisect_left

    before = _instant(wall, zone, 1)
    return before + bisect_left(range(before, first), wall, key=lambda instant: _wall(instant, zone))


def _instant(wall: datetime, zone: tzinfo, fold: int) -> int:
    return (wall.replace(tzinfo=zone, fold=fold) - EPOCH) // SECOND


def _wall(instant: int, zone: tzinfo) -> datetime:
    return local(instant, zone).replace(tzinfo=None, fold=0)


@cache  # a list asks for the same day with each of its rows
def _day_start(day: date, clock: int, zone: tzinfo) -> int:
    return first_instant(wall_time(day, clock), zone)


def utc_midnight(day: date) -> int:
    """The instant at which `day` begins in UTC."""
    return (day - EPOCH.date()).days * DAY_SECONDS


def wall_time(day: date, clock: int) -> datetime:
    """The naive time `clock` seconds, by the wall clock, after midnight of `day`."""
    return datetime(day.year, day.month, day.day) + timedelta(seconds=clock)  # noqa: DTZ001 - naive is the point


def parse_date(text: str) -> date | None:
    """The date that a text such as `2026-10-31` stands for; None for an empty one.

    Raises:
        ValueError: It is no date, or outside of the years that may be typed.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.isoformat() != text or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("expected a day such as 2026-10-31")
    return day


class DayRule(NamedTuple):
    """When a user's days and weeks begin; every list and every sum counts by this rule.

    Attributes:
        zone: The user's time zone.
        day_start: When a day begins, in seconds after midnight, 0 to 86,399.
        week_start: The weekday that a week begins with, 0 Monday to 6 Sunday.
    """

    zone: tzinfo
    day_start: int = 0
    week_start: int = 0

    def start(self, day: date) -> int:
        """The instant at which `day` begins: the first one at or after `day_start` on its date."""
        return _day_start(day, self.day_start, self.zone)

    def day_of(self, instant: int) -> date:
        """The day that an instant belongs to: the last day that has begun by then."""
        day = local(instant, self.zone).date()
        while self.start(day) > instant:
            day -= ONE_DAY
        while self.start(day + ONE_DAY) <= instant:
            day += ONE_DAY
        return day

    def starts(self, first: date, last: date) -> list[int]:
        """The starts of the days `first` to `last` and of the day after, in ascending order.

        `bisect_right(starts, instant) - 1` is the number of days from `first` to the instant's day.
        """
        return [self.start(first + timedelta(days=n)) for n in range((last - first).days + 2)]

    def parts(self, started_at: int, ended_at: int) -> list[tuple[date, int]]:
        """The seconds of a span that fall on each day, ascending; their sum is the span's duration.

        Days without a second of the span are left out; an empty span is one part of 0 seconds.
        """
        day = self.day_of(started_at)
        parts = []
        at, day_end = started_at, self.start(day + ONE_DAY)
        if day_end < ended_at:
            self.day_of(ended_at)  # an instant after the last day fails now, not after millions of days
        while day_end < ended_at:
            if at < day_end:  # a day that the zone skipped has no seconds
                parts.append((day, day_end - at))
            at, day = day_end, day + ONE_DAY
            day_end = self.start(day + ONE_DAY)
        return [*parts, (day, ended_at - at)]

    def hours(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces of a span in which clocks show one hour: the instant of each, and the hour, 0 to 23."""
        pieces = []
        while start < end:
            wall = local(start, self.zone)
            pieces.append((start, wall.hour))
            after = start + 3_600 - 60 * wall.minute - wall.second
            if local(after, self.zone).utcoffset() != wall.utcoffset():
                from bisect import bisect_left

                offset = wall.utcoffset()  # the clocks change before: cut where they do
                after = start + bisect_left(
                    range(start, after), 1, key=lambda each: local(each, self.zone).utcoffset() != offset
                )
            start = after
        return pieces

    def week_of(self, day: date) -> date:
        """The first day of the week that contains `day`."""
        return day - timedelta(days=(day.weekday() - self.week_start) % 7)

    def units_of(self, day: date) -> dict[str, date | int]:
        """The first days of the week, month, quarter and year of `day`, and its place in the week."""
        return {
            "day": day,
            "week": self.week_of(day),
            "month": day.replace(day=1),
            "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
            "year": day.replace(month=1, day=1),
            "weekday": (day.weekday() - self.week_start) % 7,
        }
