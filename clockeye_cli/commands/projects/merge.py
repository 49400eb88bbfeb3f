"""`clockeye projects merge`: move all entries of a project to another, and delete it."""

from __future__ import annotations

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.terms import left_behind
from clockeye_cli.present.projects import CHANGED_SHAPE, say_default, show_changed
from clockeye_cli.present.terms import say_left_behind
from clockeye_cli.tracking import removal

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def merge_projects(ctx: Context, text: str, into: str) -> None:
    """Merge two projects.

    Args:
        ctx: The run.
        text: The project that goes.
        into: The project that stays.

    Raises:
        UsageError: The profile works on an account.
    """
    if ctx.account is not None:
        from clockeye_cli.core.command_lines import joined  # late: it is refused

        listing = joined(["clockeye", "log", "--all", "-p", text])
        edit = joined(["clockeye", "edit", "-", "-p", into])
        raise UsageError(
            "ClockEye's API cannot merge projects, since it cannot delete one.",
            hint=f"`{listing} | {edit}` moves the entries.",
        )
    with ctx.write() as write:
        merged = removal.merge(write, text, into)
    moved = counted(merged.entries, "entry", "entries")
    line = f"Merged the project {merged.gone.name} into {merged.kept.name}: {moved} moved."
    show_changed(ctx, [line, "`clockeye undo` reverts this."], [merged.kept])
    say_default(ctx, [merged.gone])
    say_left_behind(ctx, left_behind(ctx, "projects", merged.gone.name, merged.gone.id), merged.gone.name)
