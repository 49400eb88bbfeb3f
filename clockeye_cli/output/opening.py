"""Opening a file with the program that the user has chosen for it, such as a page with the browser."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from clockeye_cli.core.programs import without_keys
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAMS = {"darwin": "open", "linux": "xdg-open"}
"""What opens files with the user's choice, by `sys.platform`."""


def open_file(path: str, environ: Mapping[str, str]) -> bool:
    """Open a file, without waiting for the program that shows it.

    Args:
        path: The file.
        environ: The environment; `BROWSER` is the command for pages, before the system's choice.

    Returns:
        False if no program was found.
    """
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 (Windows knows the program; there is no shell)
        return True
    is_page = path.lower().endswith(".html")
    command = _words(environ.get("BROWSER", "")) if is_page else []
    command = command or [PROGRAMS.get(sys.platform, "xdg-open")]
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        return False
    arguments = [word.replace("%s", path) for word in command[1:]]
    if arguments == command[1:]:
        arguments.append(path)
    try:
        process = subprocess.Popen(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it stays open when the terminal is closed
            env=without_keys(environ),
        )
    except OSError:
        return False
    process.returncode = 0  # nobody waits for it, and Python need not warn of that
    return True


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command.partition(os.pathsep)[0])
    except ValueError:  # an open quote
        return []
