"""From what was typed to a project: by id, name or the beginning of a name; made where that is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core import nearest
from clockeye_cli.core.entry import Project, new_id
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import projects

if TYPE_CHECKING:
    from clockeye_cli.errors import ClockeyeError
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write

LONGEST_NAME = 200


def find(connection: Connection, text: str) -> Project:
    """The project that is meant, archived ones included.

    Raises:
        ClashError: None fits (the message names the nearest), or several do.
    """
    text = _one_line(text)
    known = projects.every(connection)
    found = _match(known, text)
    if found is None:
        raise _unknown(known, text)
    return found


def for_new_entry(write: Write, text: str, *, may_create: bool = True) -> Project:
    """The project that a new entry is to have: found, or made if no other has a name like it.

    Raises:
        ClashError: Several fit, it is archived, or the name looks like a slip for another.
    """
    text = _one_line(text)
    known = projects.every(write.connection)
    active = [project for project in known if not project.archived]
    exact = _exact(known, text)
    if exact is not None and exact.archived:  # and not another one whose name begins so
        raise _archived(exact)
    found = _match(active, text)
    if found is None:
        near = [project for project in known if is_slip(text, project.name)]
        if near or text.startswith("prj_") or not may_create:
            raise _unknown(known, text)
        found = add(write, text)
    return found


def add(write: Write, name: str, *, billable: bool | None = None) -> Project:
    """Make a project.

    Raises:
        ClashError: There is one of that name.
        UsageError: The name cannot be one.
    """
    name = _checked(name)
    there = _exact(projects.every(write.connection), name)
    if there is not None:
        raise ClashError(f"There is a project {there.name} already ({there.id}).", code="project_exists")
    project = Project(id=new_id("prj"), name=name, billable=billable)
    write.change(None, project)
    return project


def rename(write: Write, text: str, name: str) -> tuple[Project, Project]:
    """Give a project another name. Returns it before and after.

    Raises:
        ClashError: No such project, or another one has the name.
    """
    project = find(write.connection, text)
    name = _checked(name)
    there = _exact(projects.every(write.connection), name)
    if there is not None and there.id != project.id:
        raise ClashError(f"There is a project {there.name} already ({there.id}).", code="project_exists")
    renamed = project._replace(name=name)
    if renamed != project:
        write.change(project, renamed)
    return project, renamed


def archive(write: Write, text: str, *, archived: bool = True) -> Project:
    """Archive a project, or bring it back.

    Raises:
        ClashError: No such project.
    """
    project = find(write.connection, text)
    changed = project._replace(archived=archived)
    if changed != project:
        write.change(project, changed)
    return changed


def is_slip(typed: str, name: str) -> bool:
    """Whether one name is likely a slip of the keyboard for the other, as names are compared."""
    return nearest.is_slip(projects.folded(typed), projects.folded(name))


def _match(known: list[Project], text: str) -> Project | None:
    exact = _exact(known, text)
    if exact is not None:
        return exact
    beginning = projects.folded(text)
    fitting = [
        project for project in known if beginning and projects.folded(project.name).startswith(beginning)
    ]
    if len(fitting) > 1:
        names = ", ".join(sorted(project.name for project in fitting))
        raise ClashError(
            f"Several projects begin with {text!r}: {names}.", hint="Type more of the name.", code="ambiguous"
        )
    return fitting[0] if fitting else None


def _exact(known: list[Project], text: str) -> Project | None:
    name = projects.folded(text)
    return next((p for p in known if p.id == text or projects.folded(p.name) == name), None)


def _one_line(name: str) -> str:
    """The name as it is kept: words with single spaces between them."""
    return " ".join(name.split())


def _checked(name: str) -> str:
    name = _one_line(name)
    if not name or name.startswith("-") or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{name[:40]!r} cannot be the name of a project.",
            hint=f"A name has 1 to {LONGEST_NAME} characters and does not begin with a hyphen.",
        )
    return name


def _unknown(known: list[Project], text: str) -> ClockeyeError:
    # The nearest by distance, slips first: what was meant is most often among the first three.
    folded = projects.folded(text)[:LONGEST_NAME]
    names = sorted(
        (project.name for project in known if not project.archived),
        key=lambda name: nearest.distance(folded, projects.folded(name)),
    )
    suggestion = nearest.nearest(text, names)
    others = ", ".join(name for name in names[:3] if name != suggestion)
    first = f"{'Others' if suggestion else 'Nearest'}: {others}. " if others else ""
    return nearest.unknown(
        "project",
        text,
        names,
        hint=f"{first}`clockeye projects` lists them all, `clockeye projects add NAME` makes one.",
        code="project_not_found",
        error=ClashError,
    )


def _archived(project: Project) -> ClashError:
    return ClashError(
        f"The project {project.name} is archived.",
        hint=f"`clockeye projects archive {project.id} --restore` brings it back.",
        code="project_archived",
    )
