"""Sums by whatever is asked for are those of the entries' days, to the second, whatever the clocks do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.day import DayRule, local
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.measures import MEASURES, USUAL, Sum
from clockeye_cli.core.totals import FOREVER, Span, summed, total
from tests.clock_changes import day_starts, zoned_instants

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = (
    *("project", "day", "week", "month", "quarter", "year", "weekday", "hour"),
    *("user", "description", "billable"),
)

works = st.tuples(
    st.integers(-200_000, 200_000),
    st.sampled_from([0, 1, 60, 3_600, 86_400, 400_000]),
    st.sampled_from([None, "prj_1", "prj_2"]),
    st.sampled_from(["", "Call", "Plan"]),
    st.booleans(),
    st.sampled_from([None, "usr_1"]),
)


def pieces(start: int, end: int, rule: DayRule, *, by_hour: bool) -> Iterator[tuple[date, int, int]]:
    """The day, the hour of the clock and the seconds of each piece of a span."""
    if not by_hour or start == end:
        hour = local(start, rule.zone).hour
        yield from ((day, hour, part) for day, part in rule.parts(start, end))
        return
    step = 60  # every clock of the tests shows whole minutes of difference from UTC
    for at in range(start - start % step, end, step):
        first, after = max(at, start), min(at + step, end)
        yield rule.day_of(first), local(first, rule.zone).hour, after - first


def expected(entries: list[TimeEntry], keys: list[str], rule: DayRule, span: Span) -> dict[Any, Sum]:
    """The same, an entry at a time; each counts once under whatever it has a part in."""
    seconds: Counter[Any] = Counter()
    billable: Counter[Any] = Counter()
    count: Counter[Any] = Counter()
    for entry in entries:
        under = set()
        start, end = max(entry.started_at, span.start), min(entry.ended_at, span.end)
        for day, hour, part in pieces(start, end, rule, by_hour="hour" in keys):
            values = entry._asdict() | {"project": entry.project_id, "user": entry.user_id}
            values |= {"day": day, "week": rule.week_of(day), "month": day.replace(day=1)}
            values |= {"quarter": date(day.year, (1, 4, 7, 10)[(day.month - 1) // 3], 1)}
            values |= {"year": date(day.year, 1, 1), "hour": hour}
            values |= {"weekday": (day.weekday() - rule.week_start) % 7}
            labels = tuple(values[key] for key in keys)
            seconds[labels] += part
            billable[labels] += part if entry.billable else 0
            under.add(labels)
        count.update(under)
    return {labels: Sum(seconds[labels], billable[labels], count[labels]) for labels in count}


@pytest.mark.parametrize("is_bounded", [False, True])
@given(
    zoned_instants(),
    day_starts.filter(lambda seconds: seconds % 60 == 0),  # as the setting; `pieces` goes by minutes
    st.integers(0, 6),
    st.lists(works, max_size=8),
    st.lists(st.sampled_from(KEYS), max_size=3, unique=True),
)
def test_sums_are_those_of_the_parts_of_each_entry(
    is_bounded: bool,
    moment: tuple[Any, int],
    day_start: int,
    week_start: int,
    drawn: list[tuple[int, int, str | None, str, bool, str | None]],
    keys: list[str],
) -> None:
    zone, instant = moment
    rule = DayRule(zone, day_start, week_start)
    span = Span(-FOREVER, FOREVER)
    if is_bounded:
        span = Span(rule.start(rule.day_of(instant - 100_000)), rule.start(rule.day_of(instant + 100_000)))
    entries = [
        TimeEntry("te_", text, project, instant + at, instant + at + lasts, billable, user)
        for at, lasts, project, text, billable, user in sorted(drawn, key=lambda work: work[0])
    ]
    entries = [
        entry
        for entry in entries
        if span.start <= entry.started_at < span.end or entry.started_at < span.start < entry.ended_at
    ]
    sums = summed(entries, keys, rule, span)
    assert {group.labels: group.sum for group in sums.groups} == expected(entries, keys, rule, span)
    assert sums.whole == total(entries, span)
    within = [min(e.ended_at, span.end) - max(e.started_at, span.start) for e in entries]
    assert span.counted(entries) == within
    assert sums.whole.duration == sum(within)
    assert sums.whole.duration == sum(group.sum.duration for group in sums.groups)
    assert sums.whole.entries == len(entries)


def test_a_sum_of_sums_adds_each_measure_and_of_none_is_nothing() -> None:
    assert Sum.of([Sum(60, 0, 1), Sum(30, 30, 2)]) == Sum(90, 30, 3)
    assert Sum.of([]) == Sum(0, 0, 0)


def test_the_measures_are_named_and_ordered_as_json_has_them() -> None:
    assert USUAL == ("duration", "billable_duration", "entries")
    assert [MEASURES[name].title for name in USUAL] == ["Duration", "Billable", "Entries"]
    assert [*MEASURES][:3] == [*USUAL]


def test_descriptions_that_look_the_same_are_one_group_and_a_tag_is_spelled_as_in_the_latest_entry() -> None:
    texts = ("Fix #bug", " Fix #bug\r\n", "Two\r\nlines #UI", "Two\nlines #UI", "(#Bug), #ui", "#BUG")
    ends = (900, 800, 700, 600, 1_000, 500)
    entries = [
        TimeEntry(f"te_{end}", text, None, end - 10, end, billable=True)
        for text, end in zip(texts, ends, strict=True)
    ]
    span, rule = Span(-FOREVER, FOREVER), DayRule(UTC)
    by_text = summed(entries, ("description",), rule, span).groups
    assert [(group.labels, group.sum.entries) for group in by_text] == [
        (("Fix #bug",), 2),
        (("Two\nlines #UI",), 2),
        (("#BUG",), 1),
        (("(#Bug), #ui",), 1),
    ]
    by_tag = summed(entries, ("tag",), rule, span).groups
    assert [(group.labels, group.sum.entries) for group in by_tag] == [(("Bug",), 4), (("ui",), 3)]


def test_an_entry_of_decades_takes_no_longer_than_its_days() -> None:
    """A wrong clock makes such entries: pieces compared with all earlier ones would take minutes."""
    years = 50 * 365 * 86_400
    entry = TimeEntry("te_1", "Slip", None, 0, years, billable=True)
    sums = summed([entry], ["weekday"], DayRule(UTC), Span(-FOREVER, FOREVER))
    assert [each.sum.entries for each in sums.groups] == [1] * 7
    assert sums.whole.duration == years
