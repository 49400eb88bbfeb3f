"""Sums over entries, by project, day or whatever else, under the one rule for days.

An entry counts in each day with its part, so the sum over days equals the sum over entries to the second.
Tags are the exception: an entry counts under each of its tags, so those sums can exceed the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.core.entry import tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from clockeye_cli.core.day import DayRule
    from clockeye_cli.core.entry import TimeEntry

KEYS = ("project", "tag", "day", "week", "month", "user", "description", "billable")
"""What sums can be taken by."""

OF_TIME = frozenset(("day", "week", "month"))

FOREVER = 2**62


class Sum(NamedTuple):
    """What was worked: seconds, those of them that are billable, and how many entries have a part in it."""

    duration: int = 0
    billable_duration: int = 0
    entries: int = 0


class Group(NamedTuple):
    """A sum and what it is of.

    Attributes:
        labels: A value for each key: a project's id or None, a tag or None, a `date` (of `week` and `month`
            their first day), a user (None: you), a description, a bool.
        sum: The sum.
    """

    labels: tuple[Any, ...]
    sum: Sum


class Span(NamedTuple):
    """The half-open span that counts; `(-FOREVER, FOREVER)` for all time."""

    start: int
    end: int

    @classmethod
    def of(cls, bounds: tuple[int | None, int | None]) -> Span:
        """The span between two bounds, of which None is open."""
        start, end = bounds
        return cls(-FOREVER if start is None else start, FOREVER if end is None else end)

    def counted(self, entry: TimeEntry) -> int:
        """The seconds of an entry that lie within."""
        return max(0, min(entry.ended_at, self.end) - max(entry.started_at, self.start))


def total(entries: Iterable[TimeEntry], span: Span) -> Sum:
    """The sum of all entries within a span."""
    duration = billable_duration = count = 0
    for entry in entries:
        seconds = span.counted(entry)
        duration += seconds
        billable_duration += seconds if entry.billable else 0
        count += 1
    return Sum(duration, billable_duration, count)


def grouped(entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span) -> list[Group]:
    """The sums of entries by some keys.

    Args:
        entries: Each has a part in the span.
        keys: Some of KEYS.
        rule: How days are counted.
        span: What counts.

    Returns:
        Groups by time first where a key is of time; by descending duration and then by label otherwise.
    """
    cut = _days(entries, rule, span) if OF_TIME.intersection(keys) else _uncut
    sums: dict[tuple[Any, ...], list[int]] = {}
    labels_of = _labels(keys, rule)
    for entry in entries:
        for day, seconds in cut(entry, span):
            for labels in labels_of(entry, day):
                sums_of = sums.get(labels)
                if sums_of is None:
                    sums_of = sums[labels] = [0, 0, 0]
                sums_of[0] += seconds
                if entry.billable:
                    sums_of[1] += seconds
                sums_of[2] += 1
    groups = [Group(labels, Sum(*found)) for labels, found in sums.items()]
    return _ordered(groups, keys)


def _uncut(entry: TimeEntry, span: Span) -> Iterable[tuple[date | None, int]]:
    return ((None, span.counted(entry)),)


def _days(
    entries: Sequence[TimeEntry], rule: DayRule, span: Span
) -> Callable[[TimeEntry, Span], Iterable[tuple[date | None, int]]]:
    """A function that cuts an entry at the starts of days, all of which are looked up only once."""
    if not entries:
        return _uncut
    first = rule.day_of(max(span.start, min(entry.started_at for entry in entries)))
    last = rule.day_of(min(span.end - 1, max(entry.ended_at for entry in entries)))
    starts = rule.starts(first, last)
    days = [first + timedelta(days=number) for number in range(len(starts))]

    def cut(entry: TimeEntry, span: Span) -> Iterator[tuple[date, int]]:
        at, end = max(entry.started_at, span.start), min(entry.ended_at, span.end)
        number = bisect_right(starts, at) - 1
        while number + 1 < len(starts) and starts[number + 1] < end:
            if starts[number + 1] > at:  # a zone may skip a whole day
                yield days[number], starts[number + 1] - at
                at = starts[number + 1]
            number += 1
        yield days[number], max(0, end - at)

    return cut


def _labels(
    keys: Sequence[str], rule: DayRule
) -> Callable[[TimeEntry, date | None], Iterable[tuple[Any, ...]]]:
    of_time: dict[tuple[str, date | None], date] = {}

    def period(key: str, day: date) -> date:
        if key == "day":
            return day
        return day.replace(day=1) if key == "month" else rule.week_of(day)

    def one(key: str, entry: TimeEntry, day: date | None, tag: str | None) -> Any:
        if key in OF_TIME:
            if (key, day) not in of_time:
                of_time[key, day] = period(key, day or date.min)
            return of_time[key, day]
        return FIXED[key](entry) if key != "tag" else tag

    def labels(entry: TimeEntry, day: date | None) -> Iterable[tuple[Any, ...]]:
        under: Sequence[str | None] = tags(entry.description) or (None,) if "tag" in keys else (None,)
        return [tuple(one(key, entry, day, tag) for key in keys) for tag in under]

    if len(keys) == 1 and keys[0] in FIXED:
        fixed = FIXED[keys[0]]
        return lambda entry, _day: ((fixed(entry),),)
    return labels


FIXED: dict[str, Callable[[TimeEntry], Any]] = {
    "project": lambda entry: entry.project_id,
    "user": lambda _entry: None,
    "description": lambda entry: entry.description,
    "billable": lambda entry: entry.billable,
}
"""The label of an entry under a key that every part of it shares."""


def _ordered(groups: list[Group], keys: Sequence[str]) -> list[Group]:
    weights: list[dict[Any, int]] = [{} for _ in keys]
    for group in groups:
        for weight, label in zip(weights, group.labels, strict=True):
            weight[label] = weight.get(label, 0) + group.sum.duration

    def place(group: Group) -> list[Any]:
        return [
            label if key in OF_TIME else (-weight[label], str(label))
            for key, weight, label in zip(keys, weights, group.labels, strict=True)
        ]

    return sorted(groups, key=place)
