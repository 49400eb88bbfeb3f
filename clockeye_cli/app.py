"""main(): runs a command line, through the quick reader if it can, through Typer otherwise."""

from __future__ import annotations

import os

from clockeye_cli.cli import quick_reader
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClockeyeError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def main(args: list[str], run: Context) -> None:
    """Run a command line.

    Args:
        args: As `argv.arrange` returns them.
        run: The run.

    Raises:
        ClockeyeError: The command failed, or there was a usage error.
        KeyboardInterrupt: The user pressed Ctrl-C.
        BrokenPipeError: The reader of the output has gone.
    """
    if any(word[:1] in {":", "@"} for word in args):
        from clockeye_cli.cli.slips import refuse_other_forms

        refuse_other_forms(args)
    try:
        # The tests also run with Typer alone, which must read all that the quick reader understands.
        if "_CLOCKEYE_TYPER" not in os.environ and quick_reader.run_if_understood(args, run):
            return
        from clockeye_cli.cli import typer_reader

        typer_reader.read(args, run)
    except ClockeyeError as error:
        from clockeye_cli.cli import slips

        slips.explain(error, args)
        raise
