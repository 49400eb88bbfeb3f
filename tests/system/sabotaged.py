"""Run by strace (see `under_strace.Sabotage`): waits for orders, and forks a process for each command.

strace strikes at a late system call of a kind that a process makes. So before it begins, the process
makes as many idle calls of that kind as leave the call of our choice to be that one.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import sys
import zoneinfo
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from clockeye_cli.__main__ import run
from clockeye_cli.session import World
from clockeye_cli.sync.lock import sender_lock
from tests.app import Stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

NOWHERE = "/dev/null/nowhere"
OPEN: list[TextIO] = []
LINE = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)


def main() -> None:
    warm_up()
    for line in sys.stdin.buffer:
        order = json.loads(line)
        loaded = {*sys.modules}
        note, modules = os.pipe()
        gc.freeze()  # a child copies what it touches
        child = os.fork()
        if child == 0:
            try:
                code = carry_out(order)
            except BaseException:
                import traceback

                traceback.print_exc()
                code = 99
            os.writev(modules, [" ".join(["sys", *({*sys.modules} - loaded)]).encode()])
            os._exit(code)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            for name in os.read(note, 60_000).decode().split():
                import_module(name)  # for the next child
        os.close(note)
        os.close(modules)
        os.writev(1, [f"{status}\n".encode()])  # no call that strace counts
    os._exit(0)


def warm_up() -> None:
    """Load what commands load late, so that no child opens modules."""
    from clockeye_cli.cli import typer_reader

    for module in (
        "tomllib",
        "tomlkit",
        "clockeye_cli.store.database_errors",
        "clockeye_cli.store.repair",
        "clockeye_cli.commands.serve.keys",
        "clockeye_cli.commands.serve.users",
        "clockeye_cli.moving",
        "clockeye_cli.output.formats",
        "clockeye_cli.sync.pull",
        "clockeye_cli.sync.push",
        "clockeye_cli.api.client",
        "clockeye_cli.background",
        "tests.system.migrations",
        "tests.system.adoption",
    ):
        import_module(module)
    zoneinfo.ZoneInfo("Europe/Berlin")
    for command in ("add", "backup", "log", "sync"):
        typer_reader.command(command)
    nowhere = kept_open(os.devnull, "r+")
    # A store in a folder that is none: everything up to the disk is loaded and nothing is written.
    for args in (["add", "x", "--for", "5m", "--at", "9"], ["add", "x", "--for", "5m"], ["undo", "--json"]):
        run(args, World({"CLOCKEYE_HOME": NOWHERE}, nowhere, nowhere, nowhere, lambda: 0))


def carry_out(order: dict[str, Any]) -> int:
    stream = Terminal if order["at_terminal"] else TextIOWrapper
    sys.stderr = err = kept_open(order["output"] + ".err", "w", stream)
    out = kept_open(order["output"] + ".out", "w", stream)
    typed = Stream(order["stdin"], terminal=order["at_terminal"])
    if order["idle"]:
        idle = idle_call(order["call"])
        for _ in range(order["idle"]):
            with suppress(OSError):
                idle()
    if order["args"][0] == "migrate":
        from tests.system.migrations import migrate

        return migrate(order["args"][1], out)
    if order["args"][0] == "adopt":
        from tests.system.adoption import adopt

        return adopt(order["environ"]["CLOCKEYE_HOME"], order["now"], out)
    world = World(order["environ"], typed, out, err, lambda: order["now"])
    if order["args"][0] == "background":
        from clockeye_cli.background import deliver

        with sender_lock(order["environ"]["CLOCKEYE_HOME"] + "/env.sender.lock") as lock:
            assert lock is not None
            deliver(world, "env", os.dup(lock))
        return 0
    return run(order["args"], world)


class Terminal(TextIOWrapper):
    """A stream to a file that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def kept_open(path: str, mode: str, kind: type[TextIOWrapper] = TextIOWrapper) -> TextIO:
    stream = kind(open(path, f"{mode}b"), encoding="utf-8")  # noqa: SIM115 (as long as the process)
    OPEN.append(stream)
    return stream


def idle_call(name: str) -> Callable[[], object]:
    nowhere = os.open(os.devnull, os.O_RDWR)
    calls: dict[str, Callable[[], object]] = {
        "mkdir": lambda: os.mkdir(NOWHERE),
        "pwrite64": lambda: os.pwrite(nowhere, b"", 0),
        "write": lambda: os.write(nowhere, b""),
        "ftruncate": lambda: os.ftruncate(nowhere, 0),
        "fsync": lambda: os.fsync(nowhere),
        "fdatasync": lambda: os.fdatasync(nowhere),
        "link": lambda: os.link(NOWHERE, NOWHERE),
        "linkat": lambda: os.link(NOWHERE, NOWHERE, follow_symlinks=False),
        "rename": lambda: os.rename(NOWHERE, NOWHERE),
        "renameat2": lambda: None,
        "unlink": lambda: os.unlink(NOWHERE),
        "connect": lambda: LINE.connect(NOWHERE),
        "sendto": lambda: LINE.send(b""),
    }
    return calls[name]


if __name__ == "__main__":
    main()
