"""The rules for projects: find one by id, name or the beginning of a name; add, rename and archive."""

from __future__ import annotations

from clockeye_cli.core.command_lines import command_line
from clockeye_cli.core.entry import Project, folded, new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import projects
from clockeye_cli.tracking.names import (
    LONGEST_NAME,
    changed,
    checked_name,
    exact,
    free_name,
    is_slip,
    match,
    one_line,
)

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


def find(connection: Connection, text: str) -> Project:
    """The project that a text names, archived ones included.

    Raises:
        ClashError: No project matches (the message names the nearest), or several do.
    """
    text = one_line(text)
    every_project = projects.every(connection)
    project = match(every_project, text, "project")
    if project is None:
        raise _unknown(every_project, text)
    return project


def for_new_entry(
    write: Write, text: str, *, may_create: bool = True, may_be_similar: bool = False
) -> Project:
    """The project for a new entry: an existing one, or a new one if no name is similar.

    Args:
        write: The transaction.
        text: An id, a name or its beginning.
        may_create: Whether a new one may be created.
        may_be_similar: Whether it may be created even if its name looks like a typing error for another.

    Raises:
        ClashError: Several match, it is archived, or the name looks like a typing error for another.
    """
    text = one_line(text)
    every_project = projects.every(write.connection)
    active = [project for project in every_project if not project.archived]
    named = exact(every_project, text)
    if named is not None and named.archived:  # rather than an active one whose name begins the same
        raise _archived(named)
    project = match(active, text, "project")
    if project is None:
        similar = similar_projects(every_project, text)
        if not may_be_similar and (archived := _archived_one(every_project, similar, text)):
            raise _archived(archived)
        if (similar and not may_be_similar) or text.startswith("prj_") or not may_create:
            raise _unknown(every_project, text)
        project = add(write, text)
    return project


def add(write: Write, name: str, *, billable: bool | None = None) -> Project:
    """Create a project.

    Raises:
        ClashError: A project of that name exists.
        UsageError: The name is not allowed.
    """
    name = free_name(name, "project", projects.every(write.connection), _exists)
    project = Project(id=new_id("prj"), name=name, billable=billable)
    write.change(None, project)
    return project


def rename(write: Write, text: str, name: str) -> tuple[Project, Project]:
    """Rename a project. Returns it before and after.

    Raises:
        ClashError: No such project, or another project has the name.
        UsageError: The name is not allowed.
    """
    project = find(write.connection, text)
    other_projects = [each for each in projects.every(write.connection) if each.id != project.id]
    name = free_name(name, "project", other_projects, _exists)
    return project, changed(write, project, project._replace(name=name))


def archive(write: Write, text: str, *, archived: bool = True) -> Project:
    """Archive a project, or restore it.

    Raises:
        ClashError: No such project.
    """
    project = find(write.connection, text)
    return changed(write, project, project._replace(archived=archived))


def similar_projects(every_project: list[Project], text: str) -> list[Project]:
    """The projects, archived ones included, for whose names a text is likely a typing error."""
    return [project for project in every_project if is_slip(text, project.name)]


def _unknown(every_project: list[Project], text: str) -> ClockeyeError:
    from clockeye_cli.core import nearest  # late: most projects are known

    # Sorted by similarity: the intended one is most often among the first three.
    typed = folded(text)[:LONGEST_NAME]
    names = sorted(
        (project.name for project in every_project if not project.archived),
        key=lambda name: nearest.distance(typed, folded(name)),
    )
    suggestion = nearest.nearest(text, names)
    others = ", ".join(name for name in names[:3] if name != suggestion)
    first = f"{'Others' if suggestion else 'Nearest'}: {others}. " if others else ""
    return nearest.unknown(
        "project",
        text,
        names,
        hint=f"{first}`clockeye projects` lists all projects{_way_to_create(text)}.",
        code="project_not_found",
        error=ClashError,
    )


def _way_to_create(text: str) -> str:
    try:
        return f"; {command_line('projects', 'add', checked_name(text, 'project'))} creates this one"
    except UsageError:
        return ""  # no project can have that name


def _exists(project: Project) -> ClashError:
    return ClashError(f"A project {project.name} already exists ({project.id}).", code="project_exists")


def _archived_one(every_project: list[Project], similar: list[Project], text: str) -> Project | None:
    """The archived project whose name a text begins, or is a likely slip for; None if it is unclear."""
    beginning = folded(text)
    archived = [
        project
        for project in every_project
        if project.archived and (project in similar or folded(project.name).startswith(beginning))
    ]
    is_only = len(archived) == 1 and beginning and all(project.archived for project in similar)
    return archived[0] if is_only else None


def _archived(project: Project) -> ClashError:
    name = project.id if project.name.startswith("-") else project.name
    return ClashError(
        f"The project {project.name} is archived.",
        hint=f"{command_line('projects', 'unarchive', name)} restores it.",
        code="project_archived",
    )
