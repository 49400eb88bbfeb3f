"""Undo: each command is taken back as a whole, the latest first, unless something changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clockeye_cli.core.actor import PERSON, SCRIPT, SOMEBODY, Actor
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import entries as stored_entries
from clockeye_cli.store import projects as stored_projects
from clockeye_cli.store import timer as stored_timer
from clockeye_cli.store import undoable
from clockeye_cli.store.replay import compare
from clockeye_cli.store.soundness import problems
from clockeye_cli.tracking import entries, lookup, projects, timer, undo
from clockeye_cli.tracking.timer import Work
from tests.system.real_parts import folder_in_memory
from tests.tracking.tracker import BERLIN, State, Tracker, entry, instant, last_step, moment, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

WRITE = Work("Write", None, billable=True)
READ = Work("Read", None, billable=False)


def edit(write: Write, text: str, /, **fields: object) -> None:
    before = lookup.find(write, text)
    entries.edit(write, before, before._replace(**fields))  # type: ignore[arg-type] # as the case has it


COMMANDS: dict[str, Callable[[Write], object]] = {
    "start": lambda write: timer.start(write, READ, None),
    "start --at": lambda write: timer.start(write, READ, moment("11:30"), overlap=True),
    "stop": lambda write: timer.stop(write, None),
    "stop -d": lambda write: timer.stop(write, None, READ),
    "cancel": timer.cancel,
    "edit current": lambda write: edit(write, "current", description="Edited", started_at=instant("11:30")),
    "split current": lambda write: entries.split(write, lookup.find(write, "current"), instant("11:00"), 60),
    "add": lambda write: entries.add(write, entry("7:00", "8:00"), overlap=True),
    "add --key": lambda write: entries.add(write, entry("6:00", "7:00"), key="mail", overlap=True),
    "add -p": lambda write: entries.add(
        write,
        entry("5:00", "6:00", project_id=projects.for_new_entry(write, "music").id),
        overlap=True,
    ),
    "edit": lambda write: edit(write, "last", description="Edited", billable=False),
    "split": lambda write: entries.split(
        write, last := lookup.find_finished(write, "last"), last.started_at, 0
    ),
    "delete": lambda write: entries.delete(write, lookup.find_finished(write, "last")),
    "projects add": lambda write: projects.add(write, "garden"),
    "projects rename": lambda write: projects.rename(write, "web", "site"),
    "projects archive": lambda write: projects.archive(write, "web"),
}
AS_ENTRY = ("start", "start --at", "stop", "stop -d")
"""Commands that make the timer an entry: that keeps its id, and what runs on after an undo has a new one."""


@pytest.fixture
def busy(tracker: Tracker) -> Tracker:
    """With a project, an entry, and a timer since 10:30."""
    tracker.at("8:00").do(projects.add, "web")
    tracker.at("10:00").do(entries.add, entry("9:00", "10:00"))
    tracker.at("10:30").do(timer.start, WRITE, None)
    return tracker.at("12:00")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_taken_back_whole(busy: Tracker, name: str) -> None:
    before = busy.state()
    running = before.timer
    assert running is not None
    busy.do(COMMANDS[name])
    assert busy.state() != before
    busy.undo()
    after = busy.state()
    assert after.timer is not None
    assert (after.timer.local_id == running.local_id) == (name not in AS_ENTRY)
    assert after == before._replace(timer=running._replace(local_id=after.timer.local_id))
    # Whoever noted the timer's id still finds it.
    assert busy.find(running.local_id) == after.timer


@pytest.mark.parametrize("name", COMMANDS)
def test_only_a_timer_that_would_vanish_costs_time(busy: Tracker, name: str) -> None:
    busy.do(COMMANDS[name])
    assert bool(undo.lost_timer(busy.ask(last_step))) == (name in {"start", "start --at"})


def test_the_first_start_costs_time_too(tracker: Tracker) -> None:
    tracker.do(timer.start, WRITE, None)
    assert undo.lost_timer(tracker.ask(last_step))
    tracker.undo()
    assert tracker.state() == State([], None, [])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_redo_brings_back_what_was_and_every_id(busy: Tracker, name: str) -> None:
    busy.do(COMMANDS[name])
    after = busy.state()
    for _ in range(2):
        busy.undo()
        busy.redo()
        assert busy.state() == after
        for item in after.entries:
            assert busy.find(item.local_id) == item
        assert after.timer is None or busy.find(after.timer.local_id) == after.timer
    busy.undo()
    with busy.store.read() as connection:
        assert problems(connection) == []
        assert compare(connection).differing == []


def test_a_redo_loses_time_only_where_no_entry_keeps_it(busy: Tracker) -> None:
    for name, is_lost in (("stop", False), ("start", False), ("cancel", True)):
        busy.do(COMMANDS[name])
        busy.undo()
        [step] = busy.ask(undo.to_redo, SOMEBODY)
        assert bool(undo.lost_timer(step)) == is_lost


def test_redo_works_until_another_command_of_that_actor_writes(tracker: Tracker) -> None:
    def do(actor: str, rule: Callable[[Write], object]) -> None:
        with tracker.store.write([], BERLIN, actor=Actor(actor)) as write:
            rule(write)

    def redoable(actor: str) -> int:
        with tracker.store.read() as connection:
            return len(undoable.to_redo(connection, Actor(actor), 9))

    for hour in (7, 8):
        do(PERSON, lambda write, hour=hour: entries.add(write, entry(f"{hour}:00", f"{hour}:30")))  # type: ignore[misc] # a default binds the hour
    do(PERSON, lambda write: undo.reverse(write, last_step(write.connection)))
    do(PERSON, lambda write: undo.reverse(write, last_step(write.connection)))
    assert (redoable(PERSON), redoable(SCRIPT)) == (2, 2)
    do(SCRIPT, lambda write: entries.add(write, entry("9:00", "9:30")))
    assert (redoable(PERSON), redoable(SCRIPT)) == (2, 0)
    do(PERSON, lambda write: undo.reverse(write, undo.to_redo(write.connection, write.actor)[0]))
    assert redoable(PERSON) == 1
    do(PERSON, lambda write: entries.add(write, entry("10:00", "10:30")))
    assert (redoable(PERSON), redoable(SCRIPT)) == (0, 0)


def test_an_undo_is_not_taken_back_itself(tracker: Tracker) -> None:
    first, second = entry("8:00", "9:00"), entry("9:00", "10:00")
    for item in (first, second):
        tracker.do(entries.add, item)
    tracker.undo()
    assert tracker.state().entries == [first]
    tracker.undo()
    assert tracker.state().entries == []
    with pytest.raises(ClashError) as caught:
        tracker.undo()
    assert caught.value.code == "nothing_to_undo"


def test_a_stop_that_is_taken_back_twice_leaves_one_timer(tracker: Tracker) -> None:
    """The id of each entry that there was for a time means the timer that runs on."""
    running = tracker.at("10:00").do(timer.start, WRITE, None).timer
    tracker.at("12:00").do(timer.stop, None)
    tracker.undo()
    again = tracker.at("13:00").do(timer.stop, None)
    tracker.undo()
    state = tracker.state()
    assert state == State([], state.timer, [])
    assert state.timer == running._replace(local_id=state.timer.local_id if state.timer else "")
    for text in (running.local_id, again.local_id, "current"):
        assert tracker.find(text) == state.timer


def test_an_older_change_of_the_timer_is_taken_back_under_its_new_id(tracker: Tracker) -> None:
    running = tracker.at("10:00").do(timer.start, WRITE, None).timer
    tracker.do(edit, "current", description="Edited")
    tracker.at("12:00").do(timer.stop, None)
    tracker.undo()
    renamed = tracker.state().timer
    assert renamed is not None
    tracker.undo()
    assert tracker.state().timer == running._replace(local_id=renamed.local_id)


def changed_entry(connection: Connection) -> None:
    match = lookup.find(view(connection), "last")
    assert isinstance(match, TimeEntry)
    stored_entries.put(connection, match, match._replace(description="Elsewhere"))


def deleted_entry(connection: Connection) -> None:
    stored_entries.put(connection, lookup.find_finished(view(connection), "last"), None)


def changed_timer(connection: Connection) -> None:
    match = lookup.find(view(connection), "current")
    assert isinstance(match, Timer)
    stored_timer.put(connection, match._replace(description="Elsewhere"))


def changed_project(connection: Connection) -> None:
    match = projects.find(connection, "web")
    stored_projects.put(connection, match, match._replace(name="Elsewhere"))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("edit", changed_entry),
        ("edit", deleted_entry),
        ("stop", deleted_entry),
        ("edit current", changed_timer),
        ("start", changed_timer),
        ("projects archive", changed_project),
    ],
)
def test_what_changed_since_is_left_alone(
    busy: Tracker, name: str, change: Callable[[Connection], None]
) -> None:
    """A sync has changed it: that is no command, and has no place in the history."""
    busy.do(COMMANDS[name])
    with busy.store.exchange() as connection:
        change(connection)
    step = busy.ask(last_step)
    busy.refused("changed_since", undo.reverse, step)
    assert busy.ask(last_step) == step


def comparable(state: State) -> tuple[object, ...]:
    """A state without the ids, of which a timer that runs on after an undo has a new one."""
    running = state.timer._replace(local_id="") if state.timer else None
    texts = sorted(str(item._replace(local_id="")) for item in state.entries)
    return texts, running, state.projects


@settings(max_examples=25)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), max_size=8))
def test_whatever_was_done_is_taken_back_step_by_step(names: list[str]) -> None:
    with folder_in_memory() as folder:
        tracker = Tracker(folder)
        tracker.do(projects.add, "web")
        states = [comparable(tracker.state())]
        for minute, name in enumerate(names):
            tracker.at(f"12:{minute:02}")
            before = tracker.state()
            try:
                tracker.do(COMMANDS[name])
            except (ClashError, UsageError):  # nothing to stop, a name that is used …
                assert tracker.state() == before
            else:
                if tracker.state() != before:
                    states.append(comparable(tracker.state()))
        for state in reversed(states[:-1]):
            after = comparable(tracker.state())
            for _ in range(2):
                tracker.undo()
                assert comparable(tracker.state()) == state
                tracker.redo()
                assert comparable(tracker.state()) == after
            tracker.undo()
        for state in states[1:]:
            tracker.redo()
            assert comparable(tracker.state()) == state
        with pytest.raises(ClashError):
            tracker.redo()
        tracker.store.close()
