"""`clockeye projects archive`: archive projects, or bring them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.present.projects import show_changed
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def archive_projects(ctx: Context, names: Sequence[str], *, archived: bool) -> None:
    """Archive projects, or bring them back; all of them, or none.

    Args:
        ctx: What the command works with.
        names: The projects.
        archived: Whether they are to be.
    """
    with ctx.write() as write:
        changed = [projects.archive(write, name, archived=archived) for name in names]
    what = "Archived" if archived else "Brought back"
    show_changed(ctx, [f"{what} the project {project.name}." for project in changed], changed)
    if ctx.account is not None:
        ctx.out.notice("That is known on this computer only: ClockEye's API cannot archive a project.")
