"""`clockeye man`: a manual page, shown at a terminal, printed elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.errors import ClockeyeError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def man(ctx: Context, page: str, command: str) -> None:
    """Show a page.

    Args:
        ctx: What the command works with.
        page: It, as roff.
        command: Whose it is; empty for the program's.

    Raises:
        ClockeyeError: There is a terminal, and no `man` that shows it there.
    """
    if not ctx.out.manual(page):
        named = f" {command}" if command else ""
        raise ClockeyeError(
            "Here is no `man` that can show the page.", hint=f"`clockeye help{named}` says the same."
        )
