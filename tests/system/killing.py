"""Killing a command before each of its system calls that write, from the same state each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.system.under_strace import KILLED, LATE, SYSTEM_CALLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.system.under_strace import Sabotage


def kills(
    killer: Sabotage,
    now: int,
    args: tuple[str, ...],
    fresh: Callable[[], None],
    home: Path,
    look: Callable[[bool], None],
    every: int = 1,
    *,
    at_terminal: bool = False,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Kill a command before each of its calls in turn, and return how often it was killed.

    Writes of pages, which can be many, are only sampled: one in `every`.
    """
    killed = 0
    for call in SYSTEM_CALLS:
        for number in range(1, LATE[call], every if call == "pwrite64" else 1):
            fresh()
            ended = killer.run(home, args, now, call, number, at_terminal=at_terminal, environ=environ)
            look(bool(ended.out))
            if ended.code != KILLED:
                assert ended.code == 0, ended
                break
            killed += 1
        else:
            pytest.fail(f"{args} makes {call} more often than {LATE[call]} times")
    return killed
