"""Adoption: the profile of an account takes over the entries, projects and timer of another profile.

It runs inside a write transaction over both files (`Store.beside`), so an entry is never in both profiles
and never in neither. Entries keep their ids. `adopting_rows` adopts what belongs to them.
"""

from __future__ import annotations

from clockeye_cli.core.entry import Project, folded
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.store import add_keys, adopted, entries, former_ids, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.history import Change
from clockeye_cli.store.rare_kinds import Adoption
from clockeye_cli.tracking.adopting_rows import adopt_clients, adopt_colors, adopt_rows
from clockeye_cli.tracking.overlaps import clashes
from clockeye_cli.tracking.projects import for_new_entry

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry, Timer
    from clockeye_cli.store.adopted import Held
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


class Adopted(NamedTuple):
    """The result of an adoption.

    Attributes:
        entries: The adopted entries, as they are from now on.
        projects: The projects that are new on the account.
        timer: The adopted timer, which goes on running.
        overlapping: How many of the adopted entries overlap others of the account.
        staying: The entries that stay behind because they have no project.
        staying_timer: The timer if it stays: it has no project, or another timer is running on the account.
    """

    entries: list[TimeEntry]
    projects: list[Project]
    timer: Timer | None
    overlapping: int
    staying: list[TimeEntry]
    staying_timer: Timer | None

    @property
    def is_something(self) -> bool:
        """Whether anything was adopted."""
        return bool(self.entries or self.projects or self.timer)


def adopt(write: Write, source: str, profile: str, project: str = "") -> Adopted:
    """Adopt the content of the attached file: entries with a project, projects, the running timer.

    Projects are the same if they have the same name. Entries that overlap others are adopted too.

    Args:
        write: The transaction, of the adopting profile.
        source: The name of the profile to adopt from.
        profile: The name of the adopting profile.
        project: The project for entries without one: its id, name or beginning of a name; empty to leave
            such entries behind.

    Raises:
        ClashError: `project` looks like a typing error, matches several projects, or is archived.
    """
    write.is_guarded = False  # it moves entries, and changes none
    held = adopted.held(write.connection)
    client_ids = adopt_clients(write)
    new_projects, project_ids = _projects(write, held, client_ids)
    if project and any(item.project_id is None for item in (*held.entries, held.timer) if item):
        before = len(write.changes)
        project_ids[None] = for_new_entry(write, project).id
        new_projects += [c.after for c in write.changes[before:] if isinstance(c.after, Project)]
    adopted_entries = [
        entry._replace(project_id=project_ids[entry.project_id])
        for entry in held.entries
        if entry.project_id in project_ids
    ]
    staying = [entry for entry in held.entries if entry.project_id not in project_ids]
    new = [entry for entry in adopted_entries if not _is_present(write.connection, entry.local_id)]
    overlapping = sum(
        bool(clashes(write.connection, entry.started_at, entry.ended_at, write.now)) for entry in new
    )
    for entry in new:
        write.change(None, entry)
    timer = _timer(write, held.timer, project_ids)
    adopted_ids = {item.local_id for item in (*adopted_entries, timer) if item}
    _keep_names(write, held, adopted_ids, project_ids)
    adopt_rows(write, adopted_ids, staying, client_ids)
    adopted.leave(write.connection, adopted_ids, profile)
    if write.changes:
        # One line of the history: `undo` refuses it as a whole, so a thousand lines would add nothing.
        write.changes[:] = [Change(None, Adoption(source, len(adopted_entries), len(new_projects)))]
    return Adopted(adopted_entries, new_projects, timer, overlapping, staying, None if timer else held.timer)


def _projects(
    write: Write, held: Held, client_ids: dict[str | None, str | None]
) -> tuple[list[Project], dict[str | None, str]]:
    """Create the missing projects. Returns them, and the new id of each project by its old one."""
    existing = projects.every(write.connection)
    by_name = {folded(project.name): project for project in existing}
    ids = {project.id for project in existing}
    used = {item.project_id for item in (*held.entries, held.timer) if item}
    new: list[Project] = []
    new_ids: dict[str | None, str] = {}
    for project in held.projects:
        if project.archived and project.id not in used:
            continue
        same_name = by_name.get(folded(project.name))
        client_id = client_ids.get(project.client_id)
        if same_name is None and project.id not in ids:  # else it was adopted before, and renamed since
            new.append(project._replace(client_id=client_id))
            write.change(None, new[-1])
        elif same_name and client_id and same_name.client_id is None:
            write.change(same_name, same_name._replace(client_id=client_id))
        new_ids[project.id] = same_name.id if same_name else project.id
    adopt_colors(write, new)
    return new, new_ids


def _is_present(connection: Connection, local_id: str) -> bool:
    """Whether the adopting profile already has an entry: a backup of the other may have been restored."""
    present = former_ids.present_id(connection, local_id)
    running = timers.running(connection)
    return entries.by_id(connection, present) is not None or bool(running and running.local_id == present)


def _timer(write: Write, timer: Timer | None, project_ids: dict[str | None, str]) -> Timer | None:
    """Adopt the timer, if possible. Returns it as it is now, or None if it stays."""
    if timer is None or timer.project_id not in project_ids:
        return None
    timer = timer._replace(project_id=project_ids[timer.project_id])
    if not _is_present(write.connection, timer.local_id):
        if timers.current(write.connection):
            return None
        write.change(None, timer)
    return timer


def _keep_names(write: Write, held: Held, adopted_ids: set[str], project_ids: dict[str | None, str]) -> None:
    """Let former ids, and the keys of `add --key`, name the same entries as before."""
    for former, local_id in held.former_ids:
        if local_id in adopted_ids:
            former_ids.rename(write.connection, former, local_id)
    for key in held.keys:
        if key.local_id in adopted_ids and add_keys.of(write.connection, key.key) is None:
            asked_for = key.asked_for
            project_id = project_ids.get(asked_for.project_id, asked_for.project_id)
            content = add_keys.content_of(asked_for._replace(project_id=project_id))
            write.change(None, key._replace(content=content))
