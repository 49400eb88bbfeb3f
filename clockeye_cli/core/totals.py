"""Sums over entries, by project, day or whatever else, under the one rule for days.

An entry counts in each day with its part, so the sum over days equals the sum over entries to the second.
Tags are the exception: an entry counts under each of its tags, so those sums can exceed the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.entry import TimeEntry, tags
from clockeye_cli.core.measures import Sum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.core.day import DayRule

KEYS = ("project", "tag", "day", "week", "month", "user", "description", "billable")
"""What sums can be taken by."""

OF_TIME = frozenset(("day", "week", "month"))

FOREVER = 2**62

ADDED_UP = itemgetter(
    *map(
        TimeEntry._fields.index,
        ("description", "project_id", "started_at", "ended_at", "billable", "user_id"),
    )
)
"""The fields that sums are made of: by their places, since reading six by name takes twice as long."""

Alike = tuple[str | None, str, bool, str | None]
"""Project, description, billable and user of entries that are added up together."""

Piece = dict[Alike, list[int]]
"""A piece of time: the seconds that each entry has in it, by what is alike."""


class Group(NamedTuple):
    """A sum and what it is of.

    Attributes:
        labels: A value for each key: a project's id or None, a tag or None, a `date` (of `week` and `month`
            their first day), a user (None: you), a description, a bool.
        sum: The sum.
    """

    labels: tuple[Any, ...]
    sum: Sum


class Sums(NamedTuple):
    """What a report is made of: the sums by its keys, and the sum of everything."""

    groups: list[Group]
    whole: Sum


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


def total(entries: Sequence[TimeEntry], span: Span) -> Sum:
    """The sum of all entries within a span."""
    pieces = _shared_out(entries, span, span, with_texts=False)
    return _whole(entries, (_measured(alike, parts) for piece in pieces for alike, parts in piece.items()))


def summed(entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span) -> Sums:
    """The sums of entries by some keys, and of all of them.

    In two steps, for years of entries: one loop shares out, piece of time by piece of time, what is alike as
    it stands in the entries; what that means (the tags of a description, a week) is found once a sum.

    Args:
        entries: Each has a part in the span.
        keys: Some of KEYS.
        rule: How days are counted.
        span: What counts.

    Returns:
        Groups by time first where a key is of time; by descending duration and then by label otherwise.
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
    groups = [Group(labels, Sum.of(parts)) for labels, parts in sums.items()]
    return Sums(_ordered(groups, keys), _whole(entries, everything))


def needs_texts(keys: Sequence[str]) -> bool:
    """Whether sums by these keys need the entries' descriptions."""
    return "tag" in keys or "description" in keys


def _pieces(
    entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span
) -> tuple[list[int], list[dict[str, Any]]]:
    """Where the span is cut, its ends included, and what each piece is called by the keys of time.

    A week is one piece where only weeks are asked for, so that an entry over midnight is one entry in it.
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
    """What lies in each piece of time."""
    pieces: list[Piece] = [defaultdict(list) for _ in starts[1:]]
    here = pieces[0]
    start = end = 0
    for description, project_id, started_at, ended_at, billable, user_id in map(ADDED_UP, entries):
        alike = (project_id, description if with_texts else "", billable, user_id)
        if start <= started_at < end and ended_at <= end:  # in the piece of the entry before, as most are
            here[alike].append(ended_at - started_at)
        else:
            for number, seconds in _cut(max(started_at, span.start), min(ended_at, span.end), starts):
                here = pieces[number]
                here[alike].append(seconds)
                start, end = max(starts[number], span.start), min(starts[number + 1], span.end)
    return pieces


def _measured(alike: Alike, parts: Sequence[int]) -> Sum:
    """The sum of the seconds that entries which are alike have in a piece of time."""
    _, _, billable, _ = alike
    seconds = sum(parts)
    return Sum(duration=seconds, billable_duration=seconds if billable else 0, entries=len(parts))


def _whole(entries: Sequence[TimeEntry], sums: Iterable[Sum]) -> Sum:
    """The sum of everything; an entry that has a part in several pieces of time is one entry."""
    return Sum.of(sums)._replace(entries=len(entries))


def _cut(at: int, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """The seconds of a span in each piece that it has a part in, by the piece's number."""
    parts = []
    number = bisect_right(starts, at) - 1
    while starts[number + 1] < end:
        if starts[number + 1] > at:  # a zone may skip a whole day
            parts.append((number, starts[number + 1] - at))
            at = starts[number + 1]
        number += 1
    return [*parts, (number, max(0, end - at))]


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
