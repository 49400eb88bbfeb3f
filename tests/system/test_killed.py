"""A command killed before any of its system calls that write has taken effect completely or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.system.killing import kills
from tests.system.scenes import SCENES, Outcome, args_in, copy, environment_in, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from tests.system.under_strace import Sabotage


@pytest.mark.parametrize("name", SCENES)
def test_a_command_that_is_killed_has_happened_or_has_not(
    name: str, killer: Sabotage, fast_path: Path
) -> None:
    scene = SCENES[name]
    made, app = prepared(fast_path, scene)
    home = fast_path / "home"
    args, environ, at_terminal = args_in(home, scene.args), environment_in(home, scene), scene.at_terminal

    def fresh() -> None:
        copy(made, home)

    def look(acknowledged: bool) -> None:
        outcome.judge(home, acknowledged=acknowledged)

    fresh()
    outcome = Outcome(scene, home)
    fresh()
    assert killer.run(home, args, app.now, at_terminal=at_terminal, environ=environ).code == 0
    outcome.is_complete(home)
    every = 5 if scene.extra else 1  # the pages of a copy that has no name yet are all the same
    killed = kills(killer, app.now, args, fresh, home, look, every, at_terminal=at_terminal, environ=environ)
    assert killed > 5
