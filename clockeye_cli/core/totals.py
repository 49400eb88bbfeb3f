"""Sums over entries, grouped by project, day or other keys.

An entry counts on each day with the part on that day, so the sum over days equals the sum over entries to the
second. Tags are the exception: an entry counts under each of its tags, so those sums can exceed the total.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter

from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.entry import TimeEntry, tags
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from clockeye_cli.core.day import DayRule

KEYS = ("project", "tag", "day", "week", "month", "user", "description", "billable")
"""The keys by which entries can be grouped."""

OF_TIME = frozenset(("day", "week", "month"))

FOREVER = 2**62

ADDED_UP = itemgetter(
    *map(
        TimeEntry._fields.index,
        ("description", "project_id", "started_at", "ended_at", "billable", "user_id"),
    )
)
"""The fields that sums need, read by position: reading six by name takes twice as long."""

Alike = tuple[str | None, str, bool, str | None]
"""The project, description, billable and user that entries have in common when they are added up together."""

Piece = dict[Alike, list[int]]
"""A piece of time: the seconds of each entry in it, grouped by what the entries have in common."""


class Subtotal(NamedTuple):
    """The sum of one group of entries.

    Attributes:
        labels: One value per key: a project's id or None, a tag or None, a `date` (for `week` and `month`
            the first day), a user's id (None for you), a description, a bool.
        sum: The sum.
    """

    labels: tuple[Any, ...]
    sum: Sum


class Sums(NamedTuple):
    """The sums of a report: one per group, and the sum of everything."""

    groups: list[Subtotal]
    whole: Sum


class Span(NamedTuple):
    """The half-open span of time that counts; `(-FOREVER, FOREVER)` for all time."""

    start: int
    end: int

    @classmethod
    def of(cls, bounds: tuple[int | None, int | None]) -> Span:
        """The span between two bounds; None is an open one."""
        start, end = bounds
        return cls(-FOREVER if start is None else start, FOREVER if end is None else end)

    def counted(self, entry: TimeEntry) -> int:
        """The seconds of an entry within the span."""
        return max(0, min(entry.ended_at, self.end) - max(entry.started_at, self.start))


def total(entries: Sequence[TimeEntry], span: Span) -> Sum:
    """The sum of all entries within a span."""
    pieces = _shared_out(entries, span, span, with_texts=False)
    return _whole(entries, (_measured(alike, parts) for piece in pieces for alike, parts in piece.items()))


def summed(entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span) -> Sums:
    """The sums of entries grouped by some keys, and the sum of all of them.

    It works in two steps, because there may be years of entries: one loop divides the entries among pieces of
    time and groups those with equal fields; the labels (tags of a description, weeks) are computed once per
    group.

    Args:
        entries: Entries with a part in the span.
        keys: Some of KEYS.
        rule: How days are counted.
        span: The span that counts.

    Returns:
        Groups in the order of time if a key is one of time, otherwise by descending duration, then by label.
    """
    starts, times = _pieces(entries, keys, rule, span)
    pieces = _shared_out(entries, starts, span, with_texts=needs_texts(keys))
    sums: defaultdict[tuple[Any, ...], list[Sum]] = defaultdict(list)
    everything = []
    for time, piece in zip(times, pieces, strict=True):
        for alike, parts in piece.items():
            project_id, description, billable, user_id = alike
            measured = _measured(alike, parts)
            everything.append(measured)
            labels = dict(time, project=project_id, description=description, billable=billable, user=user_id)
            for tag in tags(description) or (None,) if "tag" in keys else (None,):
                labels["tag"] = tag
                sums[tuple([labels[key] for key in keys])].append(measured)
    groups = [Subtotal(labels, Sum.of(parts)) for labels, parts in sums.items()]
    return Sums(_ordered(groups, keys), _whole(entries, everything))


def needs_texts(keys: Sequence[str]) -> bool:
    """Whether sums by these keys need the entries' descriptions."""
    return "tag" in keys or "description" in keys


def _pieces(
    entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span
) -> tuple[list[int], list[dict[str, Any]]]:
    """The instants at which the span is cut, its ends included, and the labels of each piece by keys of time.

    If weeks are the only key of time, a week is one piece, so that an entry over midnight counts once in it.
    """
    if not entries or not OF_TIME.intersection(keys):
        return list(span), [{}]
    day = rule.day_of(max(span.start, min(entry.started_at for entry in entries)))
    last = rule.day_of(min(span.end - 1, max(entry.ended_at for entry in entries)))
    starts: list[int] = []
    names: list[dict[str, Any]] = []
    while day <= last:
        of_day = {"day": day, "week": rule.week_of(day), "month": day.replace(day=1)}
        name = {key: of_day[key] for key in keys if key in OF_TIME}
        if names[-1:] != [name]:
            starts.append(rule.start(day))
            names.append(name)
        day += ONE_DAY
    return [*starts, rule.start(day)], names


def _shared_out(
    entries: Iterable[TimeEntry], starts: Sequence[int], span: Span, *, with_texts: bool
) -> list[Piece]:
    """The parts of the entries that fall into each piece of time."""
    pieces: list[Piece] = [defaultdict(list) for _ in starts[1:]]
    here = pieces[0]
    start = end = 0
    for description, project_id, started_at, ended_at, billable, user_id in map(ADDED_UP, entries):
        alike = (project_id, description if with_texts else "", billable, user_id)
        if start <= started_at < end and ended_at <= end:  # most are in the same piece as the entry before
            here[alike].append(ended_at - started_at)
        else:
            for number, seconds in _cut(max(started_at, span.start), min(ended_at, span.end), starts):
                here = pieces[number]
                here[alike].append(seconds)
                start, end = max(starts[number], span.start), min(starts[number + 1], span.end)
    return pieces


def _measured(alike: Alike, parts: Sequence[int]) -> Sum:
    """The sum of the seconds that entries with equal fields have in a piece of time."""
    _, _, billable, _ = alike
    seconds = sum(parts)
    return Sum(duration=seconds, billable_duration=seconds if billable else 0, entries=len(parts))


def _whole(entries: Sequence[TimeEntry], sums: Iterable[Sum]) -> Sum:
    """The sum of everything; an entry with parts in several pieces of time counts as one entry."""
    return Sum.of(sums)._replace(entries=len(entries))


def _cut(at: int, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """The number of each piece that a span has a part in, and the seconds of that part."""
    parts = []
    number = bisect_right(starts, at) - 1
    while starts[number + 1] < end:
        if starts[number + 1] > at:  # a zone may skip a whole day
            parts.append((number, starts[number + 1] - at))
            at = starts[number + 1]
        number += 1
    return [*parts, (number, max(0, end - at))]


def _ordered(groups: list[Subtotal], keys: Sequence[str]) -> list[Subtotal]:
    weights: list[dict[Any, int]] = [{} for _ in keys]
    for group in groups:
        for weight, label in zip(weights, group.labels, strict=True):
            weight[label] = weight.get(label, 0) + group.sum.duration

    def place(group: Subtotal) -> list[Any]:
        return [
            label if key in OF_TIME else (-weight[label], str(label))
            for key, weight, label in zip(keys, weights, group.labels, strict=True)
        ]

    return sorted(groups, key=place)
