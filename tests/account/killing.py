"""Killing a command on an account at its calls."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.account.world import Home
from tests.system.under_strace import KILLED, LATE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.system.under_strace import Sabotage

ACCOUNT = ("CLOCKEYE_API_KEY", "CLOCKEYE_API_URL")
EACH = {"connect": 1, "sendto": 1, "write": 2, "unlink": 2, "fdatasync": 13, "pwrite64": 29}
"""Every how many calls of a kind a command is killed."""

OF_FILES = {"write": 1, "link": 1, "rename": 1, "unlink": 1, "fsync": 1, "fdatasync": 13}
"""The same for a command that writes more files than its store."""


def kills(
    killer: Sabotage,
    made: Home,
    args: tuple[str, ...],
    fresh: Callable[[], None],
    look: Callable[[Home, bool], None],
    each: Mapping[str, int] = EACH,
) -> int:
    """Kill a command at each of its calls; how often it was killed."""
    folder = made.home.parent / "home"
    passed_on = (*ACCOUNT, "CLOCKEYE_SYNC_TIMER")
    environ = {name: made.environ[name] for name in passed_on if name in made.environ}
    stdin = f"{made.key.key}\n"
    there = Home(made.site, folder, made.key, env="CLOCKEYE_API_KEY" in environ)
    killed = 0
    for call, step in each.items():
        for number in range(1, LATE[call], step):
            fresh()
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(made.home, folder)
            ended = killer.run(folder, args, made.now, call, number, stdin=stdin, environ=environ)
            there.now = made.now
            look(there, bool(ended.out))
            if ended.code != KILLED:
                assert ended.code == 0, ended
                break
            killed += 1
    return killed
