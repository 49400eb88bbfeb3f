"""Projects as cells, and the notices about projects that a command has created."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, folded
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Change

COLUMNS = (
    Column("project", "Project"),
    Column("last_used", "Last used", "instant", drop=1),
    Column("billable", "Billable", "flag", drop=2),
    Column("archived", "Archived", "flag", drop=3),
    Column("project_id", "Id", "id"),
)


def show_changed(ctx: Context, lines: list[str], changed: list[Project]) -> None:
    """Print what was done to projects, and show them as they are now."""
    with ctx.store.read() as connection:
        used = stored.last_used(connection)
    rows = [project_row(project, used) for project in changed]
    ctx.out.done(lines, Table(COLUMNS, [Section("", rows)]))


def say_default(ctx: Context, gone: Iterable[Project]) -> None:
    """Point out that the setting `project` names a project that is gone."""
    name = folded(ctx.settings.project)
    for project in gone:
        if name and name in (folded(project.name), project.id):
            ctx.out.notice(
                f"The setting project still names {project.name}."
                " `clockeye config set project NAME` changes it."
            )


def project_row(project: Project, used: dict[str, int]) -> Row:
    """The row of a project; `used` has the instant when each was last worked on, by id."""
    return project.name, used.get(project.id), project.billable, project.archived, project.id


def made_projects(changes: Sequence[Change]) -> list[str]:
    """The names of the projects that a command has created, by its changes."""
    return [c.after.name for c in changes if isinstance(c.after, Project) and c.before is None]


def say_projects(ctx: Context, names: Iterable[str]) -> None:
    """Name the projects that were created along with an entry or a timer."""
    for name in names:
        ctx.out.notice(f"Created the project {name}. (`clockeye undo` reverts this.)")
