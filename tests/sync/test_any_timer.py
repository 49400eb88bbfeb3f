"""After any sequence of starts, stops, faults, deaths and syncs, the account has what the user tracked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clockeye_cli.api import wire
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.store import outbox
from clockeye_cli.sync.push import push
from tests.sync.computer import Computer
from tests.sync.service import NOON, Clock, Service

FAULTS = ["ok", "refuse", "drop_before", "drop_after", "500", "502", "unreadable", "429", "401"]
SECONDS = st.sampled_from([61, 600, 5_000])
"""Entries that are closer together may be taken for one another: then a person is asked."""
WORDS = st.sampled_from(["call", "call", "fix", "Café"])


class TimerOnBothSides(RuleBasedStateMachine):
    """A user with a timer, a network that fails, a process that dies; nobody else works on the account."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.service = Service()
        self.clock = Clock(NOON)
        self.computer = Computer(self.service, Path(self._folder.name), self.clock)
        self.tracked: list[tuple[str, int, int]] = []
        self.running: tuple[str, int] | None = None

    def teardown(self) -> None:
        try:
            self.agree()
        finally:
            self.computer.account.store.close()
            self._folder.cleanup()

    def end(self) -> None:
        if self.running:
            self.tracked.append((*self.running, self.clock.now - NOON))
        self.running = None

    @rule(text=WORDS, seconds=SECONDS)
    def start(self, text: str, seconds: int) -> None:
        self.computer.start(text, after=seconds)
        self.end()
        self.running = (text, self.clock.now - NOON)

    @precondition(lambda self: self.running)
    @rule(seconds=SECONDS)
    def stop(self, seconds: int) -> None:
        self.computer.stop(after=seconds)
        self.end()

    @precondition(lambda self: self.running)
    @rule()
    def stop_and_undo(self) -> None:
        self.computer.stop()
        self.computer.undo()

    @precondition(lambda self: self.running)
    @rule(is_undone=st.booleans(), is_sent=st.booleans())
    def cancel(self, *, is_undone: bool, is_sent: bool) -> None:
        self.computer.cancel()
        if is_sent:
            push(self.computer.account)
        if is_undone:
            self.computer.undo()
        else:
            self.running = None

    @precondition(lambda self: self.running)
    @rule(text=WORDS)
    def describe(self, text: str) -> None:
        assert self.running
        self.computer.describe(text)
        self.running = (text, self.running[1])

    @rule(
        faults=st.lists(st.sampled_from(FAULTS), max_size=4),
        reads=st.lists(st.sampled_from(FAULTS), max_size=3),
    )
    def fail(self, faults: list[str], reads: list[str]) -> None:
        self.service.faults, self.service.read_faults = list(faults), list(reads)

    @rule(how=st.sampled_from(["runs", "refuses", "refuses without a field"]))
    def become(self, how: str) -> None:
        self.service.running = how

    @rule()
    def push(self) -> None:
        push(self.computer.account)

    @rule()
    def pull(self) -> None:
        try:
            self.computer.pull()
        except ClockeyeError:
            self.service.read_faults = []

    @rule(seconds=st.sampled_from([1, 10, 31, 600]))
    def wait(self, seconds: int) -> None:
        self.clock.now += seconds

    @rule()
    def die_while_sending(self) -> None:
        """What a process leaves that was killed between the commit of `sending` and the answer."""
        with self.computer.account.store.exchange() as connection:
            for row in outbox.rows(connection):
                if row.state == "unknown" and row.body:
                    outbox.put(connection, row._replace(state="sending"))

    @invariant()
    def nothing_is_lost_or_doubled_here(self) -> None:
        assert sorted(self.computer.here) == sorted(self.tracked)
        timer = self.computer.runs and self.computer.timer
        assert (timer and (timer.description, timer.started_at - NOON)) == self.running
        assert self.computer.news == []

    def agree(self) -> None:
        self.service.faults = self.service.read_faults = []
        for _ in range(8):
            self.computer.sync()
        assert self.computer.rows == []
        there: list[Any] = [
            (text, (wire.instant(start) or 0) - NOON, end and (wire.instant(end) or 0) - NOON)
            for text, start, end in self.service.mine()
        ]
        ended = sorted(row for row in there if row[2] is not None)
        assert ended == sorted(self.tracked)
        open_there = [row[:2] for row in there if row[2] is None]
        assert open_there in ([self.running] if self.running else [], [])


TestTimer = TimerOnBothSides.TestCase
TestTimer.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
