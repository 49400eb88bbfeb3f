"""The errors for an unknown option, and for `--dry-run` where a command does not have it."""

from __future__ import annotations

from clockeye_cli.cli.faces import DRY_RUN
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from typing import Any


def unknown_option(error: Any, *, has_line: bool) -> str:
    """The message for an unknown option, with the nearest one; empty for any other error.

    Args:
        error: Typer's error.
        has_line: Whether the hint has the whole command line, so that the message need not name the option.

    Raises:
        UsageError: It is `--dry-run`, which only commands that write the store have.
    """
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "possibilities"):  # only the error for an unknown option has it
        return ""
    if error.option_name in DRY_RUN["dry_run"].names:
        raise UsageError(
            f"`{context.command_path}` cannot run with --dry-run.",
            hint="--dry-run is for commands that store entries, timers, projects, clients, tags or invoices.",
            code="no_dry_run",
        )
    options = [
        option
        for each in (context, context.find_root())
        for parameter in each.command.get_params(each)
        for option in [*parameter.opts, *parameter.secondary_opts]
        if option.startswith("--")
    ]
    typed: str = error.option_name
    return unknown("option", typed, options if typed.startswith("--") and not has_line else ()).message
