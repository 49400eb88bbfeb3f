"""Lists read page by page: forwards all entries, backwards the last ones, never more than needed."""

from __future__ import annotations

import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.context import Context, Options
from clockeye_cli.core.entry import Project, TimeEntry, Timer
from clockeye_cli.core.period import Period
from clockeye_cli.core.period_words import parse_period
from clockeye_cli.core.selection import DaysRead, Filter, Selection
from clockeye_cli.core.whose import EVERYBODY, MINE, OneUser, Whose
from clockeye_cli.interpret.pages import PAGE, Query, pages
from clockeye_cli.interpret.selection import stored
from clockeye_cli.session import Session, World
from clockeye_cli.store import entries, projects, timer, users
from tests.app import Stream
from tests.many_entries import make
from tests.store.test_rows import Steps

if TYPE_CHECKING:
    from collections.abc import Iterator


NOW = 1_774_746_000
"""2026-03-29 03:00 in Berlin, an hour that begins with a clock change."""

HOUR = 3_600
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu")
PERIODS = ("today", "yesterday", "last 3 days", "week", "month", "all")


def context(folder: Path, zone: str = "Europe/Berlin", *, has_account: bool = False) -> Context:
    environ = {"CLOCKEYE_HOME": str(folder), "TZ": zone, "CLOCKEYE_PROFILE": "work"}
    url = 'url = "https://clockeye.example"\n' if has_account else ""
    config = folder / "config.toml"
    config.write_text(f"[profiles.work]\n{url}")
    config.chmod(0o600)
    nowhere = Stream(terminal=False)
    return Context([], Session(World(environ, nowhere, nowhere, nowhere, lambda: NOW)), Options())


def question(ctx: Context, period: str, wanted: Filter, whose: Whose, latest: int | None = None) -> Query:
    days = parse_period(period, ctx.rule.day_of(NOW), 0)
    return Query(days, wanted, DaysRead(NOW, whose), latest)


ENTRIES = st.lists(
    st.builds(
        lambda hours, length, text, project, billable, user: (hours, length, text, project, billable, user),
        st.integers(-80, 2),  # also after the timer's start: an entry may be planned
        st.sampled_from((0, 1, 600, 4 * HOUR, 30 * HOUR)),
        st.sampled_from(("Fix #bug", "Größe", "")),
        st.sampled_from(("prj_1", "prj_2", None)),
        st.booleans(),
        st.sampled_from((None, None, "usr_2", "usr_3")),
    ),
    max_size=25,
)
FILTERS = st.builds(
    Filter,
    projects=st.sampled_from(((), ("prj_1",))),
    not_projects=st.sampled_from(((), ("prj_2",))),
    tags=st.sampled_from(((), ("BUG",))),
    billable=st.sampled_from((None, True)),
    search=st.sampled_from(("", "FIX", "web")),
)


@given(
    spans=ENTRIES,
    runs=st.sampled_from((None, 0, HOUR, 30 * HOUR)),
    period=st.sampled_from(PERIODS),
    wanted=FILTERS,
    whose=st.sampled_from((MINE, EVERYBODY, OneUser("usr_2"))),
    me=st.sampled_from((None, "", "usr_1")),
    latest=st.integers(0, 30),
    most=st.integers(1, 9),
    zone=st.sampled_from(ZONES),
)
def test_pages_are_the_whole_and_backwards_its_last_entries(
    spans: list[tuple[int, int, str, str | None, bool, str | None]],
    runs: int | None,
    period: str,
    wanted: Filter,
    whose: Whose,
    me: str | None,
    latest: int,
    most: int,
    zone: str,
) -> None:
    """`me`: None without an account, empty while it is unknown who the profile's own user is."""
    with TemporaryDirectory() as folder:
        ctx = context(Path(folder), zone, has_account=me is not None)
        with ctx.store.exchange() as connection:
            projects.put(connection, None, Project("prj_1", "web"))
            projects.put(connection, None, Project("prj_2", "acme"))
            if me:
                users.bind(connection, me)
            if runs is not None:
                timer.put(connection, Timer("te_runs00000000", "Fix #bug", "prj_1", NOW - runs, True))
            for number, (hours, length, text, project, billable, user) in enumerate(spans):
                start, local_id = NOW + hours * HOUR, f"te_{number:012}"
                entry = TimeEntry(local_id, text, project, start, start + length, billable, user)
                entries.put(connection, None, entry)
        query = question(ctx, period, wanted, whose)
        with ctx.store.read() as connection:
            whole = stored(ctx, connection, query.period, wanted, query.reading)
        assert joined([*pages(ctx, ctx.store.read, query, most)]) == whole
        (last,) = pages(ctx, ctx.store.read, query._replace(latest=latest), most)
        kept = whole.entries[-latest:] if latest else []
        running_id = whole.running_id if latest else None
        assert last == whole._replace(entries=kept, running_id=running_id)
        ctx.close()


