"""`clockeye schema`: print what the program takes as JSON, for programs that run it."""

from __future__ import annotations

import json

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def schema(ctx: Context, declared: dict[str, object]) -> None:
    """Print the declarations in the envelope of all JSON.

    Args:
        ctx: The run.
        declared: The declarations, as values for JSON.

    Raises:
        UsageError: Another format was chosen.
    """
    if ctx.options.format not in ("", "json"):
        raise UsageError(f"A schema cannot be written as {ctx.options.format}.", hint="Leave out -o.")
    ctx.out.document(json.dumps({"version": 1, "data": declared}, ensure_ascii=False, indent=1) + "\n")
