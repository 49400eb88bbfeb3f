"""`clockeye projects archive`: archive projects, or restore them."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.projects import CHANGED_SHAPE, show_changed
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def archive_projects(ctx: Context, names: Sequence[str], *, archived: bool) -> None:
    """Archive or restore all of the projects, or none.

    Args:
        ctx: The run.
        names: The projects.
        archived: False to restore them.
    """
    with ctx.write() as write:
        changed = [projects.archive(write, name, archived=archived) for name in names]
    done = "Archived" if archived else "Restored"
    show_changed(ctx, [f"{done} the project {project.name}." for project in changed], changed)
    if ctx.account is not None:
        ctx.out.notice("This applies to this computer only: ClockEye's API cannot archive projects.")
