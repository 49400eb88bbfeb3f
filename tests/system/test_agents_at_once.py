"""20 agents and a person at once: nobody undoes what another did, and all sums are right.

Each works for two rounds. By hand, for longer:
`AGENT_SECONDS=60 .venv/bin/python -m pytest -n 0 tests/system/test_agents_at_once.py`
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.app import App
from tests.system import agent
from tests.system.real_parts import end, environment

if TYPE_CHECKING:
    from pathlib import Path

AGENTS = [f"agent-{number}" for number in range(10, 30)]
SECONDS = os.environ.get("AGENT_SECONDS", "0")


def test_20_agents_and_a_person_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    person = App(home)

    def at_a_terminal(*args: str) -> tuple[int, str, str]:
        person.now = int(time.time())
        return person.run(*args, terminal=True)

    def by_hand(*args: str) -> Any:
        return agent.data_of(at_a_terminal, *args)

    by_hand("start", "The whole time", "-p", "person")
    agents = [
        subprocess.Popen(
            [sys.executable, agent.__file__],
            env=environment(home, CLOCKEYE_ACTOR=name, AGENT_SECONDS=SECONDS),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in AGENTS
    ]
    try:
        for process in agents:
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
        for process in agents:
            assert process.stdin
            process.stdin.close()
            process.stdin = None  # `communicate` would use it
        kept = {"person": agent.work("person", float(SECONDS), at_a_terminal)}
        ended = [end(process) for process in agents]
    finally:
        for process in agents:
            process.kill()
    assert [each.err for each in ended if each.code] == []
    kept |= {name: json.loads(each.out) for name, each in zip(AGENTS, ended, strict=True)}
    rounds = {name: len(durations) for name, durations in kept.items()}
    timer = by_hand("stop")
    kept["person"][timer["id"]] = timer["duration"]

    stored: dict[str, dict[str, int]] = {name: {} for name in kept}
    for row in by_hand("log", "--all"):
        stored[row["project"]][row["id"]] = row["duration"]
    assert stored == kept
    sums = {row["project"]: row["duration"] for row in by_hand("report", "--all")}
    assert sums == {name: sum(durations.values()) for name, durations in kept.items()}
    whole = by_hand("report", "--all", "--by", "description")
    assert sum(row["duration"] for row in whole) == sum(sums.values())
    # Each has undone two commands a round, all of them its own.
    history = by_hand("history")
    undone = Counter(row["actor"] for row in history if row["undone"])
    undoing = Counter(row["actor"] for row in history if row["command"].startswith("clockeye undo"))
    assert undone == undoing == {name: 2 * number for name, number in rounds.items()}
