"""Sending behind the prompt: a process of its own delivers what a command at a terminal has stored.

The command hands it the sender's lock and ends, so the prompt is back while the network is still at work. The
process has a session of its own, which a closed terminal does not end, and keeps nothing of the terminal. If
it is killed at any point, the next command continues with the outbox as it is.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.session import Session, World
from clockeye_cli.store import outbox, state
from clockeye_cli.store.state import exists
from clockeye_cli.sync.lock import note_sender, sender_lock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clockeye_cli.context import Context

SECONDS = 30.0
"""How long the process may send. `sync` waits twice as long for another sender."""

LOCK = 3
"""The descriptor under which the process finds the sender's lock."""

PATHS = frozenset(
    (
        *("CLOCKEYE_HOME", "CLOCKEYE_API_KEY_FILE", "CLOCKEYE_CA_FILE", "SSL_CERT_FILE"),
        *("XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    )
)
"""Variables that name a file or a folder: relative paths would change their meaning in another folder."""

OF_THE_TERMINAL = "GPG_TTY"
"""Where gpg, run by an `api_key_command`, would ask for a password while somebody types something else."""


def hand_over(ctx: Context) -> bool:
    """Leave the outbox to a process in the background, unless another process is already sending.

    Returns:
        Whether somebody is sending; False if no such process can be started here.
    """
    with sender_lock(state.sender_lock(ctx.store.path)) as lock:
        if lock is None:
            return True  # the holder looks at the outbox again after letting the lock go
        process = _start(ctx.session.profile.name, ctx.world.environ, lock)
        if process is not None:
            note_sender(lock, process)
        return process is not None


def _start(profile: str, environ: Mapping[str, str], lock: int) -> int | None:
    """Start the process. Returns its id; None if the system cannot."""
    if os.name == "nt":
        return None
    words = [sys.executable, "-P", "-m", __name__, profile]  # -P: nothing is imported from the working folder
    streams = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
    try:
        # Unlike fork, this copies no memory, and no descriptor that is not meant for the process.
        return os.posix_spawn(
            words[0],
            words,
            {
                name: os.path.abspath(value) if value and name in PATHS else value
                for name, value in environ.items()
                if name != OF_THE_TERMINAL
            },
            file_actions=[(os.POSIX_SPAWN_DUP2, lock, LOCK), *streams],
            setsid=True,
        )
    except (OSError, NotImplementedError):
        return None


def deliver(world: World, profile: str, lock: int) -> None:
    """What the process does: send the profile's outbox, and record the outcome for the next command.

    Args:
        world: Its surroundings.
        profile: The profile.
        lock: The descriptor of the sender's lock.
    """
    session = Session(world, profile)
    with suppress(ClockeyeError):  # the profile or its store is gone: nobody is left to tell
        if exists(session.store.path):
            _send(session, lock)
    session.close()


def _let_go() -> None:
    """Close everything but the lock, and leave the working folder, whose disk may have to be removed."""
    os.chdir("/")
    for name in os.listdir("/dev/fd"):
        if int(name) > LOCK:
            with suppress(OSError):  # that of the listing itself
                os.close(int(name))
    os.set_inheritable(LOCK, False)


def _send(session: Session, lock: int) -> None:
    with session.store.read() as connection:
        if not outbox.has_unsent(connection):
            return
    from clockeye_cli.sync.pause import record_outcome
    from clockeye_cli.sync.push import send

    stopped: ClockeyeError | None
    try:
        # Whoever has typed the command can still unlock a keyring.
        stopped = send(
            session.store, lambda: session.access(session.key(can_ask=True)), seconds=SECONDS, lock=lock
        )
    except ClockeyeError:
        raise
    except Exception as error:
        stopped = UsageError(
            f"Sending failed: {type(error).__name__}: {error}. This is a bug in clockeye.",
            hint="Please report it with the output of `clockeye sync --debug`.",
        )
    record_outcome(session.store, stopped, session.world.clock())


if __name__ == "__main__":
    _let_go()
    deliver(World(os.environ, sys.stdin, sys.stdout, sys.stderr, lambda: int(time.time())), sys.argv[1], LOCK)
    os._exit(0)
