"""The message for an unknown option, with the nearest one."""

from __future__ import annotations

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def unknown_option(error: Any) -> str:
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
