"""`clockeye --version`. Imports nothing else: installers and scripts call it often."""

from __future__ import annotations

from clockeye_cli import __version__
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def version(stdout: TextIO) -> int:
    """Print the program's name and version. Returns the exit code."""
    stdout.write(f"clockeye {__version__}\n")
    return 0
