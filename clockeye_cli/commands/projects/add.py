"""`clockeye projects add`: make projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.present.projects import show_changed
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def add_projects(ctx: Context, names: Sequence[str], *, billable: bool | None = None) -> None:
    """Make projects; all of them, or none.

    Args:
        ctx: What the command works with.
        names: Their names.
        billable: What new entries of theirs take; None leaves it to the settings.
    """
    with ctx.write() as write:
        made = [projects.add(write, name, billable=billable) for name in names]
    show_changed(ctx, [f"Added the project {project.name}." for project in made], made)
