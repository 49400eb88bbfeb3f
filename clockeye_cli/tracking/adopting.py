"""What goes along when an account's profile adopts what was tracked in another one, and what stays.

It works inside a write transaction over both files (`Store.beside`), so an entry is never in both profiles
and never in neither. What goes keeps its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import Project
from clockeye_cli.store import add_keys, adopted, entries, former_ids, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.history import Adoption, Change
from clockeye_cli.tracking.overlaps import clashes
from clockeye_cli.tracking.projects import for_new_entry

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry, Timer
    from clockeye_cli.store.adopted import Held
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Write


class Adopted(NamedTuple):
    """What an adoption does.

    Attributes:
        entries: That go, as they are from now on.
        projects: That are new on the account.
        timer: That goes and runs on.
        overlapping: How many of the entries share time with others of the account.
        staying: Entries that stay, for want of a project.
        left: The timer, where it stays: it has no project, or another one runs on the account.
    """

    entries: list[TimeEntry]
    projects: list[Project]
    timer: Timer | None
    overlapping: int
    staying: list[TimeEntry]
    left: Timer | None

    @property
    def is_something(self) -> bool:
        """Whether anything goes along."""
        return bool(self.entries or self.projects or self.timer)


def adopt(write: Write, source: str, profile: str, project: str = "") -> Adopted:
    """Take over what the attached file holds: entries with a project, projects, the running timer.

    Projects are the same if they have the same name. Overlaps are no reason to leave an entry behind.

    Args:
        write: The transaction, of the profile that adopts.
        source: The name of the profile that is adopted from.
        profile: The name of the one that adopts.
        project: For what has none: its id, name or beginning of a name; empty to leave that where it is.

    Raises:
        ClashError: `project` looks like a slip for another one, several fit, or it is archived.
    """
    held = adopted.held(write.connection)
    new_projects, project_ids = _projects(write, held)
    if project and any(item.project_id is None for item in (*held.entries, held.timer) if item):
        before = len(write.changes)
        project_ids[None] = for_new_entry(write, project).id
        new_projects += [c.after for c in write.changes[before:] if isinstance(c.after, Project)]
    going = [
        entry._replace(project_id=project_ids[entry.project_id])
        for entry in held.entries
        if entry.project_id in project_ids
    ]
    staying = [entry for entry in held.entries if entry.project_id not in project_ids]
    new = [entry for entry in going if not _is_there(write.connection, entry.local_id)]
    overlapping = sum(
        bool(clashes(write.connection, entry.started_at, entry.ended_at, write.now)) for entry in new
    )
    for entry in new:
        write.change(None, entry)
    timer = _timer(write, held.timer, project_ids)
    gone = {item.local_id for item in (*going, timer) if item}
    _words_for(write, held, gone, project_ids)
    adopted.leave(write.connection, gone, profile)
    if write.changes:
        # One line of the history: `undo` refuses it as a whole, and a thousand lines would tell no more.
        write.changes[:] = [Change(None, Adoption(source, len(going), len(new_projects)))]
    return Adopted(going, new_projects, timer, overlapping, staying, None if timer else held.timer)


def _projects(write: Write, held: Held) -> tuple[list[Project], dict[str | None, str]]:
    """Make the projects that are not there. Returns them, and the ids there by the ids here."""
    there = projects.every(write.connection)
    by_name = {projects.folded(project.name): project.id for project in there}
    ids = {project.id for project in there}
    used = {item.project_id for item in (*held.entries, held.timer) if item}
    new: list[Project] = []
    found: dict[str | None, str] = {}
    for project in held.projects:
        if project.archived and project.id not in used:
            continue
        known = by_name.get(projects.folded(project.name))
        if known is None and project.id not in ids:  # otherwise it was adopted before, and renamed since
            write.change(None, project)
            new.append(project)
        found[project.id] = known or project.id
    return new, found


def _is_there(connection: Connection, local_id: str) -> bool:
    """Whether the account's profile has it already: a backup of the other may have been put back."""
    present = former_ids.present_id(connection, local_id)
    running = timers.running(connection)
    return entries.by_id(connection, present) is not None or bool(running and running.local_id == present)


def _timer(write: Write, timer: Timer | None, project_ids: dict[str | None, str]) -> Timer | None:
    """Let the timer run on here, if it can. Returns it as it is now, if it went."""
    if timer is None or timer.project_id not in project_ids:
        return None
    timer = timer._replace(project_id=project_ids[timer.project_id])
    if not _is_there(write.connection, timer.local_id):
        if timers.running(write.connection):
            return None
        write.change(None, timer)
    return timer


def _words_for(write: Write, held: Held, gone: set[str], project_ids: dict[str | None, str]) -> None:
    """Let former ids, and the keys of `add --key`, mean the same entries as before."""
    for former, local_id in held.former_ids:
        if local_id in gone:
            former_ids.rename(write.connection, former, local_id)
    for key in held.keys:
        if key.local_id in gone and add_keys.of(write.connection, key.key) is None:
            asked_for = key.asked_for
            project_id = project_ids.get(asked_for.project_id, asked_for.project_id)
            content = add_keys.content_of(asked_for._replace(project_id=project_id))
            write.change(None, key._replace(content=content))
