"""What billable time counts for: its rounded seconds, and what they cost.

A bucket (an entry, or the time of a project or client on a day or in the period) is rounded whole, and then
shared out to projects, rates and rows, so that every report of the same entries has the same total. A line (a
project at a rate) is priced whole, and its cents are shared out to its rows.
"""

from __future__ import annotations

from collections import Counter

from clockeye_cli.core.apportion import share_out
from clockeye_cli.core.entry import folded
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.tags import tags
from clockeye_cli.core.totals import NO_CLIENTS, Sums
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from clockeye_cli.core.customer import Customer
    from clockeye_cli.core.cuts import Cuts
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.money import Money, Rate
    from clockeye_cli.core.rounding import Rounding
    from clockeye_cli.core.selection import Selection

    Rows = tuple[Hashable, ...]
    """The rows that a piece of an entry is part of: one, or one for each tag."""

    Path = tuple[str | None, Rate | None, Rows]
    """A project's id, a rate and rows: how a bucket is shared out, step by step."""


class Terms(NamedTuple):
    """What was agreed about billable time.

    Attributes:
        rule: The rule of a project, by its id; None for exact seconds.
        client: The client's id of a project, by its id; None for none.
        rate: What an hour of a project costs on a day, by its id and the user's; None for no rate.
        offset: The seconds by which local clocks are ahead of UTC at an instant.
    """

    rule: Callable[[str | None], Rounding | None]
    client: Callable[[str | None], str | None]
    rate: Callable[[str | None, str | None, date], Rate | None]
    offset: Callable[[int], int]


class Charge(NamedTuple):
    """The billable time of a project at a rate in some rows.

    Attributes:
        project_id: The project's id; None for no project.
        rate: What an hour costs; None without a rate.
        rows: The rows.
        seconds: Exact seconds.
        rounded: Rounded seconds.
        price: What the rounded seconds cost; None without a rate.
    """

    project_id: str | None
    rate: Rate | None
    rows: Rows
    seconds: int
    rounded: int
    price: Money | None


class Charged(NamedTuple):
    """What billable entries count for.

    Attributes:
        selection: What the sums are of, as `sum_up` gives it.
        sums: The sums, with rounded seconds and, if they are priced, with amounts.
        charges: What they are made of.
        rules: The rules that apply to them.
    """

    selection: Selection
    sums: Sums
    charges: list[Charge]
    rules: list[Rounding]


def charges(
    entries: Iterable[TimeEntry],
    cuts: Cuts,
    terms: Terms,
    rows: Callable[[TimeEntry, Mapping[str, Any]], Rows],
) -> list[Charge]:
    """What entries count for within the span of some cuts.

    Args:
        entries: Entries with a part in the span; those that are not billable count for nothing.
        cuts: The pieces of the span; `day` is one of their labels.
        terms: What was agreed.
        rows: The rows that an entry is part of in a piece with these labels.
    """
    exact: Counter[Path] = Counter()
    rounded: Counter[Path] = Counter()
    buckets: dict[Hashable, Counter[Path]] = {}
    rules: dict[Hashable, Rounding] = {}
    for entry in entries:
        if not entry.billable:
            continue
        project_id, rule = entry.project_id, terms.rule(entry.project_id)
        whole = _whole(entry, rule, terms)
        for labels, start, end in _pieces(entry, cuts):
            day: date = labels["day"]
            path = (project_id, terms.rate(project_id, entry.user_id, day), rows(entry, labels))
            exact[path] += end - start
            if rule is None or rule.per == "entry":
                rounded[path] += _until(entry, whole, end) - _until(entry, whole, start)
                continue
            of_client = rule.per == "client day"
            owner = terms.client(project_id) if of_client else project_id
            bucket: Hashable = (rule, owner, None if rule.per == "period" else day)
            rules[bucket] = rule
            buckets.setdefault(bucket, Counter())[path] += end - start
    for bucket, seconds in buckets.items():
        for path, share in _shared(rules[bucket].rounded(seconds.total()), [*seconds.items()], 0):
            rounded[path] += share
    return [*_priced(exact, rounded)]


