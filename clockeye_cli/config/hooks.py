"""Hooks: the user's own programs in the config folder, run after an event.

A failing hook breaks nothing: the problem becomes a sentence to be shown.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager

from clockeye_cli.config import paths
from clockeye_cli.config.ownership import danger
from clockeye_cli.core.actor import HOOK
from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping
    from types import FrameType

MOST_BYTES = 65_536
"""How much of a hook's output is shown."""


def path_of(event: str, environ: Mapping[str, str]) -> str | None:
    """The hook for an event: a file of that name in the hooks folder; None without one.

    A hook that calls clockeye runs no hooks in turn, which could go on forever.
    """
    if environ.get("CLOCKEYE_HOOK"):
        return None
    path = os.path.join(paths.hooks_folder(environ), event)
    return path if os.path.lexists(path) else None


def run(path: str, document: bytes, environ: Mapping[str, str], *, seconds: float) -> Iterator[str]:
    """Run a hook to its end, and yield its output and its problems line by line.

    Args:
        path: The hook, named after its event.
        document: Its standard input.
        environ: The environment, which the hook gets without keys.
        seconds: Time limit, after which the hook and the processes it started are killed.
    """
    try:
        if reason := danger(path):
            yield f"The hook {path} was not run: {reason}"
            return
        output, problem = _run(os.path.abspath(path), document, environ, seconds)
    except OSError as error:
        yield (
            f"The hook {path} cannot be run: {error.strerror}."
            " It must be executable, and its first line must name an existing program."
        )
        return
    yield from output.splitlines()
    if problem:
        yield f"The hook {path} {problem}; your change is stored anyway."


def _run(path: str, document: bytes, environ: Mapping[str, str], seconds: float) -> tuple[str, str]:
    """The output of the hook, and how it failed; an empty text if it did not."""
    import subprocess
    import tempfile

    event = os.path.basename(path)
    # Files instead of pipes: background processes of a hook could keep a pipe open, or fill it up.
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stdout:
        stdin.write(document)
        stdin.seek(0)
        process = None
        try:
            with _undisturbed():  # once a hook runs, `process` is set, so that it can be killed
                # In its own session it cannot take the terminal, and its processes can be killed with it.
                process = subprocess.Popen(
                    [path],
                    stdin=stdin,
                    stdout=stdout,
                    stderr=subprocess.STDOUT,
                    env={**without_keys(environ), "CLOCKEYE_HOOK": event, "CLOCKEYE_ACTOR": HOOK},
                    start_new_session=True,
                )
            code = process.wait(seconds)
            problem = f"exited with {code}" if code else ""
        except subprocess.TimeoutExpired:
            problem = f"was stopped after {seconds:g} s"
        finally:
            with _undisturbed():
                if process and process.poll() is None:
                    _kill(process)
        stdout.seek(0)
        return stdout.read(MOST_BYTES).decode(errors="replace"), problem


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C until the end of the block."""
    pressed: list[tuple[int, FrameType | None]] = []
    before = signal.getsignal(signal.SIGINT)
    if not callable(before):  # Ctrl-C is ignored, and stays ignored in the hook
        yield
        return
    signal.signal(signal.SIGINT, lambda *received: pressed.append(received))
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
