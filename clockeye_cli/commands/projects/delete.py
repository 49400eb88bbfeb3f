"""`clockeye projects delete`: delete projects that have no entries."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.present.projects import CHANGED_SHAPE, say_default, show_changed
from clockeye_cli.tracking import removal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def delete_projects(ctx: Context, names: Sequence[str]) -> None:
    """Delete all of the projects, or none.

    Args:
        ctx: The run.
        names: The projects.

    Raises:
        UsageError: The profile works on an account.
    """
    if ctx.account is not None:
        from clockeye_cli.core.command_lines import command_line  # late: it is refused

        raise UsageError(
            "ClockEye's API cannot delete a project.",
            hint=f"{command_line('projects', 'archive', *names)} hides it on this computer.",
        )
    with ctx.write() as write:
        deleted = [removal.delete(write, name) for name in names]
    lines = [f"Deleted the project {project.name}." for project in deleted]
    show_changed(ctx, [*lines, "`clockeye undo` reverts this."], deleted)
    say_default(ctx, deleted)
