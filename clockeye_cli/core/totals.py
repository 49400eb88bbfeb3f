"""Sums over entries, grouped by project, day or other keys.

An entry counts on each day with the part on that day, so the sum over days equals the sum over entries to the
second. Tags are the exception: an entry counts under each of its tags, so those sums can exceed the total.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from operator import itemgetter

from clockeye_cli.core.cuts import Cuts
from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.tags import Spellings
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from clockeye_cli.core.customer import Customer
    from clockeye_cli.core.day import DayRule

    Clients = Mapping[str, Customer]
    """The client of each project that has one, by the project's id."""

OF_TIME = ("day", "week", "month", "quarter", "year", "weekday", "hour")

KEYS = ("project", "client", "tag", *OF_TIME, "user", "description", "billable")
"""The keys by which entries can be grouped."""

NO_CLIENTS: Clients = {}
FOREVER = 2**62

_ADDED_UP = ("description", "project_id", "started_at", "ended_at", "billable", "user_id")
ADDED_UP = itemgetter(*map(TimeEntry._fields.index, _ADDED_UP))
"""The fields that sums need, read by position: reading six by name takes twice as long."""

STARTED_AT, ENDED_AT = (itemgetter(TimeEntry._fields.index(field)) for field in ("started_at", "ended_at"))

Alike = tuple[str | None, str, bool, str | None]
"""The project, description, billable and user that entries have in common when they are added up together."""

Usual = tuple[int, int, int]
"""The usual measures of a Sum: thousands of these are added up for one report."""

Part = tuple[int, Alike, Usual, int]
"""The number of a piece of time, and the usual measures of entries in it that have something in common. Last
comes the end of the latest of them, an instant, if texts are told apart."""


class Subtotal(NamedTuple):
    """The sum of one group of entries.

    Attributes:
        labels: One value per key: a project's id, a Customer or a tag, or None; a `date` (for `week` and the
            like the first day), the number of a day in the week (from 0) or of an hour of the clock, a
            user's id (None for you), a tidy description, a bool.
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

    def meets(self, other: Span) -> bool:
        """Whether another span, or the instant of an empty one, is partly in this one."""
        return self.start < self.end > other.start and (other.end > self.start or other.start >= self.start)

    def counted(self, entries: Sequence[TimeEntry]) -> list[int]:
        """The seconds of each entry within the span."""
        first, last = self
        return [
            end - start if first <= start and end <= last else max(0, min(end, last) - max(start, first))
            for start, end in zip(map(STARTED_AT, entries), map(ENDED_AT, entries), strict=True)
        ]


def total(entries: Sequence[TimeEntry], span: Span) -> Sum:
    """The sum of all entries within a span."""
    return counted_up(entries, span.counted(entries))


def counted_up(entries: Sequence[TimeEntry], counted: Sequence[int]) -> Sum:
    """The sum of all entries, by the seconds that count of each."""
    return Sum(sum(counted), sum(compress(counted, [entry.billable for entry in entries])), len(entries))


def summed(entries: Sequence[TimeEntry], keys: Sequence[str], rule: DayRule, span: Span) -> Sums:
    """The sums of entries with a part in a span; the arguments and the order are those of `grouped`."""
    if not entries:
        return Sums([], Sum())
    cuts = cut(keys, rule, span, Span(min(map(STARTED_AT, entries)), max(map(ENDED_AT, entries))))
    return grouped(parts(entries, cuts, with_texts=needs_texts(keys)), keys, cuts, len(entries))


def needs_texts(keys: Sequence[str]) -> bool:
    """Whether sums by these keys need the entries' descriptions."""
    return "tag" in keys or "description" in keys


def cut(keys: Sequence[str], rule: DayRule, span: Span, extent: Span) -> Cuts:
    """The pieces of time that sums by some keys tell apart.

    If weeks are the only key of time, a week is one piece, so that an entry over midnight counts once in it.

    Args:
        keys: Some of KEYS.
        rule: How days are counted.
        span: The span that counts.
        extent: From the first start to the last end of the entries; partly in the span.
    """
    if not set(OF_TIME).intersection(keys):
        return Cuts([*span], [{}])
    day = rule.day_of(max(span.start, extent.start))
    last = rule.day_of(min(span.end - 1, extent.end))
    instants: list[int] = []
    labels: list[dict[str, Any]] = []
    while day <= last:
        of_day = rule.units_of(day)
        start = max(span.start, rule.start(day))
        for at, hour in rule.hours(start, rule.start(day + ONE_DAY)) if "hour" in keys else [(start, 0)]:
            of_piece = {key: hour if key == "hour" else of_day[key] for key in keys if key in OF_TIME}
            if labels[-1:] != [of_piece]:
                instants.append(at)
                labels.append(of_piece)
        day += ONE_DAY
    return Cuts([*instants, min(span.end, rule.start(day))], labels)


