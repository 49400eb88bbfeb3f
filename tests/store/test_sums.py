"""The sums of the store are those that `core/totals.py` makes of its entries: that is the oracle here."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clockeye_cli.core import totals
from clockeye_cli.core.day import DayRule
from clockeye_cli.core.entry import Project, TimeEntry
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.selection import Filter
from clockeye_cli.core.totals import FOREVER, KEYS, Span
from clockeye_cli.core.whose import EVERYBODY, MINE, Everybody, Mine, OneUser
from clockeye_cli.store import extremes, projects, sums
from clockeye_cli.store.database import connect_empty, transaction
from clockeye_cli.store.schema import MIGRATIONS
from clockeye_cli.store.sums import LONGEST, Wanted
from tests.clock_changes import day_starts, zoned_instants

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clockeye_cli.core.whose import Whose
    from clockeye_cli.store.database import Connection

NAMES = {"prj_1": "Web", "prj_2": "Bugs", "prj_3": "unused"}
LONGER_THAN_ALL = 400_001


class Work(NamedTuple):
    """An entry to be. Its times are seconds from an instant, or next to the start of a day near it."""

    start: int | tuple[int, int]
    lasts: int | tuple[int, int]
    project_id: str | None
    text: str
    billable: bool
    user_id: str | None

    def entry(self, number: int, rule: DayRule, instant: int) -> TimeEntry:
        start, end = self._at(self.start, instant, rule, instant), 0
        end = max(start, self._at(self.lasts, start, rule, instant))
        return TimeEntry(
            f"te_{number:012}", self.text, self.project_id, start, end, self.billable, self.user_id
        )

    @staticmethod
    def _at(typed: int | tuple[int, int], base: int, rule: DayRule, instant: int) -> int:
        if isinstance(typed, int):
            return base + typed
        days, seconds = typed
        return rule.start(rule.day_of(instant + days * 86_400)) + seconds


days = st.tuples(st.integers(-3, 3), st.sampled_from([-1, 0, 0, 1]))
works = st.builds(
    Work,
    start=st.integers(-200_000, 200_000) | days,
    lasts=st.just(0) | st.sampled_from([1, 3_600, 86_400, LONGER_THAN_ALL - 1]) | days,
    project_id=st.sampled_from([None, "prj_1", "prj_2"]),
    text=st.sampled_from(
        ["", "Call #bug", "Call #BUG #team", "Plan (#Bug), the web", "#None", "##", "#bug,#Bug"]
    ),
    billable=st.booleans(),
    user_id=st.sampled_from([None, None, "usr_1", "usr_2"]),
)
some_projects = st.lists(st.sampled_from(sorted(NAMES)), max_size=2, unique=True)
filters = st.builds(
    Filter,
    projects=some_projects,
    not_projects=some_projects,
    tags=st.lists(st.sampled_from(["bug", "#Team", "none"]), max_size=2),
    billable=st.sampled_from([None, None, True, False]),
    search=st.sampled_from(["", "", "WEB", "call", "bug", "nothing"]),
)
users: st.SearchStrategy[Whose] = st.sampled_from([MINE, EVERYBODY, OneUser("usr_1"), OneUser("usr_9")])


def counted(entry: TimeEntry, whose: Whose) -> bool:
    if isinstance(whose, Everybody):
        return True
    return entry.user_id == (None if isinstance(whose, Mine) else whose.user_id)


def store(stored: list[TimeEntry]) -> Connection:
    connection = connect_empty(MIGRATIONS)
    with transaction(connection):
        for project_id, name in NAMES.items():
            projects.put(connection, None, Project(project_id, name))
        marks = ", ".join("?" * len(TimeEntry._fields))
        connection.executemany(
            f"INSERT INTO entries ({', '.join(TimeEntry._fields)}) VALUES ({marks})", stored
        )
    return connection


@pytest.mark.parametrize("longer", [0, LONGEST], ids=["few", "many"])
@settings(max_examples=300)  # much must meet: a time at a cut, the keys that cut there, a filter
@given(
    zoned_instants(),
    day_starts,
    st.integers(0, 6),
    st.lists(works, max_size=8),
    st.lists(st.sampled_from(KEYS), max_size=3, unique=True),
    st.one_of(st.just(Filter()), filters),
    users,
    st.none() | st.tuples(st.integers(-3, 3), st.integers(0, 3)),
    st.none() | works,
)
def test_the_sums_of_the_store_are_those_of_its_entries(
    longer: int,
    moment: tuple[ZoneInfo, int],
    day_start: int,
    week_start: int,
    drawn: list[Work],
    keys: list[str],
    conditions: Filter,
    whose: Whose,
    period: tuple[int, int] | None,
    timer: Work | None,
) -> None:
    zone, instant = moment
    rule = DayRule(zone, day_start, week_start)

    # With many entries, all but the longest are found near the cuts.
    long = [Work(-n * 900, LONGER_THAN_ALL, "prj_1", "Long", bool(n % 2), None) for n in range(longer)]
    stored = [work.entry(number, rule, instant) for number, work in enumerate([*long, *drawn])]
    span = Span(-FOREVER, FOREVER)
    if period:
        first = rule.day_of(instant + period[0] * 86_400)
        span = Span(*(rule.start(first + timedelta(days=number)) for number in (0, 1 + period[1])))
    running = timer.entry(999, rule, instant)._replace(user_id=None) if timer else None
    if running and not span.meets(Span(running.started_at, running.ended_at)):
        running = None
    wanted = Wanted(conditions, whose, NAMES)
    with closing(store(stored)) as connection:
        result = sums.summed(connection, wanted, keys, rule, span, running)
    of_span = [each for each in stored if span.meets(Span(each.started_at, each.ended_at))]
    fits = conditions.matcher(NAMES)
    selected = [each for each in of_span if counted(each, whose) and fits(each)]
    assert result == totals.summed([*selected, *([running] if running else [])], keys, rule, span)


def test_an_entry_of_no_seconds_counts_from_the_first_instant_of_a_period_to_its_last() -> None:
    ends = [TimeEntry(f"te_{at}", "", None, at, at, billable=True) for at in (999, 1_000, 1_999, 2_000)]
    with closing(store(ends[:2])) as first, closing(store(ends[2:])) as last:
        for connection in (first, last):
            wanted = Wanted(Filter(), MINE, NAMES)
            assert sums.summed(connection, wanted, (), DayRule(UTC), Span(1_000, 2_000)).whole == Sum(0, 0, 1)


QUESTIONS: dict[str, tuple[tuple[str, ...], Filter]] = {
    "project": (("project",), Filter()),
    "days of a project": (("project", "day"), Filter(projects=("prj_1",))),
    "day": (("day",), Filter()),
    "billable": (("billable",), Filter()),
    "tag": (("tag",), Filter()),
    "search": (("week",), Filter(search="call")),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_sums_read_one_piece_of_the_store_and_sort_only_texts(name: str) -> None:
    keys, conditions = QUESTIONS[name]
    statements: set[str] = set()
    with closing(store([TimeEntry("te_1", "", "prj_1", 1_000, 2_000, billable=True)])) as connection:
        connection.set_trace_callback(statements.add)
        with transaction(connection):
            wanted = Wanted(conditions, MINE, NAMES)
            sums.summed(connection, wanted, keys, DayRule(UTC), Span(0, 90_000))
            connection.set_trace_callback(None)
            plans = {
                statement: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
                for statement in statements
                if statement.startswith("SELECT")
            }
    ends = plans.pop(extremes.QUERY)  # one row of each end of an index
    assert not [step for step in ends if "TEMP B-TREE" in step]
    steps = [step for plan in plans.values() for step in plan if "entries" in step or "TEMP B-TREE" in step]
    assert {step for step in steps if step.startswith("SCAN")} <= {
        "SCAN entries USING INDEX entries_by_length"
    }
    by_project = (
        "SEARCH entries USING COVERING INDEX entries_by_project (project_id=? AND ended_at>? AND ended_at<?)"
    )
    is_by_text = name in {"tag", "search"}
    assert ("USE TEMP B-TREE FOR GROUP BY" in steps) == is_by_text
    assert (by_project in steps) == ("project" in keys)
