"""A period compared with the one before it: the days of that one, and the sums of both, row by row."""

from __future__ import annotations

from clockeye_cli.core.day import ONE_DAY
from clockeye_cli.core.entry import folded
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.period import MONTHS_IN_YEAR, MONTHS_OF
from clockeye_cli.core.totals import Subtotal, Sums, ordered
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from clockeye_cli.core.day import DayRule


def days_before(first: date, last: date, today: date) -> tuple[date, date]:
    """The first and the last day of the period before one: as many of its days as have passed of that one.

    Whole months come after as many whole months, and other days after as many days.

    Args:
        first: The first day of the period.
        last: Its last day.
        today: The day up to which days have passed; a period that has not begun is taken as a whole.

    Raises:
        OverflowError: It is before the calendar.
        ValueError: Likewise.
    """
    end = first - ONE_DAY
    if first.day == 1 and (last + ONE_DAY).day == 1:
        count = _months(last) - _months(first) + 1
        year, month = divmod(_months(first) - count, MONTHS_IN_YEAR)
        begin = first.replace(year=year, month=month + 1)
    else:
        begin = end - (last - first)
    if first <= today < last:
        end = min(end, begin + (today - first))
    return begin, end


def compared(now: Sums, before: Sums, keys: Sequence[str], firsts: tuple[date, date], rule: DayRule) -> Sums:
    """The sums of a period, each with that of the period before; some groups are in only one of them.

    Days, weeks, months, quarters and years are compared with those at the same place in the period before,
    and tags with those of the same identity, spelled as in the period.

    Args:
        now: The sums of the period.
        before: The sums of the one before, by the same keys.
        keys: The keys of both.
        firsts: The first days of both periods.
        rule: How days are counted.
    """
    spellings = {folded(tag): tag for tag in _tags(now, keys)}
    seconds: dict[tuple[Any, ...], int] = {}
    for group in before.groups:
        labels = zip(keys, group.labels, strict=True)
        moved = tuple(
            spellings.get(folded(label or ""), label) if key == "tag" else _moved(key, label, firsts, rule)
            for key, label in labels
        )
        seconds[moved] = seconds.get(moved, 0) + group.sum.duration
    listed = {group.labels for group in now.groups}
    groups = [*now.groups, *(Subtotal(labels, Sum()) for labels in seconds if labels not in listed)]
    beside = [group._replace(sum=_beside(group.sum, seconds.get(group.labels, 0))) for group in groups]
    return Sums(ordered(beside, keys), _beside(now.whole, before.whole.duration))


def _tags(sums: Sums, keys: Sequence[str]) -> list[str]:
    """The tags that groups have."""
    place = keys.index("tag") if "tag" in keys else None
    return [] if place is None else [group.labels[place] for group in sums.groups if group.labels[place]]


def _beside(total: Sum, before: int) -> Sum:
    return total._replace(before=before, difference=total.duration - before)


def _moved(key: str, label: Any, firsts: tuple[date, date], rule: DayRule) -> Any:
    """The label in the period that stands at the place of one in the period before."""
    first, first_before = (rule.units_of(day).get(key, day) for day in firsts)
    if key in {"day", "week"}:
        return first + (label - first_before)
    if key in MONTHS_OF:
        year, month = divmod(_months(first) + _months(label) - _months(first_before), MONTHS_IN_YEAR)
        return label.replace(year=year, month=month + 1)
    return label


def _months(day: Any) -> int:
    return int(day.year * MONTHS_IN_YEAR + day.month - 1)
