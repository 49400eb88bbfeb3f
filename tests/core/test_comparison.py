"""The period before one, and the sums of both side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.comparison import compared, days_before
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.totals import Subtotal, Sums
from tests.app import BERLIN

LATER = "2027-12-31"


@pytest.mark.parametrize(
    ("first", "last", "today", "begin", "end"),
    [
        ("2026-11-16", "2026-11-22", LATER, "2026-11-09", "2026-11-15"),  # a week
        ("2026-11-16", "2026-11-22", "2026-11-18", "2026-11-09", "2026-11-11"),
        ("2026-11-16", "2026-11-22", "2026-11-22", "2026-11-09", "2026-11-15"),
        ("2026-11-16", "2026-11-22", "2026-11-01", "2026-11-09", "2026-11-15"),  # it has not begun
        ("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-19", "2026-11-19"),
        ("2026-11-01", "2026-11-30", LATER, "2026-10-01", "2026-10-31"),  # whole months
        ("2026-03-01", "2026-03-31", "2026-03-30", "2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31", "2026-03-10", "2026-02-01", "2026-02-10"),
        ("2026-01-01", "2026-03-31", LATER, "2025-10-01", "2025-12-31"),  # a quarter
        ("2026-01-01", "2026-12-31", "2026-11-20", "2025-01-01", "2025-11-20"),
        ("2026-08-01", "2026-10-31", LATER, "2026-05-01", "2026-07-31"),  # the last three months
        ("2026-11-14", "2026-11-20", "2026-11-20", "2026-11-07", "2026-11-13"),  # the last seven days
        ("2026-11-02", "2026-11-11", LATER, "2026-10-23", "2026-11-01"),
    ],
)
def test_the_period_before(first: str, last: str, today: str, begin: str, end: str) -> None:
    days = [date.fromisoformat(day) for day in (first, last, today)]
    assert days_before(*days) == (date.fromisoformat(begin), date.fromisoformat(end))


def sums(groups: dict[tuple[object, ...], int]) -> Sums:
    return Sums([Subtotal(labels, Sum(seconds)) for labels, seconds in groups.items()], Sum())


@pytest.mark.parametrize(
    ("key", "first", "label", "first_before", "label_before"),
    [
        ("day", "2026-11-01", "2026-11-30", "2026-10-01", "2026-10-30"),
        ("week", "2026-11-01", "2026-11-09", "2026-10-01", "2026-10-12"),  # the third of both
        ("month", "2026-01-01", "2026-02-01", "2025-01-01", "2025-02-01"),
        ("quarter", "2026-01-01", "2026-10-01", "2025-01-01", "2025-10-01"),
        ("year", "2026-01-01", "2026-01-01", "2025-01-01", "2025-01-01"),
    ],
)
def test_rows_of_time_are_compared_with_those_at_the_same_place(
    key: str, first: str, label: str, first_before: str, label_before: str
) -> None:
    days = [date.fromisoformat(day) for day in (first, label, first_before, label_before)]
    both = compared(
        sums({(days[1],): 50}), sums({(days[3],): 20}), [key], (days[0], days[2]), DayRule(BERLIN)
    )
    assert both.groups == [Subtotal((days[1],), Sum(50, before=20, difference=30))]


PROJECTS = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.integers(0, 40)), st.integers(1, 99))


@given(PROJECTS, PROJECTS)
def test_nothing_of_either_period_is_lost(
    now: dict[tuple[str, int], int], before: dict[tuple[str, int], int]
) -> None:
    firsts = date(2026, 11, 1), date(2026, 10, 1)

    def by_day(groups: dict[tuple[str, int], int], first: date) -> Sums:
        return sums({(name, first + timedelta(days=day)): seconds for (name, day), seconds in groups.items()})

    both = compared(
        by_day(now, firsts[0]), by_day(before, firsts[1]), ["project", "day"], firsts, DayRule(BERLIN)
    )
    whole = Sum.of([Sum(), *(group.sum for group in both.groups)])
    assert len(both.groups) == len({*now, *before})
    assert (whole.duration, whole.before) == (sum(now.values()), sum(before.values()))
    assert whole.difference == whole.duration - whole.before