def with_charges(sums: Sums, keys: Sequence[str], charged: Sequence[Charge], *, is_priced: bool) -> Sums:
    """Sums with their rounded seconds and, if they are priced, their amounts and what has no rate.

    Args:
        sums: The sums of the same entries by the same keys.
        keys: Some of `core.totals.KEYS`.
        charged: The charges, whose rows are labels as `labelled` makes them.
        is_priced: Whether rates were looked up.
    """
    by_row: dict[Hashable, list[Charge]] = {}
    for charge in charged:
        for row in charge.rows:
            by_row.setdefault(row, []).append(charge)
    tag = keys.index("tag") if "tag" in keys else None

    def of_group(labels: tuple[Any, ...]) -> list[Charge]:
        if tag is not None and labels[tag] is not None:
            labels = (*labels[:tag], folded(labels[tag]), *labels[tag + 1 :])
        return by_row.get(labels, [])

    groups = [
        group._replace(sum=_charged(group.sum, of_group(group.labels), is_priced=is_priced))
        for group in sums.groups
    ]
    return Sums(groups, _charged(sums.whole, charged, is_priced=is_priced))


def labelled(
    keys: Sequence[str], clients: Mapping[str, Customer] = NO_CLIENTS
) -> Callable[[TimeEntry, Mapping[str, Any]], Rows]:
    """A function for `charges` that gives the labels of an entry's piece; tags by their identity."""

    def rows(entry: TimeEntry, labels: Mapping[str, Any]) -> Rows:
        every = {
            **labels,
            "project": entry.project_id,
            "client": clients.get(entry.project_id or ""),
            "description": tidy(entry.description),
            "billable": entry.billable,
            "user": entry.user_id,
        }
        named = dict.fromkeys(map(folded, tags(entry.description))) if "tag" in keys else ()
        return tuple([tuple([{**every, "tag": tag}[key] for key in keys]) for tag in named or (None,)])

    return rows


def _charged(total: Sum, charged: Iterable[Charge], *, is_priced: bool) -> Sum:
    listed = [*charged]
    total = total._replace(rounded_duration=sum(charge.rounded for charge in listed))
    if not is_priced:
        return total
    from clockeye_cli.core.money import added  # late: few reports have amounts

    return total._replace(
        amounts=added([[charge.price] for charge in listed if charge.price]),
        unpriced_duration=sum(charge.seconds for charge in listed if charge.price is None),
    )


def _whole(entry: TimeEntry, rule: Rounding | None, terms: Terms) -> int:
    if rule is None or rule.per != "entry":
        return entry.duration
    return rule.of_entry(entry.started_at, entry.ended_at, terms.offset)


def _until(entry: TimeEntry, whole: int, instant: int) -> int:
    """An entry's rounded seconds up to an instant: so all of its pieces add up, however it is cut."""
    length = entry.duration
    return (2 * whole * (instant - entry.started_at) + length) // (2 * length) if length else 0


def _pieces(entry: TimeEntry, cuts: Cuts) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    """The labels, the start and the end of each piece of an entry within the span."""
    for number, seconds in cuts.parts(entry.started_at, entry.ended_at):
        start = max(entry.started_at, cuts.instants[number])
        yield cuts.labels[number], start, start + seconds


def _shared(total: int, weights: Sequence[tuple[Path, int]], step: int) -> Iterator[tuple[Path, int]]:
    """Share out a total by the steps of paths: to projects, then to their rates, then to rows."""
    if step == len(weights[0][0]):
        yield weights[0][0], total
        return
    branches: dict[Any, list[tuple[Path, int]]] = {}
    for path, weight in weights:
        branches.setdefault(path[step], []).append((path, weight))
    shares = share_out(total, [sum(weight for _, weight in branch) for branch in branches.values()])
    for branch, share in zip(branches.values(), shares, strict=True):
        yield from _shared(share, branch, step + 1)


def _priced(exact: Mapping[Path, int], rounded: Mapping[Path, int]) -> Iterator[Charge]:
    lines: dict[tuple[str | None, Rate | None], list[Path]] = {}
    for path in exact:
        lines.setdefault(path[:2], []).append(path)
    for (project_id, rate), paths in lines.items():
        seconds = [rounded.get(path, 0) for path in paths]
        price = None if rate is None else rate.price(sum(seconds))
        cents = share_out(price.minor if price else 0, seconds)
        for path, each, minor in zip(paths, seconds, cents, strict=True):
            part = None if price is None else price._replace(minor=minor)
            yield Charge(project_id, rate, path[2], exact[path], each, part)
