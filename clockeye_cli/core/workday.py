"""Working days: their hours, the time to work on each, and holidays."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from clockeye_cli.core.day import ONE_DAY, first_instant, local, wall_time
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, tzinfo

Span = tuple[int, int]
"""The instants at which something begins and ends."""

NEVER = (2**62, 2**62)

DAYS_A_WEEK = 7
HALVES = 2
"""Halves of a day: a holiday takes one or both."""


def hours_of(day: date, hours: tuple[int, int], zone: tzinfo) -> tuple[int, int]:
    """The instants at which the working hours that begin on a day begin and end.

    Args:
        day: A calendar day.
        hours: When they begin and end, in seconds after midnight. Hours that end no later than they begin go
            over midnight.
        zone: The user's time zone.
    """
    first, last = hours
    end_day = day + timedelta(days=last <= first)
    return first_instant(wall_time(day, first), zone), first_instant(wall_time(end_day, last), zone)


class Holiday(NamedTuple):
    """A holiday, or a run of days of leave.

    Attributes:
        first: The first day.
        last: The last day, included.
        is_half: Only half of each day is free.
        name: What people call it; may be empty.
    """

    first: date
    last: date
    is_half: bool = False
    name: str = ""


def free_halves(day: date, holidays: Sequence[Holiday]) -> int:
    """How many halves of a day are free, 0 to 2; two half holidays on one day make a whole one."""
    halves = [1 if each.is_half else HALVES for each in holidays if each.first <= day <= each.last]
    return min(HALVES, sum(halves))


class WorkHours(NamedTuple):
    """When somebody works.

    Attributes:
        days: The numbers of the work days, 0 Monday to 6 Sunday.
        hours: When the hours of such a day begin and end, in seconds after midnight; see `hours_of`.
        holidays: The days off: no hours begin on a holiday, and only the first half of them on a half one.
        zone: The user's time zone.
    """

    days: frozenset[int]
    hours: tuple[int, int]
    holidays: Sequence[Holiday]
    zone: tzinfo

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The working hours between two instants, by time, each day's by itself."""
        day, last = (local(instant, self.zone).date() for instant in (start, end))
        day -= ONE_DAY  # its hours may go over midnight
        while day <= last:
            began, ended = hours_of(day, self.hours, self.zone)
            halves = HALVES - free_halves(day, self.holidays)
            ended = began + (ended - began) * halves // HALVES
            if day.weekday() in self.days and max(began, start) < min(ended, end):
                yield max(began, start), min(ended, end)
            day += ONE_DAY


def untracked(hours: Iterable[Span], tracked: Iterable[Span], least: int) -> list[Span]:
    """The gaps within working hours that nothing covers, by time.

    Args:
        hours: The working hours, by time, one after the other.
        tracked: What was tracked, by its starts; spans may overlap.
        least: The shortest gap, in seconds.
    """
    gaps: list[Span] = []
    spans = ((start, end) for start, end in tracked if end > start)
    start, end = next(spans, NEVER)
    for began, ended in hours:
        at = began
        while start < ended:
            if start - at >= least:
                gaps.append((at, start))
            at = max(at, end)
            if end > ended:
                break  # it may cover the next hours, too
            start, end = next(spans, NEVER)
        if ended - at >= least:
            gaps.append((at, ended))
    return gaps


class Targets(NamedTuple):
    """The time to work.

    Attributes:
        week: Seconds per weekday, from Monday to Sunday.
        holidays: The days off: a holiday takes the time of its day, a half holiday half of it.
    """

    week: tuple[int, ...]
    holidays: Sequence[Holiday] = ()

    def of(self, day: date) -> int:
        """The seconds to work on a day."""
        return self.week[day.weekday()] * (HALVES - free_halves(day, self.holidays)) // HALVES

    def between(self, first: date, last: date) -> int:
        """The seconds to work from a day to another, both included; 0 if the last is before the first."""
        days = max(0, (last - first).days + 1)
        weeks, rest = divmod(days, DAYS_A_WEEK)
        whole = weeks * sum(self.week)
        whole += sum(self.week[(first.weekday() + number) % DAYS_A_WEEK] for number in range(rest))
        return whole - sum(self.week[day.weekday()] - self.of(day) for day in set(self._free(first, last)))

    def _free(self, first: date, last: date) -> Iterator[date]:
        """The days off between two days, some of them more than once."""
        for holiday in self.holidays:
            day = max(first, holiday.first)
            while day <= min(last, holiday.last):
                yield day
                day += ONE_DAY


def spread(seconds: int, days: frozenset[int]) -> tuple[int, ...]:
    """The seconds of a week spread evenly over some weekdays, from Monday to Sunday; they add up to it."""
    shares = dict.fromkeys(range(DAYS_A_WEEK), 0)
    for number, weekday in enumerate(sorted(days)):
        shares[weekday] = seconds * (number + 1) // len(days) - seconds * number // len(days)
    return (*shares.values(),)


def reached_at(spans: Iterable[Span], seconds: int) -> int | None:
    """The instant at which spans first add up to some seconds; None if they add up to less, or none are due.

    Where spans overlap, each of them counts, as in all sums.

    Args:
        spans: Starts and ends, instants; one that is still running ends in the future.
        seconds: The seconds to reach.
    """
    changes: Counter[int] = Counter()
    for start, end in spans:
        changes[start] += 1
        changes[end] -= 1
    at = active = done = 0
    for instant in sorted(changes):
        done += active * (instant - at)
        if done >= seconds > 0:
            return instant - (done - seconds) // active
        at, active = instant, active + changes[instant]
    return None
