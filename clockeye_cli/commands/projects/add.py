"""`clockeye projects add`: create projects."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.projects import show_changed
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def add_projects(ctx: Context, names: Sequence[str], *, billable: bool | None = None) -> None:
    """Create all of the projects, or none.

    Args:
        ctx: The run.
        names: Their names.
        billable: The default for new entries of the projects; None for the default of the settings.
    """
    with ctx.write() as write:
        made = [projects.add(write, name, billable=billable) for name in names]
    show_changed(ctx, [f"Added the project {project.name}." for project in made], made)
