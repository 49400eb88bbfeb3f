"""`clockeye prompt`: what runs, short enough for a shell's prompt. Part of the fast lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Record

EXPANDED = "\\$`!%"
"""What one shell or another expands in a prompt, some of it after putting our output there."""

OF_BARS = "|"
"""What begins the options of a line in xbar and its like; polybar's formats begin with a percent sign."""

SHELLS: dict[str, dict[int, str]] = {
    # For each shell, what becomes of a character that it would expand.
    "": str.maketrans(dict.fromkeys(EXPANDED + OF_BARS, "_")),
    "bash": str.maketrans(dict.fromkeys(EXPANDED.replace("%", ""), "_")),
    "zsh": str.maketrans({**dict.fromkeys(EXPANDED, "_"), "%": "%%"}),
    "fish": {},
}


def prompt(ctx: Context, *, template: str = "", shell: str = "") -> None:
    """Print what runs on one line; nothing when idle.

    Args:
        ctx: What the command works with.
        template: In the place of project, description and time.
        shell: The shell whose expansions to guard against; empty for any, and for bars.

    Raises:
        UsageError: No such shell, or field.
    """
    from clockeye_cli.present.template import brief, check

    if shell not in SHELLS:
        from clockeye_cli.core.nearest import unknown

        raise unknown("shell", shell, filter(None, SHELLS))
    check(template)
    with ctx.store.read() as connection:
        runs = timers.running(connection)
        names = projects.names(connection) if runs else {}
    record: Record | None = None
    if runs and ctx.options.format:
        from clockeye_cli.present.entries import entry_record

        record = entry_record(runs, names, ctx.now)
    text = brief(ctx, template, runs, names)
    if text or ctx.options.format == "json":
        ctx.out.result(text.translate(SHELLS[shell]), record)
