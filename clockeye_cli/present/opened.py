"""`--open`: the saved file in the user's own program."""

from __future__ import annotations

import os

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def check_open(ctx: Context, *, opened: bool) -> None:
    """Check that a file is saved, if it is to be opened.

    Raises:
        UsageError: There is no file to open.
    """
    if opened and not ctx.listing.save:
        raise UsageError("--open opens the saved file, but nothing is saved.", hint="Add --save FILE.html.")


def open_saved(ctx: Context, *, opened: bool) -> None:
    """Open the saved file with the user's program, if that was asked for."""
    if not opened:
        return
    from clockeye_cli.output.opening import open_file

    if not open_file(os.path.abspath(ctx.listing.save), ctx.world.environ):
        ctx.out.notice("No program was found to open it; open the file by hand.")
