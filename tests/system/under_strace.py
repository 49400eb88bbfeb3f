"""Commands under strace, in which a system call of our choice goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.system.real_parts import HERE, Ended, environment, needs, sound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SYSTEM_CALLS = (
    *("mkdir", "pwrite64", "write", "ftruncate", "fsync", "fdatasync"),
    *("link", "linkat", "rename", "renameat2", "unlink"),
)
"""What changes a disk. (A file that was only made is what a kill before its first byte leaves.)"""

NETWORK_CALLS = ("connect", "sendto")

LATE = dict.fromkeys((*SYSTEM_CALLS, *NETWORK_CALLS), 60) | {"write": 120, "pwrite64": 300}
"""At which call of each kind strace strikes; idle ones before it let that be the one we want.

Each idle call costs as much as a call of the command, so these are hardly more than any command makes.
"""

KILLED = -signal.SIGKILL


class UnderStrace:
    """Commands in processes of their own, which strace watches.

    A process waits that has all modules loaded and forks for each command; so a run takes 20 ms instead
    of 300. (No `--seccomp-bpf`: with it, strace 6.1 lets a process live that it should kill.)

    Args:
        options: Those of strace.
    """

    def __init__(self, *options: str) -> None:
        self._process = subprocess.Popen(
            [
                *(needs("strace"), "-qqq", *options),
                *(sys.executable, str(HERE / "sabotaged.py")),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment("/dev/null/none"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)
        assert self._process.returncode == 0

    def run(
        self,
        home: Path,
        args: Sequence[str],
        now: int,
        call: str = "",
        number: int = 0,
        *,
        stdin: str = "",
        at_terminal: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command.

        Args:
            home: Its home folder.
            args: Its command line.
            now: The present instant.
            call: The kind of the system call that strace strikes at; empty for none.
            number: Which of these, from 1 on.
            stdin: What is typed on its standard input.
            at_terminal: Whether its streams say that they are a terminal.
            environ: More of its environment.

        Returns:
            How it ended; the code is negative if a signal ended it.
        """
        output = home.parent / f"{home.name}.output"
        order = {
            "args": list(args),
            "environ": {"CLOCKEYE_HOME": str(home), "TZ": "Europe/Berlin", **(environ or {})},
            "now": now,
            "call": call,
            "idle": LATE[call] - number if call else 0,
            "stdin": stdin,
            "at_terminal": at_terminal,
            "output": str(output),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        texts = [Path(f"{output}.{stream}").read_text(encoding="utf-8") for stream in ("out", "err")]
        return sound(Ended(os.waitstatus_to_exitcode(status), *texts))


class Sabotage(UnderStrace):
    """Commands in each of which one system call of our choice goes wrong, so that each can be tried.

    Args:
        effect: What strace does to the call: `signal=SIGKILL`, `error=EIO`.
        for_good: Whether the calls after it go wrong too.
    """

    def __init__(self, effect: str, *, for_good: bool = False) -> None:
        self.for_good = for_good
        again = "+" if for_good else ""
        injected = (f"inject={call}:{effect}:when={late}{again}" for call, late in LATE.items())
        options = (word for each in (f"trace={','.join(LATE)}", *injected) for word in ("-e", each))
        fast = () if effect.startswith("signal") else ("--seccomp-bpf",)
        super().__init__("-f", *fast, "-o", "/dev/null", *options)
