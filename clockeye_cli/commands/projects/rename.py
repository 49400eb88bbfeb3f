"""`clockeye projects rename`: rename a project."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.terms import left_behind
from clockeye_cli.present.projects import CHANGED_SHAPE, show_changed
from clockeye_cli.present.terms import say_closed, say_left_behind
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def rename_project(ctx: Context, text: str, name: str) -> None:
    """Rename a project; it keeps its entries.

    Args:
        ctx: The run.
        text: The project.
        name: Its new name.
    """
    if ctx.account is not None:
        raise UsageError("ClockEye's API cannot rename a project.", hint="Rename it in ClockEye itself.")
    with ctx.write() as write:
        before, after = projects.rename(write, text, name)
    show_changed(ctx, [f"Renamed the project {before.name} to {after.name}."], [after])
    say_closed(ctx, [after.id], "the new name")
    say_left_behind(ctx, left_behind(ctx, "projects", before.name), before.name)
