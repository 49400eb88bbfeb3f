"""`clockeye --version`. Imports nothing else: installers and scripts call it often."""

from __future__ import annotations

from clockeye_cli import __version__

TYPE_CHECKING = False  # typing's own would make `--version` pay for typing
if TYPE_CHECKING:
    from typing import TextIO


def version(stdout: TextIO) -> int:
    """Print the program's name and version. Returns the exit code."""
    stdout.write(f"clockeye {__version__}\n")
    return 0
