"""`clockeye man`: show a manual page on a terminal, or print it."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def man(ctx: Context, page: str, command: str) -> None:
    """Show a manual page.

    Args:
        ctx: The run.
        page: The page as roff.
        command: The command that it describes; empty for the program.

    Raises:
        ClockeyeError: Output is a terminal, and no `man` is installed that can show the page.
    """
    if not ctx.out.manual(page):
        named = f" {command}" if command else ""
        raise ClockeyeError(
            "Cannot show the page: no suitable `man` is installed.",
            hint=f"`clockeye help{named}` prints the same text.",
        )
