"""main(): runs a command line through Typer, and turns its errors into ours."""

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
"""What Typer returns when a command was interrupted."""


def main(args: list[str], ctx: Context) -> None:
    """Run a command line.

    Args:
        args: As `argv.arrange` returns them.
        ctx: The run.

    Raises:
        ClockeyeError: The command failed, or Typer reported a usage error.
        KeyboardInterrupt: The user pressed Ctrl-C.
        BrokenPipeError: The reader of the output has gone.
    """
    try:
        result = app(args, obj=ctx, prog_name="clockeye", standalone_mode=False)
    except SystemExit as error:
        raise BrokenPipeError from error  # the only case in which Typer exits
    except typer.TyperException as error:
        message = _unknown_option(error) or error.format_message()
        named = next((f"clockeye {word}" for word in args if word in BY_NAME), "clockeye")
        path = getattr(getattr(error, "ctx", None), "command_path", named)
        raise UsageError(message, hint=f"`{path} --help` shows the usage.") from error
    if result == INTERRUPTED:
        raise KeyboardInterrupt  # Typer has turned it into a number


def _unknown_option(error: Any) -> str:
    """The message for an unknown option, with the nearest one; empty for any other error."""
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "possibilities"):  # only the error for an unknown option has it
        return ""
    options = [
        option
        for each in (context, context.find_root())
        for parameter in each.command.get_params(each)
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    ]
    typed: str = error.option_name
    return unknown("option", typed, options if typed.startswith("--") else ()).message
