"""Tracking against a model of it: whatever is done in whatever order, entries, timer and exit codes agree.

Each command that writes is run with `--dry-run` first: it gives the same answer, and changes no byte.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.app import App
from tests.dry_run import hold_same_answer, tried

NOON = 1_795_172_400
MAX_SMALL_STEP = 5

READS = ("status", "report")

WORDS = st.sampled_from(["write", "read", "talk", "#tag think", ""])
PROJECTS = st.sampled_from([None, "web", "garden"])
WHEN = st.integers(-3 * 86_400, 600)
"""Seconds from now; above zero is the future."""


class Entry(NamedTuple):
    start: int
    end: int
    text: str
    project: str | None


class Timer(NamedTuple):
    start: int
    text: str
    project: str | None


class State(NamedTuple):
    entries: dict[str, Entry]
    timer: Timer | None


def iso(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant, UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


class Tracking(RuleBasedStateMachine):
    """The model: entries, a timer, and stacks of what was before each change, and before each undo."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="clockeye-model-"))
        self.app = App(self.folder / "home")
        self.now = NOON
        self.state = State({}, None)
        self.before: list[State] = []
        self.undone: list[State] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # ---- what the app says ----

    def run(self, code: int, *args: str) -> Any:
        self.app.now = self.now
        dry = None if args[0] in READS else tried(self.app, *args)
        result = self.app.run(*args, "--json")
        assert result.code == code, (args, result)
        if dry:
            hold_same_answer(dry, result)
        return result.data if code == 0 else None

    def done(self, state: State) -> None:
        if state != self.state:
            self.before.append(self.state)
            self.undone = []
            self.state = state

    # ---- the rules, implemented a second time ----

    def settled(self) -> int | None:
        """The instant at which start and stop act; None if the clock went back too far."""
        timer = self.state.timer
        if timer is None or self.now >= timer.start:
            return self.now
        return timer.start if timer.start - self.now <= MAX_SMALL_STEP else None

    def is_free(self, start: int, end: int, but: str = "") -> bool:
        spans = [(e.start, e.end) for key, e in self.state.entries.items() if key != but]
        if self.state.timer:
            spans.append((self.state.timer.start, self.now))
        return not any(max(start, a) < min(end, b) for a, b in spans)

    def stopped(self, at: int) -> dict[str, Entry]:
        timer = self.state.timer
        assert timer is not None
        return self.state.entries | {"new": Entry(timer.start, at, timer.text, timer.project)}

    def pick(self, place: int) -> str:
        """An entry by the order of making: ids are random, and the same draws must give the same entry."""
        keys = list(self.state.entries)
        return keys[place % len(keys)]

    def latest(self) -> Entry | None:
        """The entry with the latest end that is not in the future."""
        items = [item for item in self.state.entries.items() if item[1].end <= self.now]
        return max(items, key=lambda item: (item[1].end, item[1].start, item[0]))[1] if items else None

    # ---- what is done ----

    @initialize()
    def empty(self) -> None:
        self.run(3, "stop")
        self.run(3, "undo", "-y")

    @rule(
        seconds=st.one_of(
            st.integers(0, 90), st.integers(0, 100_000), st.integers(-5, -1), st.integers(-7200, -6)
        )
    )
    def clock(self, seconds: int) -> None:
        self.now += seconds

    def begin(self, text: str, project: str | None, *args: str) -> None:
        at = self.settled()
        if at is None:
            self.run(3, *args)
            return
        data = self.run(0, *args)
        entries = dict(self.state.entries)
        if self.state.timer:
            entries[data["stopped"]["id"]] = self.stopped(at)["new"]
        else:
            assert data["stopped"] is None
        self.done(State(entries, Timer(at, text, project)))

    @rule(text=WORDS, project=PROJECTS)
    def start(self, text: str, project: str | None) -> None:
        self.begin(text, project, "start", *text.split(), *(["-p", project] if project else []))

    @rule(text=WORDS)
    def start_if_idle(self, text: str) -> None:
        if self.state.timer:
            self.run(0, "start", text, "--if-idle")
        else:
            self.begin(text, None, "start", text, "--if-idle")

    @rule(shift=WHEN)
    def start_at(self, shift: int) -> None:
        at, timer = self.now + shift, self.state.timer
        limit = max(self.now, timer.start) if timer else self.now
        if at > limit or (timer and at < timer.start):
            self.run(2, "start", "then", "--at", iso(at))
            return
        others = self.state.entries.values()
        if any(max(at, e.start) < min(limit, e.end) for e in others):
            self.run(3, "start", "then", "--at", iso(at))
            return
        data = self.run(0, "start", "then", "--at", iso(at))
        entries = dict(self.state.entries)
        if timer:
            entries[data["stopped"]["id"]] = self.stopped(at)["new"]
        self.done(State(entries, Timer(at, "then", None)))

    @rule()
    def stop(self) -> None:
        at = self.settled()
        if self.state.timer is None or at is None:
            self.run(3, "stop")
            return
        data = self.run(0, "stop")
        self.done(State(self.state.entries | {data["id"]: self.stopped(at)["new"]}, None))

    @rule()
    @precondition(lambda self: self.state.entries)
    def resume(self) -> None:
        latest = self.latest()
        if latest is None:
            self.run(3, "resume")
            return
        self.begin(latest.text, latest.project, "resume")

    @rule()
    @precondition(lambda self: not self.state.entries)
    def resume_nothing(self) -> None:
        self.run(3, "resume")

    @rule()
    def cancel(self) -> None:
        if self.state.timer is None:
            self.run(3, "cancel", "-y")
            return
        self.run(0, "cancel", "-y")
        self.done(State(self.state.entries, None))

    @rule(shift=WHEN, length=st.integers(-60, 90_000), text=WORDS, project=PROJECTS, overlap=st.booleans())
    def add(self, shift: int, length: int, text: str, project: str | None, overlap: bool) -> None:
        start, end = self.now + shift, self.now + shift + length
        args = ["add", *text.split(), "--from", iso(start), "--to", iso(end)]
        args += ["-p", project] if project else []
        args += ["--overlap"] if overlap else []
        if length < 0 or end > self.now:
            self.run(2, *args)
        elif not overlap and not self.is_free(start, end):
            self.run(3, *args)
        else:
            data = self.run(0, *args)
            self.done(
                State(self.state.entries | {data["id"]: Entry(start, end, text, project)}, self.state.timer)
            )

    @rule(place=st.integers(0), shift=st.integers(-90_000, 90_000), overlap=st.booleans())
    @precondition(lambda self: self.state.entries)
    def edit_start(self, place: int, shift: int, overlap: bool) -> None:
        key = self.pick(place)
        entry = self.state.entries[key]
        start = entry.start + shift
        args = ["edit", key, "--from", iso(start), *(["--overlap"] if overlap else [])]
        if start > entry.end or entry.end > self.now:
            self.run(2, *args)
        elif shift and not overlap and not self.is_free(start, entry.end, but=key):
            self.run(3, *args)
        else:
            self.run(0, *args)
            self.done(State(self.state.entries | {key: entry._replace(start=start)}, self.state.timer))

    @rule(place=st.integers(0), text=WORDS)
    @precondition(lambda self: self.state.entries)
    def edit_text(self, place: int, text: str) -> None:
        key = self.pick(place)
        self.run(0, "edit", key, "-d", text)
        entry = self.state.entries[key]._replace(text=text)
        self.done(State(self.state.entries | {key: entry}, self.state.timer))

    @rule(text=WORDS)
    @precondition(lambda self: self.state.timer)
    def edit_timer(self, text: str) -> None:
        self.run(0, "edit", "current", "-d", text)
        assert self.state.timer is not None
        self.done(State(self.state.entries, self.state.timer._replace(text=text)))

    @rule(place=st.integers(0), shift=st.integers(-10, 100_000), gap=st.integers(0, 100))
    @precondition(lambda self: self.state.entries)
    def split(self, place: int, shift: int, gap: int) -> None:
        key = self.pick(place)
        entry = self.state.entries[key]
        at = entry.start + shift
        args = ["split", key, "--at", iso(at), *(["--gap", f"{gap}s"] if gap else [])]
        if not entry.start <= at <= at + gap <= entry.end:
            self.run(2, *args)
            return
        first, second = self.run(0, *args)
        assert first["id"] == key
        parts = {key: entry._replace(end=at), second["id"]: entry._replace(start=at + gap)}
        self.done(State(self.state.entries | parts, self.state.timer))

    @rule(places=st.lists(st.integers(0), min_size=1, max_size=3))
    @precondition(lambda self: self.state.entries)
    def delete(self, places: list[int]) -> None:
        keys = {self.pick(place) for place in places}
        self.run(0, "delete", *sorted(keys), "-y")
        self.done(State({k: e for k, e in self.state.entries.items() if k not in keys}, self.state.timer))

    @rule()
    def undo(self) -> None:
        if not self.before:
            self.run(3, "undo", "-y")
            return
        self.run(0, "undo", "-y")
        self.undone.append(self.state)
        self.state = self.before.pop()

    @rule(count=st.integers(2, 4))
    def undo_several(self, count: int) -> None:
        if len(self.before) < count:
            self.run(3, "undo", "-n", str(count), "-y")
            return
        self.run(0, "undo", "-n", str(count), "-y")
        for _ in range(count):
            self.undone.append(self.state)
            self.state = self.before.pop()

    @rule(count=st.integers(1, 3))
    def redo(self, count: int) -> None:
        if len(self.undone) < count:
            self.run(3, "redo", "-n", str(count), "-y")
            return
        self.run(0, "redo", "-n", str(count), "-y")
        for _ in range(count):
            self.before.append(self.state)
            self.state = self.undone.pop()

    # ---- what must agree ----

    @invariant()
    def entries_and_timer_agree(self) -> None:
        meta = self.app_log()
        rows = meta["data"]
        stored = {
            row["id"]: Entry(
                instant(row["started_at"]), instant(row["ended_at"]), row["description"], row["project"]
            )
            for row in rows
            if row["ended_at"]
        }
        assert stored == self.state.entries
        running = [row for row in rows if not row["ended_at"]]
        expected = self.state.timer
        # A timer that starts in the future has no part in any period.
        if expected and expected.start <= self.now:
            assert [Timer(instant(r["started_at"]), r["description"], r["project"]) for r in running] == [
                expected
            ]
        status = self.run(0, "status")
        if expected is None:
            assert status is None
        else:
            assert instant(status["started_at"]) == expected.start
        total = sum(entry.end - entry.start for entry in stored.values())
        total += max(0, self.now - expected.start) if expected else 0
        assert meta["meta"]["duration"] == total
        days = self.run(0, "report", "--all", "--by", "day")
        assert sum(row["duration"] for row in days) == total

    def app_log(self) -> Any:
        self.app.now = self.now
        return self.app.ok("log", "--all", "--json").json


TestTracking = Tracking.TestCase
TestTracking.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
