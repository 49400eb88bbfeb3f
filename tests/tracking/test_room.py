"""`--adjust`: what is cut, split and moved to make room, and that no second outside the new entry changes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clockeye_cli.core.entry import TimeEntry, Timer, new_id
from clockeye_cli.errors import ClashError
from clockeye_cli.tracking import entries, timer
from clockeye_cli.tracking.timer import Work
from tests.tracking.tracker import MIDNIGHT, Tracker, entry, instant, moment

if TYPE_CHECKING:
    from tests.tracking.tracker import State

WRITE = Work("Write", None, billable=True)


def times(state: State) -> list[tuple[str, int, int]]:
    return [(each.description, each.started_at, each.ended_at) for each in state.entries]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("9:30", "11:00", [("9:00", "9:30"), ("9:30", "11:00")], id="reaches in before it"),
        pytest.param("8:00", "9:30", [("8:00", "9:30"), ("9:30", "10:00")], id="reaches in after it"),
        pytest.param(
            "9:10", "9:20", [("9:00", "9:10"), ("9:10", "9:20"), ("9:20", "10:00")], id="contains it"
        ),
        pytest.param("9:00", "9:20", [("9:00", "9:20"), ("9:20", "10:00")], id="begins with it"),
        pytest.param("9:40", "10:00", [("9:00", "9:40"), ("9:40", "10:00")], id="ends with it"),
        pytest.param("10:00", "11:00", [("9:00", "10:00"), ("10:00", "11:00")], id="touches it"),
        pytest.param("9:20", "9:20", [("9:00", "10:00"), ("9:20", "9:20")], id="has no length"),
    ],
)
def test_an_entry_makes_room(tracker: Tracker, start: str, end: str, expected: list[tuple[str, str]]) -> None:
    tracker.do(entries.add, entry("9:00", "10:00", "Old"))
    before = tracker.state()
    tracker.do(entries.add, entry(start, end, "New"), adjust=True)
    spans = [span[1:] for span in times(tracker.state())]
    assert spans == [(instant(first), instant(last)) for first, last in expected]
    tracker.undo()
    assert tracker.state() == before


@pytest.mark.parametrize(
    ("start", "end"), [("9:00", "10:00"), ("8:00", "11:00"), ("9:00", "10:01"), ("8:59", "10:00")]
)
def test_an_entry_that_would_be_covered_is_never_deleted(tracker: Tracker, start: str, end: str) -> None:
    tracker.do(entries.add, entry("8:30", "9:00", "Reaches in"))
    tracker.do(entries.add, entry("9:00", "10:00", "Old"))
    error = tracker.refused("overlap", entries.add, entry(start, end), adjust=True)
    assert "Old" in error.message


def test_the_timer_makes_room_and_runs_on(tracker: Tracker) -> None:
    running = tracker.at("9:00").do(timer.start, WRITE, None).timer
    tracker.at("12:00").do(entries.add, entry("8:00", "10:00", "New"), adjust=True)
    assert tracker.state().timer == running._replace(started_at=instant("10:00"))
    tracker.do(entries.add, entry("11:00", "12:00", "Newer"), adjust=True)
    state = tracker.state()
    assert state.timer == running._replace(started_at=instant("12:00"))
    assert ("Write", instant("10:00"), instant("11:00")) in times(state)
    tracker.undo()
    tracker.undo()
    assert tracker.state().timer == running


def test_an_edited_timer_cuts_what_reaches_in(tracker: Tracker) -> None:
    tracker.do(entries.add, entry("9:00", "11:00", "Old"))
    running = tracker.do(timer.start, WRITE, moment("11:30")).timer
    earlier = running._replace(started_at=instant("10:00"))
    tracker.do(entries.edit, running, earlier, adjust=True)
    assert times(tracker.state()) == [("Old", instant("9:00"), instant("10:00"))]


def test_entries_of_a_colleague_are_left_alone(tracker: Tracker) -> None:
    colleague = entry("9:00", "10:00", "Hers")._replace(user_id="usr_2")
    tracker.do(entries.add, colleague, overlap=True)
    tracker.do(entries.add, entry("9:30", "10:30", "Mine"), adjust=True)
    later = colleague._replace(ended_at=instant("11:00"))
    tracker.do(entries.edit, colleague, later, adjust=True)  # and hers cuts nothing of mine
    assert sorted(times(tracker.state())) == [
        ("Hers", instant("9:00"), instant("11:00")),
        ("Mine", instant("9:30"), instant("10:30")),
    ]


PLACES = st.integers(0, 40)


class Adjusting(RuleBasedStateMachine):
    """Entries that are added and moved with `adjust`: by seconds, whose time each second is."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="clockeye-room-"))
        self.tracker = Tracker(self.folder)
        self.tracker.now = MIDNIGHT + 40
        self.names = 0
        self.before: list[State] = []

    def teardown(self) -> None:
        self.tracker.store.close()
        shutil.rmtree(self.folder)

    def seconds(self) -> dict[int, list[str]]:
        """The descriptions of what was done in each second."""
        state = self.tracker.state()
        spans = times(state)
        if state.timer:
            spans.append((state.timer.description, state.timer.started_at, self.tracker.now))
        return {
            at: sorted(name for name, start, end in spans if start <= at < end)
            for at in range(MIDNIGHT, MIDNIGHT + 40)
        }

    def name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def check(self, was: dict[int, list[str]], start: int, end: int, name: str) -> None:
        """Inside the new span there is only the new entry, outside whatever there was."""
        for at, names in self.seconds().items():
            assert names == ([name] if start <= at < end else was[at])

    @rule()
    @precondition(lambda self: self.tracker.state().timer is None)
    def start(self) -> None:
        self.before.append(self.tracker.state())
        free = max([MIDNIGHT, *(end for _, _, end in times(self.tracker.state()))])
        running = Timer(new_id("te"), self.name(), None, min(free, MIDNIGHT + 40), billable=True)
        self.tracker.do(lambda write: write.change(None, running))

    @rule(first=PLACES, last=PLACES)
    def add(self, first: int, last: int) -> None:
        start, end = sorted((MIDNIGHT + first, MIDNIGHT + last))
        was, state, name = self.seconds(), self.tracker.state(), self.name()
        new = TimeEntry(new_id("te"), name, None, start, end, billable=True)
        try:
            self.tracker.do(entries.add, new, adjust=True)
        except ClashError:
            assert self.tracker.state() == state
            assert any(start <= each.started_at < each.ended_at <= end for each in state.entries)
            return
        self.before.append(state)
        self.check(was, start, end, name)

    @rule(place=st.integers(0), first=PLACES, last=PLACES)
    @precondition(lambda self: self.tracker.state().entries)
    def edit(self, place: int, first: int, last: int) -> None:
        start, end = sorted((MIDNIGHT + first, MIDNIGHT + last))
        was, state = self.seconds(), self.tracker.state()
        # Not by id: ids are random, and the same draws must give the same entry.
        spans = sorted(state.entries, key=lambda each: (each.started_at, each.ended_at, each.description))
        old = spans[place % len(spans)]
        after = old._replace(description=self.name(), started_at=start, ended_at=end)
        for at in range(old.started_at, old.ended_at):
            was[at].remove(old.description)
        try:
            self.tracker.do(entries.edit, old, after, adjust=True)
        except ClashError:
            assert self.tracker.state() == state
            return
        self.before.append(state)
        self.check(was, start, end, after.description)

    @rule()
    @precondition(lambda self: self.before)
    def undo(self) -> None:
        self.tracker.undo()
        assert self.tracker.state() == self.before.pop()

    @invariant()
    def no_second_is_counted_twice(self) -> None:
        assert all(len(names) <= 1 for names in self.seconds().values())


TestAdjusting = Adjusting.TestCase
TestAdjusting.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
