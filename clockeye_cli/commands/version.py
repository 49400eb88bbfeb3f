"""`clockeye --version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli import __version__

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def run(ctx: Context) -> None:
    """Print the program's name and version."""
    ctx.world.stdout.write(f"clockeye {__version__}\n")
