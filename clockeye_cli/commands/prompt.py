"""`clockeye prompt`: the running timer, short enough for a shell prompt. Part of the fast lane."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import JsonShape, Record

EXPANDED = "\\$`!%"
"""Characters that some shell expands in a prompt, even in the output of a command."""

OF_BARS = "|"
"""Begins the options of a line in xbar and similar bars; polybar's formats begin with a percent sign."""

SHELLS: dict[str, dict[int, str]] = {
    # For each shell, the replacements of characters that it would expand.
    "": str.maketrans(dict.fromkeys(EXPANDED + OF_BARS, "_")),
    "bash": str.maketrans(dict.fromkeys(EXPANDED.replace("%", ""), "_")),
    "zsh": str.maketrans({**dict.fromkeys(EXPANDED, "_"), "%": "%%"}),
    "fish": {},
}


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.entries import ENTRY_SHAPE

    return ENTRY_SHAPE._replace(is_nullable=True)


def prompt(ctx: Context, *, template: str = "", shell: str = "") -> None:
    """Print the running timer on one line; without one, nothing but a mark where a person is needed.

    Args:
        ctx: The run.
        template: Replaces the default: project, description, time and the mark.
        shell: The shell whose expansions to prevent; empty for those of any shell, and of bars.

    Raises:
        UsageError: The shell or a field is unknown.
    """
    from clockeye_cli.present.template import PROMPT, brief, check

    if shell not in SHELLS:
        from clockeye_cli.core.nearest import unknown

        raise unknown("shell", shell, filter(None, SHELLS))
    check(template)
    with ctx.store.read() as connection:
        runs = timers.current(connection)
        names = projects.names(connection) if runs else {}
    record: Record | None = None
    if runs and ctx.options.format:
        from clockeye_cli.present.entries import entry_record

        record = entry_record(runs, names, ctx.now)
    text = brief(ctx, template or PROMPT, runs, names, SHELLS[shell])
    if text or ctx.options.format == "json":
        ctx.out.result(text if template else text.rstrip(), record)
