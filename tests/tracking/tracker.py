"""A store and a clock for tests of the rules: each call is one command, in a write transaction of its own."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest

from clockeye_cli.core.actor import SOMEBODY
from clockeye_cli.core.entry import Project, TimeEntry, Timer, new_id
from clockeye_cli.core.moment import Moment
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.state import Store
from clockeye_cli.tracking import lookup, undo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Step
    from clockeye_cli.store.state import Write

P = ParamSpec("P")
T = TypeVar("T")

BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = 1_795_129_200
"""2026-11-20 in Berlin."""


def instant(clock: str) -> int:
    """`9:15` or `9:15:30` of that day."""
    hours, minutes, seconds = (*map(int, clock.split(":")), 0)[:3]
    return MIDNIGHT + hours * 3_600 + minutes * 60 + seconds


def moment(clock: str) -> Moment:
    return Moment(instant(clock))


def entry(
    start: str, end: str, description: str = "Work", *, local_id: str = "", project_id: str | None = None
) -> TimeEntry:
    """An entry of that day."""
    return TimeEntry(
        local_id or new_id("te"), description, project_id, instant(start), instant(end), billable=True
    )


class State(NamedTuple):
    """What a store holds: entries in the order of time, projects by name."""

    entries: list[TimeEntry]
    timer: Timer | None
    projects: list[Project]


class Tracker:
    """A profile whose clock stands where the test puts it; noon to begin with."""

    def __init__(self, folder: Path, profile: str = "local", *, to_account: bool = False) -> None:
        self.now = instant("12:00")
        self.store = Store(f"{folder}/{profile}.db", lambda: self.now, to_account=to_account)

    def at(self, clock: str) -> Tracker:
        self.now = instant(clock)
        return self

    def do(self, rule: Callable[Concatenate[Write, P], T], *args: P.args, **options: P.kwargs) -> T:
        """One command that follows one rule."""
        with self.store.write([rule.__name__], BERLIN) as write:
            return rule(write, *args, **options)

    def ask(self, rule: Callable[Concatenate[Connection, P], T], *args: P.args, **options: P.kwargs) -> T:
        """One command that only reads."""
        with self.store.read() as connection:
            return rule(connection, *args, **options)

    def refused(
        self, code: str, rule: Callable[Concatenate[Write, P], T], *args: P.args, **options: P.kwargs
    ) -> ClockeyeError:
        """A command that must fail with this code and change nothing."""
        before = self.state()
        with pytest.raises(ClockeyeError) as caught:
            self.do(rule, *args, **options)
        assert caught.value.code == code
        assert self.state() == before
        return caught.value

    @contextmanager
    def dropped(self) -> Iterator[Write]:
        """A command whose changes are rolled back: one store for all examples of a property."""
        with suppress(_DroppedError), self.store.write([], BERLIN) as write:
            yield write
            raise _DroppedError

    def undo(self) -> None:
        """Take the last command back."""
        self.do(_undo)

    def redo(self) -> None:
        """Reverse the last undo."""
        self.do(_redo)

    def find(self, text: str) -> TimeEntry | Timer:
        """The entry that a text names."""
        with self.store.read() as connection:
            return lookup.find(lookup.View(connection, self.now, SOMEBODY), text)

    def find_finished(self, text: str) -> TimeEntry:
        """The same, but not the timer."""
        with self.store.read() as connection:
            return lookup.find_finished(lookup.View(connection, self.now, SOMEBODY), text)

    def state(self) -> State:
        with self.store.read() as connection:
            return State(entries.every(connection), timers.running(connection), projects.every(connection))


class _DroppedError(Exception):
    """Rolls a transaction back."""


def view(connection: Connection) -> lookup.View:
    """The store as somebody sees it at noon."""
    return lookup.View(connection, instant("12:00"), SOMEBODY)


def last_step(connection: Connection) -> Step:
    """The command that `undo` would undo."""
    return undo.to_undo(connection, SOMEBODY.undoable)[0]


def _undo(write: Write) -> None:
    undo.reverse(write, last_step(write.connection))


def _redo(write: Write) -> None:
    undo.reverse(write, undo.to_redo(write.connection, SOMEBODY)[0])
