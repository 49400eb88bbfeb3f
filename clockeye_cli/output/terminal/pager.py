"""Shows a text that is taller than the terminal with `$PAGER` or less, and a manual page with man."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from typing import TYPE_CHECKING

from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


def page(text: str, stdout: TextIO, environ: Mapping[str, str]) -> bool:
    """Shows a text that is too tall for the terminal in a pager, if there is one and somebody to use it.

    Args:
        text: What was drawn.
        stdout: The terminal.
        environ: `PAGER` (empty or `cat`: none), `LESS`, `TERM`.

    Returns:
        Whether it was shown; if not, the caller writes it.
    """
    command = pager(environ) if _is_terminal(0) and environ.get("TERM") != "dumb" else []
    if not command:
        return False
    stdout.flush()
    return _run(command, text.encode(streams.encoding_of(stdout), "replace"), environ) is not None


def manual(roff: str, stdout: TextIO, environ: Mapping[str, str]) -> bool:
    """Shows a manual page with `man`, which asks for a pager itself.

    Args:
        roff: The page, in ASCII.
        stdout: The terminal.
        environ: `PATH`, and what man looks at.

    Returns:
        Whether it was shown.
    """
    found = shutil.which("man", path=environ.get("PATH"))
    stdout.flush()
    return found is not None and _run([found, "-l", "-"], roff.encode("ascii"), environ) == 0


def pager(environ: Mapping[str, str]) -> list[str]:
    """The pager's command; empty for none. Never run by a shell."""
    wanted = environ.get("PAGER", "less")
    try:
        command = shlex.split(wanted)
    except ValueError:  # an open quote
        return []
    found = shutil.which(command[0], path=environ.get("PATH")) if command else None
    return [found, *command[1:]] if found and command != ["cat"] else []


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:  # it is closed
        return False


def _run(command: list[str], text: bytes, environ: Mapping[str, str]) -> int | None:
    """How it ended; None if it could not be run."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": "FRX", **environ})
    except OSError:
        return None
    # Ctrl-C is the pager's while it is open; after Popen, so that the pager itself still hears it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text)  # a pager that quits early is no error: communicate ignores the closed pipe
    finally:
        signal.signal(signal.SIGINT, before)
    return process.returncode
