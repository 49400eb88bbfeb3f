"""After any sequence of writes, faults, deaths and syncs, both sides agree and hold what the user did."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clockeye_cli.api import wire
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.store import entries, outbox
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from clockeye_cli.tracking import undo
from tests.sync.service import NOON, Clock, Service, account_of

DAY = datetime(2026, 11, 20, tzinfo=UTC).date()
FAULTS = ["ok", "refuse", "drop_before", "drop_after", "500", "502", "unreadable", "429", "401"]
WORDS = st.sampled_from(["call", "call", "fix", "  plan  it ", "Café"])


class BothSides(RuleBasedStateMachine):
    """A user who writes, a network that fails, a process that dies; nobody else works on the account."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.service = Service()
        self.clock = Clock(NOON)
        self.account = account_of(self.service, Path(self._folder.name), self.clock)
        self.wanted: dict[str, TimeEntry] = {}
        self.before: list[dict[str, TimeEntry]] = []
        self.undone: list[dict[str, TimeEntry]] = []

    def teardown(self) -> None:
        self.account.store.close()
        self._folder.cleanup()

    def change(self, before: TimeEntry | None, after: TimeEntry | None) -> None:
        with self.account.store.write(["test"], UTC) as write:
            write.change(before, after)
        self.before.append(dict(self.wanted))
        self.undone = []

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        with self.account.store.write(["undo"], UTC) as write:
            undo.reverse(write, undo.to_undo(write.connection, write.actor.undoable)[0])
        self.undone.append(dict(self.wanted))
        self.wanted = self.before.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        with self.account.store.write(["redo"], UTC) as write:
            undo.reverse(write, undo.to_redo(write.connection, write.actor)[0])
        self.before.append(dict(self.wanted))
        self.wanted = self.undone.pop()

    @rule(text=WORDS, hour=st.integers(0, 8), length=st.integers(0, 3))
    def add(self, text: str, hour: int, length: int) -> None:
        local_id = f"te_{len(self.wanted):04}{self.clock.now % 10**8:08}"
        start = NOON - 10 * 3600 + hour * 3600
        entry = TimeEntry(local_id, text, None, start, start + length * 600, True)
        if local_id not in self.wanted:
            self.change(None, entry)
            self.wanted[local_id] = entry

    @precondition(lambda self: self.wanted)
    @rule(data=st.data(), text=WORDS)
    def edit(self, data: Any, text: str) -> None:
        before = self.wanted[data.draw(st.sampled_from(sorted(self.wanted)))]
        after = before._replace(description=text)
        if after != before:
            self.change(before, after)
            self.wanted[before.local_id] = after

    @precondition(lambda self: self.wanted)
    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        gone = self.wanted[data.draw(st.sampled_from(sorted(self.wanted)))]
        self.change(gone, None)
        del self.wanted[gone.local_id]

    @rule(
        faults=st.lists(st.sampled_from(FAULTS), max_size=4),
        reads=st.lists(st.sampled_from(FAULTS), max_size=3),
    )
    def fail(self, faults: list[str], reads: list[str]) -> None:
        self.service.faults, self.service.read_faults = list(faults), list(reads)

    @rule()
    def push(self) -> None:
        push(self.account)

    @rule()
    def pull(self) -> None:
        try:
            pull(self.account, DAY, DAY, whose=MINE)
        except ClockeyeError:
            self.service.read_faults = []

    @rule(seconds=st.sampled_from([1, 10, 31, 600]))
    def wait(self, seconds: int) -> None:
        self.clock.now += seconds

    @precondition(lambda self: self.wanted)
    @rule()
    def die_while_sending(self) -> None:
        """What a process leaves that was killed between the commit of `sending` and the answer."""
        with self.account.store.exchange() as connection:
            for row in outbox.rows(connection):
                if row.state == "unknown" and row.body:
                    outbox.put(connection, row._replace(state="sending"))

    @invariant()
    def nothing_is_lost_here(self) -> None:
        with self.account.store.read() as connection:
            here = {entry.local_id: entry for entry in entries.between(connection, None, None)}
        said = {key: (e.description.split(), e.started_at, e.ended_at) for key, e in here.items()}
        assert said == {
            key: (e.description.split(), e.started_at, e.ended_at) for key, e in self.wanted.items()
        }

    def agree(self) -> None:
        self.service.faults = self.service.read_faults = []
        for _ in range(8):
            push(self.account)
            self.clock.now += self.account.settle + 1
        with self.account.store.read() as connection:
            left = [row for row in outbox.rows(connection) if row.state != "ask"]
        assert left == []
        with self.account.store.read() as connection:
            asked = {row.local_id for row in outbox.rows(connection)}
        wanted = [e for key, e in self.wanted.items() if key not in asked]
        there = [(row[0].split() if row[0] else [], row[1], row[2]) for row in self.service.mine()]
        for entry in wanted:
            item = (entry.description.split(), wire.stamp(entry.started_at), wire.stamp(entry.ended_at))
            assert item in there
            there.remove(item)
        assert len(there) <= len(asked)


class Agreeing(BothSides):
    """The same, which lets both sides settle at the end."""

    def teardown(self) -> None:
        self.agree()
        super().teardown()


TestBothSides = Agreeing.TestCase
TestBothSides.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
