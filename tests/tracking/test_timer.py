"""The timer: what start, switch, stop and cancel make of it, and what a clock that went back does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.tracking import entries, timer
from clockeye_cli.tracking.timer import Started, Work
from tests.tracking.tracker import State, entry, instant, moment

if TYPE_CHECKING:
    from tests.tracking.tracker import Tracker

WRITE = Work("Write", None, billable=True)
READ = Work("Read", None, billable=False)


@pytest.fixture
def running(tracker: Tracker) -> Timer:
    """`Write`, since 10:00; it is noon."""
    started = tracker.at("10:00").do(timer.start, WRITE, None).timer
    tracker.at("12:00")
    return started


def test_a_start_begins_now(tracker: Tracker) -> None:
    started = tracker.do(timer.start, WRITE, None)
    assert started == Started(
        Timer(started.timer.local_id, "Write", None, instant("12:00"), billable=True), None, is_new=True
    )
    assert tracker.state() == State([], started.timer, [])


def test_a_start_stops_what_runs_at_the_same_instant(tracker: Tracker, running: Timer) -> None:
    started = tracker.do(timer.start, READ, None)
    stopped = TimeEntry(running.local_id, "Write", None, instant("10:00"), instant("12:00"), billable=True)
    new = Timer(started.timer.local_id, "Read", None, instant("12:00"), billable=False)
    assert started == Started(new, stopped, is_new=True)
    assert new.local_id != running.local_id
    assert tracker.state() == State([stopped], new, [])


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("9:59:59", "out_of_range"),
        ("10:00", ""),  # nothing is left of what ran; it stays as an entry of no length
        ("11:00", ""),
        ("12:00", ""),
        ("12:00:01", "in_the_future"),
    ],
)
def test_when_a_switch_may_be(tracker: Tracker, running: Timer, at: str, code: str) -> None:
    if code:
        tracker.refused(code, timer.start, READ, moment(at))
        return
    started = tracker.do(timer.start, READ, moment(at))
    assert started.stopped is not None
    assert (started.stopped.local_id, started.stopped.ended_at) == (running.local_id, instant(at))
    assert started.timer.started_at == instant(at)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("9:00", "overlap"),
        ("10:00", "overlap"),
        ("10:59:59", "overlap"),
        ("11:00", ""),  # touching is no overlap
        ("12:00", ""),
        ("12:00:01", "in_the_future"),
    ],
)
def test_a_start_in_the_past_needs_free_time_up_to_now(tracker: Tracker, at: str, code: str) -> None:
    tracker.do(entries.add, entry("10:00", "11:00"))
    if code:
        tracker.refused(code, timer.start, WRITE, moment(at))
    else:
        assert tracker.do(timer.start, WRITE, moment(at)).timer.started_at == instant(at)


def test_a_switch_in_the_past_needs_free_time_too(tracker: Tracker, running: Timer) -> None:
    tracker.do(entries.add, entry("11:00", "11:30"), overlap=True)
    tracker.refused("overlap", timer.start, READ, moment("11:15"))
    started = tracker.do(timer.start, READ, moment("11:30"))
    assert started.stopped is not None
    assert started.stopped.local_id == running.local_id


def test_an_overlap_that_is_wanted_is_stored(tracker: Tracker) -> None:
    tracker.do(entries.add, entry("10:00", "11:00"))
    assert tracker.do(timer.start, WRITE, moment("9:00"), overlap=True).timer.started_at == instant("9:00")


def test_a_start_now_is_never_refused_for_an_entry(tracker: Tracker) -> None:
    tracker.do(entries.add, entry("11:00", "13:00"))  # by a clock that was ahead
    assert tracker.do(timer.start, WRITE, None).timer.started_at == instant("12:00")


def test_a_stop_makes_the_timer_an_entry_of_the_same_id(tracker: Tracker, running: Timer) -> None:
    stopped = tracker.do(timer.stop, None)
    assert stopped == TimeEntry(
        running.local_id, "Write", None, instant("10:00"), instant("12:00"), billable=True
    )
    assert tracker.state() == State([stopped], None, [])


def test_a_stop_may_say_what_it_was(tracker: Tracker, running: Timer) -> None:
    assert tracker.do(timer.stop, None, READ) == TimeEntry(
        running.local_id, "Read", None, instant("10:00"), instant("12:00"), billable=False
    )


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("9:59:59", "out_of_range"),
        ("10:00", ""),
        ("11:00", ""),
        ("12:00", ""),
        ("12:00:01", "out_of_range"),
    ],
)
def test_when_a_stop_may_be(tracker: Tracker, running: Timer, at: str, code: str) -> None:
    if code:
        tracker.refused(code, timer.stop, moment(at))
    else:
        stopped = tracker.do(timer.stop, moment(at))
        assert (stopped.started_at, stopped.ended_at) == (running.started_at, instant(at))
        assert tracker.state().timer is None


def test_a_stop_is_never_refused_for_an_entry(tracker: Tracker, running: Timer) -> None:
    tracker.do(entries.add, entry("11:00", "11:30"), overlap=True)
    assert tracker.do(timer.stop, None).started_at == running.started_at


def test_a_cancelled_timer_leaves_nothing(tracker: Tracker, running: Timer) -> None:
    assert tracker.do(timer.cancel) == running
    assert tracker.state() == State([], None, [])


def test_without_a_timer_nothing_is_stopped_or_cancelled(tracker: Tracker) -> None:
    tracker.refused("no_timer", timer.stop, None)
    tracker.refused("no_timer", timer.stop, moment("11:00"))
    tracker.refused("no_timer", timer.cancel)


@pytest.mark.parametrize("clock", ["9:59:59", "9:59:55"])
def test_a_clock_that_went_back_a_little_is_taken_for_the_start(
    tracker: Tracker, running: Timer, clock: str
) -> None:
    started = tracker.at(clock).do(timer.start, READ, None)
    assert started.stopped is not None
    assert (started.stopped.local_id, started.stopped.duration) == (running.local_id, 0)
    assert started.timer.started_at == instant("10:00")
    assert tracker.do(timer.stop, None).duration == 0


@pytest.mark.parametrize("clock", ["9:59:54", "3:00"])
def test_a_clock_that_went_back_further_is_asked_about(tracker: Tracker, running: Timer, clock: str) -> None:
    tracker.at(clock)
    tracker.refused("clock_went_back", timer.start, READ, None)
    tracker.refused("clock_went_back", timer.stop, None)
    tracker.refused("out_of_range", timer.stop, moment("10:01"))  # that is in the future by any clock
    assert tracker.do(timer.stop, moment("10:00")).local_id == running.local_id  # the clock is not needed


def test_a_clock_that_went_back_before_a_cancel_does_not_matter(tracker: Tracker, running: Timer) -> None:
    assert tracker.at("3:00").do(timer.cancel) == running
