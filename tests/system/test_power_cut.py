"""A command has taken effect or it has not, and what it has acknowledged stays, whenever the power fails."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.system.power_cut import STATES, cut, states
from tests.system.recorder import Bytes, Flushed, Names, Recorder, Recording, put, tree_of
from tests.system.scenes import SCENES, Outcome, args_in, copy, environment_in, prepared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.system.recorder import Event


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    with Recorder(tmp_path_factory.mktemp("traces")) as recorder:
        yield recorder


@pytest.mark.parametrize("name", SCENES)
def test_a_command_has_happened_or_has_not_after_a_power_failure(
    name: str, recorder: Recorder, fast_path: Path
) -> None:
    scene = SCENES[name]
    made, app = prepared(fast_path, scene)
    home = fast_path / "home"
    copy(made, home)
    outcome = Outcome(scene, home)
    copy(made, home)
    recording = recorder.record(
        home,
        args_in(home, scene.args),
        app.now,
        at_terminal=scene.at_terminal,
        environ=environment_in(home, scene),
    )
    assert cut(recording, len(recording.events), "all", "all", Random(0)) == tree_of(home)
    outcome.is_complete(home)
    for state in states(recording, STATES, name):
        put(state.tree, home)
        try:
            outcome.judge(home, acknowledged=state.is_acknowledged)
        except AssertionError as error:
            error.add_note(state.where)
            raise


def test_what_was_not_flushed_may_be_lost_and_the_rest_stays() -> None:
    events: list[Event] = [
        Names({"home/draft": 2}),
        Bytes(2, 0, b"new"),
        Names({"home/draft": None, "home/file": 2}),
    ]
    before = {"home": None, "home/file": b"old"}
    recording = Recording({1: b"old"}, {"home": -1, "home/file": 1}, events)

    def outcomes() -> list[dict[str, bytes | None]]:
        trees = {repr(state.tree): state.tree for state in states(recording, 50, "test")}
        return [tree for name, tree in sorted(trees.items()) if "home/draft" not in tree]

    empty = {"home": None, "home/file": b""}
    after = {"home": None, "home/file": b"new"}
    assert outcomes() == [empty, {**empty, "home/file": bytes(3)}, after, before]
    recording.events.insert(2, Flushed(2))
    assert outcomes() == [after, before]
    recording.events.append(Flushed("home"))
    assert cut(recording, 5, "none", "none", Random(0)) == after