def joined(selections: list[Selection]) -> Selection:
    return selections[-1]._replace(
        entries=[entry for selection in selections for entry in selection.entries],
        left_out=sum(selection.left_out for selection in selections),
    )


# ---- how much is read ----


@pytest.fixture(scope="module", params=[10_000, 100_000])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    folder = tmp_path_factory.mktemp("many")
    make(str(folder / "work.db"), request.param, NOW)
    ctx = context(folder)
    yield ctx
    ctx.close()


@pytest.mark.parametrize(
    ("wanted", "latest", "most"),
    [
        (Filter(), 20, 12),
        (Filter(billable=True), 20, 25),
        (Filter(search="login"), 20, 120),
        (Filter(), 300, 100),
    ],
)
def test_the_latest_entries_cost_the_same_however_many_are_stored(
    many: Context, wanted: Filter, latest: int, most: int
) -> None:
    """`most`: hundreds of SQLite's steps, of which each entry that is read takes about twenty."""
    query = question(many, "all", wanted, MINE, latest)
    with many.store.read() as connection, Steps(connection) as steps:
        (selection,) = pages(many, lambda: nullcontext(connection), query)
    assert len(selection.entries) == latest
    assert steps.count <= most


def test_no_page_holds_more_than_its_share_and_each_costs_the_same(many: Context) -> None:
    counts, sizes = [], []
    with many.store.read() as connection:
        answer = pages(many, lambda: nullcontext(connection), question(many, "all", Filter(), MINE))
        for _ in range(5):
            with Steps(connection) as steps:
                sizes.append(len(next(answer).entries))
            counts.append(steps.count)
    assert sizes == [PAGE] * 5
    assert max(counts) <= 1.5 * min(counts)


# ---- while others write ----


FIRST = 1_000 * HOUR
"""The instant at which the entries of `few` begin."""


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Context]:
    ctx = context(tmp_path)
    with ctx.store.exchange() as connection:
        for number in range(10):
            entries.put(connection, None, _entry(number))
    yield ctx
    ctx.close()


def _entry(number: int) -> TimeEntry:
    start = FIRST + number * HOUR
    return TimeEntry(f"te_{number:012}", "", None, start, start + 60, billable=True)


def listed_while_others_write(ctx: Context, writes: int) -> tuple[list[int], list[int]]:
    """The numbers of the entries that are listed, and for each try how often somebody could write.

    After each page, somebody stores an entry before all others, until that was done `writes` times.
    """
    tries: list[int] = []
    with closing(sqlite3.connect(ctx.store.path, timeout=0, isolation_level=None)) as other:

        def write() -> None:
            if sum(tries) < writes:
                first = other.execute("SELECT min(started_at) FROM entries").fetchone()[0]
                values = (f"te_{FIRST - first:012}x", "", first - HOUR, first - HOUR, 1)
                try:
                    other.execute(
                        "INSERT INTO entries (local_id, description, started_at, ended_at, billable)"
                        " VALUES (?, ?, ?, ?, ?)",
                        values,
                    )
                except sqlite3.OperationalError:  # locked
                    return
                tries[-1] += 1

        def work(read: object) -> list[int]:
            tries.append(0)
            starts = []
            query = Query(Period(None, None, "All time"), Filter(), DaysRead(NOW), None)
            for selection in pages(ctx, read, query, 4):  # type: ignore[arg-type] # as `steadily` gives it
                starts += [(entry.started_at - FIRST) // HOUR for entry in selection.entries]
                write()
            return starts

        return ctx.store.steadily(work), tries


def test_nobody_waits_for_a_list_and_it_shows_one_state_all_the_same(few: Context) -> None:
    assert listed_while_others_write(few, 0) == ([*range(10)], [0])
    assert listed_while_others_write(few, 1) == ([*range(-1, 10)], [1, 0])


def test_the_third_time_a_list_is_read_at_once(few: Context) -> None:
    """Whoever writes without end has to wait then; otherwise the list would never come to an end."""
    starts, tries = listed_while_others_write(few, 1_000)
    assert tries == [1, 1, 0]
    assert starts == [*range(-2, 10)]


def test_a_list_of_a_store_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    ctx = context(tmp_path)
    query = question(ctx, "all", Filter(), MINE)
    assert ctx.store.steadily(lambda read: [len(each.entries) for each in pages(ctx, read, query)]) == [0]
    assert not Path(ctx.store.path).exists()
