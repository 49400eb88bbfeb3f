"""Hooks: the user's own programs in the config folder, run when something has happened.

A hook comes after the fact and can break nothing: whatever goes wrong is a sentence to be shown.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clockeye_cli.config import paths
from clockeye_cli.config.ownership import danger

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping
    from types import FrameType

KEYS = "CLOCKEYE_API_KEY"
"""So begin the names of the variables that hold a key, which is no hook's business."""

MOST_BYTES = 65_536
"""So much of what a hook prints is shown."""


def path_of(event: str, environ: Mapping[str, str]) -> str | None:
    """The hook for an event: a file of that name in the hooks folder; None if there is none.

    Inside of a hook there is none either: one that calls clockeye could go on for ever.
    """
    if environ.get("CLOCKEYE_HOOK"):
        return None
    path = os.path.join(paths.hooks_folder(environ), event)
    return path if os.path.lexists(path) else None


def run(path: str, document: bytes, environ: Mapping[str, str], *, seconds: float) -> Iterator[str]:
    """Run a hook to its end, and say what it printed and what went wrong, line by line.

    Args:
        path: The hook, named after its event.
        document: What it gets on standard input.
        environ: The environment; the hook gets it without keys.
        seconds: How long it may take; then it is killed, with the processes that it has started.
    """
    try:
        if why := danger(path):
            yield f"The hook {path} was not run: {why}"
            return
        said, problem = _run(os.path.abspath(path), document, environ, seconds)
    except OSError as error:
        yield (
            f"The hook {path} cannot be run: {error.strerror}."
            " It must be executable, and its first line name a program that is there."
        )
        return
    yield from said.splitlines()
    if problem:
        yield f"The hook {path} {problem}; what it was told of is stored all the same."


def _run(path: str, document: bytes, environ: Mapping[str, str], seconds: float) -> tuple[str, str]:
    """What the hook printed, and in which way it failed, if it did."""
    import subprocess
    import tempfile

    event = os.path.basename(path)
    own = {name: value for name, value in environ.items() if not name.startswith(KEYS)}
    # Files, as pipes can be kept open by what a hook leaves behind, and be full with nobody to empty them.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        given.write(document)
        given.seek(0)
        process = None
        try:
            with _undisturbed():  # a hook that has begun is known, so that it can be ended
                # In a session of its own it cannot take the terminal, and all that it starts ends with it.
                process = subprocess.Popen(
                    [path],
                    stdin=given,
                    stdout=printed,
                    stderr=subprocess.STDOUT,
                    env={**own, "CLOCKEYE_HOOK": event},
                    start_new_session=True,
                )
            code = process.wait(seconds)
            problem = f"ended with {code}" if code else ""
        except subprocess.TimeoutExpired:
            problem = f"was ended after {seconds:g} s"
        finally:
            with _undisturbed():
                if process and process.poll() is None:
                    _kill(process)
        printed.seek(0)
        return printed.read(MOST_BYTES).decode(errors="replace"), problem


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait until the block has ended."""
    pressed: list[tuple[int, FrameType | None]] = []
    before = signal.getsignal(signal.SIGINT)
    if not callable(before):  # Ctrl-C does nothing, and is to do nothing in the hook either
        yield
        return
    signal.signal(signal.SIGINT, lambda *came: pressed.append(came))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        before(*pressed[0])


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
