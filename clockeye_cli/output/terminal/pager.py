"""Showing a long text with `$PAGER` or less, and a manual page with man."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess

from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


def page(text: str, stdout: TextIO, environ: Mapping[str, str]) -> bool:
    """Show a text in a pager, if standard input is a terminal and a pager is installed.

    Args:
        text: The drawn text.
        stdout: The terminal.
        environ: The environment: `PAGER` (empty or `cat` for none), `LESS`, `TERM`.

    Returns:
        Whether the text was shown; if not, the caller must write it.
    """
    command = pager(environ) if _is_terminal(0) and environ.get("TERM") != "dumb" else []
    if not command:
        return False
    stdout.flush()
    return _run(command, text.encode(streams.encoding_of(stdout), "replace"), environ) is not None


def manual(roff: str, stdout: TextIO, environ: Mapping[str, str]) -> bool:
    """Show a manual page with `man`, which runs a pager itself.

    Args:
        roff: The page, in ASCII.
        stdout: The terminal.
        environ: The environment of `man`, with `PATH`.

    Returns:
        Whether the page was shown.
    """
    program = shutil.which("man", path=environ.get("PATH"))
    stdout.flush()
    return program is not None and _run([program, "-l", "-"], roff.encode("ascii"), environ) == 0


def pager(environ: Mapping[str, str]) -> list[str]:
    """The pager's command, run without a shell; empty for none."""
    wanted = environ.get("PAGER", "less")
    try:
        command = shlex.split(wanted)
    except ValueError:  # an open quote
        return []
    program = shutil.which(command[0], path=environ.get("PATH")) if command else None
    return [program, *command[1:]] if program and command != ["cat"] else []


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:  # it is closed
        return False


def _run(command: list[str], text: bytes, environ: Mapping[str, str]) -> int | None:
    """The exit status of a command that reads a text; None if it could not be run."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, env={"LESS": "FRX", **without_keys(environ)}
        )
    except OSError:
        return None
    # While the pager is open, Ctrl-C is for the pager; set after Popen, so that the pager does not ignore it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.communicate(text)  # communicate ignores the closed pipe of a pager that quits early
    finally:
        signal.signal(signal.SIGINT, before)
    return process.returncode
