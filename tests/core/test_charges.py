"""Rounded seconds and amounts: whole for a bucket and a line, and the same total however they are shown."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.charges import Charge, Terms, charges, labelled, with_charges
from clockeye_cli.core.day import DAY_SECONDS, DayRule
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.money import Money, Rate, added
from clockeye_cli.core.rounding import BUCKETS, WAYS, Rounding, parse_rule
from clockeye_cli.core.totals import KEYS, Span, cut, summed

if TYPE_CHECKING:
    from clockeye_cli.core.cuts import Cuts

RULE = DayRule(UTC)
MONDAY = 20_000 * DAY_SECONDS
WEEK = Span(MONDAY, MONDAY + 7 * DAY_SECONDS)
EUR, JPY = Rate("EUR", Decimal("85.50")), Rate("JPY", Decimal(8_550))
CLIENTS = {"prj_1": "cl_1", "prj_2": "cl_1"}


class Prices(NamedTuple):
    """Rates by project, the later ones from a day in the middle of the week."""

    of_web: Rate | None = None
    later: Rate | None = None

    def rate(self, project_id: str | None, user_id: str | None, day: date) -> Rate | None:
        if project_id == "prj_2" or user_id == "usr_1":
            return JPY
        return self.later if day >= RULE.day_of(MONDAY + 3 * DAY_SECONDS) else self.of_web


def charged(
    entries: list[TimeEntry], rule: Rounding | None, *keys: str, prices: Prices | None = None
) -> list[Charge]:
    terms = Terms(
        lambda _: rule, lambda each: CLIENTS.get(each or ""), (prices or Prices()).rate, lambda _: 0
    )
    return charges(entries, cuts(*keys), terms, labelled(keys))


def cuts(*keys: str) -> Cuts:
    return cut((*keys, "day"), RULE, WEEK, WEEK)


def entry(
    start: int, seconds: int, project_id: str | None = "prj_1", text: str = "", **more: Any
) -> TimeEntry:
    """An entry that begins some seconds after the start of the week."""
    values = {"billable": True, "user_id": None} | more
    return TimeEntry(f"te_{start}", text, project_id, MONDAY + start, MONDAY + start + seconds, **values)


def by_text(listed: list[Charge]) -> list[int]:
    return [charge.rounded for charge in listed]


WEDNESDAY = [
    entry(9 * 3_600, 720, text="a"),
    entry(10 * 3_600, 10_081, text="b"),
    entry(14 * 3_600, 18_000, text="c"),
]
CALLS = [entry(hour * 3_600, 180, text=f"{hour}") for hour in range(9, 13)]


@pytest.mark.parametrize(
    ("entries", "rule", "seconds"),
    [
        (WEDNESDAY, "15m", [900, 9_900, 18_000]),
        (WEDNESDAY, "15m up", [900, 10_800, 18_000]),
        (WEDNESDAY, "15m up per day", [742, 10_396, 18_562]),
        (WEDNESDAY, "15m down per day", [720, 10_081, 17_999]),
        (WEDNESDAY, "15m down per period", [720, 10_081, 17_999]),
        (CALLS, "6m per day", [180, 180, 180, 180]),  # 0.2 h
        (CALLS, "6m per entry", [360, 360, 360, 360]),  # 0.4 h
    ],
)
def test_a_day_in_each_way(entries: list[TimeEntry], rule: str, seconds: list[int]) -> None:
    assert by_text(charged(entries, parse_rule(rule), "description")) == seconds


def test_an_entry_is_rounded_whole_and_then_shared_out_to_its_days() -> None:
    over_midnight = [entry(DAY_SECONDS - 3_600, 5_000)]  # 1:23:20: 1:00:00 on Monday, 23:20 on Tuesday
    listed = charged(over_midnight, parse_rule("15m up"), "day")
    assert by_text(listed) == [3_888, 1_512]
    assert sum(by_text(listed)) == 90 * 60
    before = [entry(-3_600, 5_000)]  # only the end of it is in the week
    assert by_text(charged(before, parse_rule("15m up"), "day")) == [1_512]


def test_a_client_day_is_one_bucket_for_all_projects_of_the_client() -> None:
    both = [entry(0, 300, "prj_1"), entry(400, 300, "prj_2"), entry(900, 300, None)]
    listed = charged(both, parse_rule("10m up per client day"), "project")
    assert {charge.project_id: charge.rounded for charge in listed} == {"prj_1": 300, "prj_2": 300, None: 600}


def test_what_is_not_billable_counts_for_nothing_and_exact_seconds_need_no_rule() -> None:
    assert charged([entry(0, 300, billable=False)], parse_rule("15m up"), "project") == []
    assert by_text(charged([entry(0, 301)], None, "project")) == [301]


def test_a_line_is_priced_whole_and_its_cents_are_shared_out() -> None:
    listed = charged([entry(0, 9_900)], None, "project", prices=Prices(EUR))
    assert listed[0].price == Money("EUR", 23_513)  # 2:45 × 85.50 = 235.125
    assert charged([entry(0, 9_900, "prj_2")], None, "project")[0].price == Money("JPY", 23_513)
    thirds = [entry(hour * 3_600, 1_200, text=f"{hour}") for hour in range(3)]
    parts = charged(thirds, None, "description", prices=Prices(Rate("EUR", Decimal(1))))
    assert [part.price for part in parts] == [Money("EUR", 34), Money("EUR", 33), Money("EUR", 33)]


works = st.lists(
    st.tuples(
        st.integers(-100_000, 6 * DAY_SECONDS),
        st.sampled_from([0, 1, 59, 179, 720, 3_601, 10_081, 86_399, 200_000]),
        st.sampled_from([None, "prj_1", "prj_2", "prj_3"]),
        st.sampled_from(["", "Call #a", "Plan #b #A", "Mail"]),
        st.booleans(),
        st.sampled_from([None, "usr_1"]),
    ),
    max_size=10,
)
rules = st.one_of(
    st.none(),
    st.builds(
        Rounding,
        st.sampled_from([1, 60, 360, 900, 3_600]),
        st.sampled_from(WAYS[:3]),
        st.sampled_from(BUCKETS),
        st.sampled_from([0, 1_800]),
    ),
    st.builds(Rounding, st.sampled_from([60, 900]), st.just("clock")),
)
prices = st.builds(Prices, st.sampled_from([None, EUR, JPY]), st.sampled_from([None, EUR, JPY]))


@given(works, rules, prices, st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
def test_totals_do_not_depend_on_the_keys(
    drawn: list[tuple[int, int, str | None, str, bool, str | None]],
    rule: Rounding | None,
    priced: Prices,
    keys: list[str],
) -> None:
    entries = [
        entry(start, seconds, project_id, text, billable=billable, user_id=user_id)
        for start, seconds, project_id, text, billable, user_id in sorted(drawn, key=lambda work: work[0])
    ]
    entries = [each for each in entries if each.started_at >= WEEK.start or each.ended_at > WEEK.start]
    by_day = charged(entries, rule, "day", prices=priced)
    by_keys = charged(entries, rule, *keys, prices=priced)
    assert sum(by_text(by_keys)) == sum(by_text(by_day))
    assert _amounts(by_keys) == _amounts(by_day)
    sums = with_charges(summed(entries, keys, RULE, WEEK), keys, by_keys, is_priced=True)
    assert sums.whole.amounts == _amounts(by_day)
    if "tag" not in keys:
        assert sum(group.sum.rounded_duration for group in sums.groups) == sums.whole.rounded_duration
        assert added(group.sum.amounts for group in sums.groups) == sums.whole.amounts
        assert sum(group.sum.unpriced_duration for group in sums.groups) == sums.whole.unpriced_duration
    assert sum(charge.seconds for charge in by_keys) == sums.whole.billable_duration


@given(works, rules)
def test_two_halves_of_the_week_are_the_week_if_entries_are_rounded(
    drawn: list[tuple[int, int, str | None, str, bool, str | None]], rule: Rounding | None
) -> None:
    """November and December are one rounding: only an entry's own bucket does not end with the period."""
    entries = [entry(start, seconds, each, text) for start, seconds, each, text, _, _ in drawn if start >= 0]
    of_entries = rule and rule._replace(per="entry")
    middle = MONDAY + 3 * DAY_SECONDS
    halves = [Span(WEEK.start, middle), Span(middle, WEEK.end)]
    terms = Terms(lambda _: of_entries, lambda _: None, Prices().rate, lambda _: 0)
    total = 0
    for half in halves:
        within = [each for each in entries if half.meets(Span(each.started_at, each.ended_at))]
        if within:
            total += sum(by_text(charges(within, cut(("day",), RULE, half, half), terms, labelled(["day"]))))
    assert total == sum(by_text(charged(entries, of_entries, "day")))


def _amounts(listed: list[Charge]) -> Any:
    return added([[charge.price] for charge in listed if charge.price])