def parts(entries: Iterable[TimeEntry], cuts: Cuts, *, with_texts: bool) -> list[Part]:
    """The parts of entries that fall into each piece of time, in the order of time.

    Args:
        entries: Entries with a part in the span.
        cuts: The pieces of the span.
        with_texts: Whether entries with different descriptions are told apart.
    """
    pieces: list[defaultdict[Alike, list[int]]] = [defaultdict(list) for _ in cuts.labels]
    again: Counter[tuple[int, Alike]] = Counter()
    piece = pieces[0]
    latest: dict[Alike, int] = {}
    start = end = 0
    for description, project_id, started_at, ended_at, billable, user_id in map(ADDED_UP, entries):
        alike = (project_id, description if with_texts else "", billable, user_id)
        if with_texts and ended_at > latest.get(alike, -FOREVER):
            latest[alike] = ended_at
        if start <= started_at < end and ended_at <= end:  # most are in the same piece as the entry before
            piece[alike].append(ended_at - started_at)
        else:
            earlier = set()
            for number, seconds in cuts.parts(started_at, ended_at):
                piece = pieces[number]
                piece[alike].append(seconds)
                # Two Mondays of one entry: it counts once under this label.
                labels = tuple(cuts.labels[number].values())
                again[number, alike] += labels in earlier
                earlier.add(labels)
                start, end = cuts.instants[number : number + 2]
    return [
        (
            number,
            alike,
            (sum(each), sum(each) if alike[2] else 0, len(each) - again[number, alike]),
            latest.get(alike, 0),
        )
        for number, piece in enumerate(pieces)
        for alike, each in piece.items()
    ]


def grouped(
    parts: Sequence[Part], keys: Sequence[str], cuts: Cuts, entries: int, clients: Clients = NO_CLIENTS
) -> Sums:
    """The sums of parts, of which there may be many, grouped by some keys, and the sum of all of them.

    Args:
        parts: The parts of all entries.
        keys: Some of KEYS.
        cuts: The pieces of time that the parts are in.
        entries: The number of entries: one with parts in several pieces counts once.
        clients: The client of each project that has one, if it is among the keys.

    Returns:
        Groups in the order of time if a key is one of time, otherwise by descending duration, then by label.
    """
    sums: defaultdict[tuple[Any, ...], list[Usual]] = defaultdict(list)
    spellings = Spellings() if "tag" in keys else None
    for number, (project_id, description, billable, user_id), measured, ended_at in parts:
        labels = dict(
            cuts.labels[number],
            project=project_id,
            client=clients.get(project_id or ""),
            description=tidy(description),
            billable=billable,
            user=user_id,
        )
        for tag in (spellings and spellings.read(description, ended_at)) or (None,):
            labels["tag"] = tag
            sums[tuple([labels[key] for key in keys])].append(measured)
    groups = [Subtotal(labels, _added_up(each)) for labels, each in sums.items()]
    if spellings:
        groups = [Subtotal(spellings.spelled(labels, keys.index("tag")), each) for labels, each in groups]
    whole = _added_up([measured for _, _, measured, _ in parts])._replace(entries=entries)
    return Sums(ordered(groups, keys), whole)


def _added_up(parts: Sequence[Usual]) -> Sum:
    durations, billable, entries = zip(*parts, strict=True) if parts else ((), (), ())
    return Sum(sum(durations), sum(billable), sum(entries))


def ordered(groups: list[Subtotal], keys: Sequence[str]) -> list[Subtotal]:
    """The groups in their order: what is not of time by its total within what the keys before it have."""
    weights: Counter[tuple[Any, ...]] = Counter()
    for group in groups:
        for count in range(1, len(keys) + 1):
            weights[group.labels[:count]] += group.sum.duration

    def place(group: Subtotal) -> list[Any]:
        return [
            label if key in OF_TIME else (-weights[group.labels[: number + 1]], str(label), label is None)
            for number, (key, label) in enumerate(zip(keys, group.labels, strict=True))
        ]

    return sorted(groups, key=place)
