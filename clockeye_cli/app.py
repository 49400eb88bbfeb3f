"""main(): a command line through Typer, with its errors in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from clockeye_cli.cli.root import app
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.core.nearest import unknown
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.context import Context

INTERRUPTED = 130
"""What Typer gives back where a command was interrupted."""


def main(args: list[str], ctx: Context) -> None:
    """Run a command line.

    Args:
        args: As `argv.arrange` gives them.
        ctx: What the command works with.

    Raises:
        ClockeyeError: What went wrong, usage errors of Typer's included.
        KeyboardInterrupt: Somebody pressed Ctrl-C.
        BrokenPipeError: Whoever read the output has gone.
    """
    try:
        ended = app(args, obj=ctx, prog_name="clockeye", standalone_mode=False)
    except SystemExit as gone:
        raise BrokenPipeError from gone  # the one thing that Typer makes an exit of
    except typer.TyperException as error:
        message = _unknown_option(error) or error.format_message()
        named = next((f"clockeye {word}" for word in args if word in BY_NAME), "clockeye")
        path = getattr(getattr(error, "ctx", None), "command_path", named)
        raise UsageError(message, hint=f"`{path} --help` shows what is understood.") from error
    if ended == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has made a mere number of it


def _unknown_option(error: Any) -> str:
    """The message for an unknown option, with the nearest one; empty for any other error."""
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "possibilities"):  # only an unknown option has some
        return ""
    known = [
        option
        for each in (context, context.find_root())
        for parameter in each.command.get_params(each)
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    ]
    typed: str = error.option_name
    return unknown("option", typed, known if typed.startswith("--") else ()).message
