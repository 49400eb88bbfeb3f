"""Typed times among stored ones, in zones with clock changes: the boundary that a minute means, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.day import local
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import TypedSpan, typed_span
from clockeye_cli.core.moment import minute_of
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.store import boundaries
from clockeye_cli.tracking import typed_times
from clockeye_cli.tracking.overlaps import Ways, clashes
from clockeye_cli.tracking.timer import on_the_clock
from tests.clock_changes import zoned_instants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clockeye_cli.core.entry_times import EntryTimes
    from clockeye_cli.store.state import Write
    from tests.tracking.tracker import Tracker

MAX_TIMER = 12 * 3_600

# Seconds before now: a few minutes, so that many boundaries are in the minutes that are typed.
back = st.integers(0, 300)
spans = st.tuples(back, back).map(sorted)


@st.composite
def stores(draw: st.DrawFn) -> tuple[ZoneInfo, int, list[TimeEntry], Timer | None]:
    """A zone, an instant, and the entries of the minutes before it; some overlap, one may run."""
    zone, now = draw(zoned_instants())
    entries = [
        TimeEntry(f"te_{place:012}", "", None, now - first, now - last, billable=True)
        for place, (last, first) in enumerate(draw(st.lists(spans, max_size=4)))
    ]
    since = draw(st.none() | back)
    return zone, now, entries, None if since is None else Timer("te_timer", "", None, now - since, True)


def stored(empty: Tracker, store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None]) -> Iterator[Write]:
    """A transaction in which these are stored; it is dropped at the end."""
    zone, now, entries, timer = store
    with empty.dropped() as write:
        write.zone, write.now = zone, now
        for entry in entries:
            write.change(None, entry)
        if timer:
            write.change(None, timer)
        yield write


def typed_minute(write: Write, seconds: int) -> str:
    """The minute of an instant before now, as people type it with its day."""
    return f"{local(write.now - seconds, write.zone):%Y-%m-%d %H:%M}"


def is_entry(write: Write, span: tuple[int, int]) -> bool:
    return 0 <= span[0] <= span[1] <= write.now


def is_free(write: Write, span: tuple[int, int], but: str | None = None) -> bool:
    return not clashes(write.connection, *span, write.now, but)


@given(store=stores(), first=back, last=back)
def test_a_minute_means_itself_or_a_boundary_in_it_and_never_refuses_what_it_allows(
    empty: Tracker, store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None], first: int, last: int
) -> None:
    for write in stored(empty, store):
        typed = TypedSpan(
            parse_when(typed_minute(write, max(first, last))),
            parse_when(typed_minute(write, min(first, last))),
        )
        try:
            ends = typed_span(typed, write.now, write.zone, MAX_TIMER)
        except UsageError:
            return  # a clock change has skipped it, or the earlier one is the later instant
        plain = ends.start.instant, ends.end.instant
        try:
            times: EntryTimes | None = typed_times.new_span(write, typed, MAX_TIMER)
        except ClockeyeError:
            times = None
        if times is None:
            assert not is_entry(write, plain)
            return
        chosen = times.started_at, times.ended_at
        for instant, minute in zip(chosen, plain, strict=True):
            assert minute_of(instant, write.zone) == minute
        assert is_entry(write, chosen)
        assert is_free(write, chosen) or not (is_entry(write, plain) and is_free(write, plain))
        # The boundary is taken wherever it can be.
        latest = boundaries.latest_end(write.connection, plain[0], plain[0] + 59)
        if latest is not None and minute_of(latest, write.zone) == plain[0] and chosen[0] != latest:
            preferred = latest, chosen[1]
            assert not is_entry(write, preferred) or not is_free(write, preferred)


@given(store=stores(), first=back, last=back, duration=st.none() | st.integers(1, 200), key=st.booleans())
def test_what_was_asked_does_not_depend_on_what_is_stored(
    empty: Tracker,
    store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None],
    first: int,
    last: int,
    duration: int | None,
    key: bool,
) -> None:
    asked: list[tuple[int, int] | str] = []
    for each in (store, (*store[:2], [], None)):
        for write in stored(empty, each):
            start = parse_when("last" if key else typed_minute(write, max(first, last)))
            end = parse_when(typed_minute(write, min(first, last))) if duration is None else None
            try:
                asked.append(typed_times.asked_span(write, TypedSpan(start, end, duration), MAX_TIMER))
            except UsageError as error:
                asked.append(error.message)
    assert asked[0] == asked[1]


@pytest.mark.parametrize("ways", [Ways(), Ways(overlap=True), Ways(adjust=True)])
@given(store=stores(), last=back)
def test_an_edited_end_keeps_its_own_minute(
    empty: Tracker, ways: Ways, store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None], last: int
) -> None:
    """Typing the minute that is shown changes nothing, unless the entry overlaps another one there."""
    for write in stored(empty, store):
        if not store[2]:
            return
        before = store[2][last % len(store[2])]
        typed = TypedSpan(end=parse_when(f"{local(before.ended_at, write.zone):%Y-%m-%d %H:%M}"))
        try:
            times = typed_times.edited_times(write, before, typed, MAX_TIMER, ways)
        except UsageError:
            continue  # the hour is shown twice, and this is the first
        if minute_of(times.ended_at, write.zone) != minute_of(before.ended_at, write.zone):
            continue  # likewise
        own = before.started_at, before.ended_at
        if times.ended_at != before.ended_at:
            assert not is_free(write, own, before.local_id)
            assert is_free(write, (times.started_at, times.ended_at), before.local_id) or ways.adjust


@given(store=stores(), seconds=back)
def test_a_start_means_the_end_before_it_and_a_stop_is_never_before_the_start(
    empty: Tracker, store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None], seconds: int
) -> None:
    for write in stored(empty, store):
        running = store[3]
        when = parse_when(typed_minute(write, seconds))
        try:
            started = typed_times.start_moment(write, when, MAX_TIMER).instant
            stopped = typed_times.stop_moment(write, when).instant
        except UsageError:
            return  # skipped
        if running is None or minute_of(running.started_at, write.zone) > minute_of(started, write.zone):
            continue
        assert started >= running.started_at
        assert stopped >= running.started_at


@given(store=stores(), seconds=back)
def test_to_the_minute_no_instant_is_after_now_or_before_a_boundary(
    empty: Tracker, store: tuple[ZoneInfo, int, list[TimeEntry], Timer | None], seconds: int
) -> None:
    for write in stored(empty, store):
        write.to_the_minute = True
        instant = write.now - seconds
        minute = minute_of(instant, write.zone)
        on_clock = on_the_clock(write, instant)
        edges = [entry.ended_at for entry in store[2]] + [store[3].started_at if store[3] else 0]
        assert on_clock == max([minute, *(edge for edge in edges if minute <= edge <= instant)])
