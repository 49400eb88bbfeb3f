"""`clockeye prompt`: what runs, short enough for a shell's prompt. Part of the fast lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.safe_text import safe
from clockeye_cli.errors import UsageError
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Record

TEMPLATE = "{work} {elapsed}"

EXPANDED = "\\$`!%"
"""What one shell or another expands in a prompt, some of it after putting our output there."""

SHELLS: dict[str, dict[int, str]] = {
    # For each shell, what becomes of a character that it would expand.
    "": str.maketrans(dict.fromkeys(EXPANDED, "_")),
    "bash": str.maketrans(dict.fromkeys(EXPANDED.replace("%", ""), "_")),
    "zsh": str.maketrans({**dict.fromkeys(EXPANDED, "_"), "%": "%%"}),
    "fish": {},
}

LONGEST = 60


def run(ctx: Context, *, template: str = "", shell: str = "") -> None:
    """Print what runs on one line; nothing when idle.

    Args:
        ctx: What the command works with.
        template: In the place of project, description and time.
        shell: The shell whose expansions to guard against; empty for any.

    Raises:
        UsageError: No such shell, or field.
    """
    from clockeye_cli.commands.template import check, fill

    if shell not in SHELLS:
        raise UsageError(f"There is no shell {shell[:40]!r}.", hint="There is bash, zsh and fish.")
    check(template)
    with ctx.store.read() as connection:
        runs = timers.running(connection)
        names = projects.names(connection) if runs else {}
    record: Record | None = None
    if runs and ctx.options.format:
        from clockeye_cli.commands.cells import entry_record

        record = entry_record(runs, names, ctx.now)
    if runs:
        runs = runs._replace(description=_short(runs.description))
    text = fill(ctx, template or TEMPLATE, runs, {key: _short(name) for key, name in names.items()})
    if text or ctx.options.format == "json":
        ctx.out.result(safe(text).translate(SHELLS[shell]), record)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
