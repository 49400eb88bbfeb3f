"""Conversion between the account's entries and projects and those of the store."""

from __future__ import annotations

from clockeye_cli.api import wire
from clockeye_cli.core.entry import Project, TimeEntry, Timer, folded, new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import dialects, projects, remote, users

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.store.database import Connection


def is_running(item: TimeEntry | Timer) -> bool:
    """Whether an entry has no end: it is the running timer, or runs elsewhere on the account."""
    return isinstance(item, Timer) or item.is_open


def body_of(connection: Connection, entry: TimeEntry | Timer) -> dict[str, Any]:
    """The body of a POST of an entry or the timer; it names the user if the entry is another user's."""
    dialect = dialects.get(connection)
    project_id = remote.project_id(connection, entry.project_id) if entry.project_id else None
    user_id = entry.user_id if isinstance(entry, TimeEntry) else None
    return wire.body(
        project_id=dialect.sent_id("project", project_id) if project_id else None,
        description=entry.description,
        started_at=entry.started_at,
        ended_at=None if isinstance(entry, Timer) or entry.is_open else entry.ended_at,
        billable=entry.billable,
        user_id=dialect.sent_id("user", user_id) if user_id else None,
    )


def entry_of(
    connection: Connection, remote_entry: wire.RemoteEntry, local: TimeEntry | None, local_id: str
) -> TimeEntry:
    """An entry of the account, converted for the store; an unknown project is added.

    Args:
        connection: The store.
        remote_entry: The entry.
        local: The local version of the entry; None for a new one.
        local_id: Its local id.
    """
    account_id = remote_entry.project_id
    project_id = remote.local_project_id(connection, account_id) if account_id else None
    if account_id and project_id is None:
        project_id = add_project(connection, wire.RemoteProject(account_id, account_id))
    return converted(remote_entry, local, local_id, project_id, users.own(connection))


def converted(
    remote_entry: wire.RemoteEntry,
    local: TimeEntry | None,
    local_id: str,
    project_id: str | None,
    own_user: str | None,
) -> TimeEntry:
    """An entry of the account, converted for the store.

    Fields that the account does not have keep their local values.

    Args:
        remote_entry: The entry.
        local: The local version of the entry; None for a new one.
        local_id: Its local id.
        project_id: The local id of its project; None for none.
        own_user: The profile's own user; None while it is unknown.
    """
    entry = TimeEntry(
        local_id,
        remote_entry.description,
        project_id,
        remote_entry.started_at,
        remote_entry.started_at if remote_entry.ended_at is None else remote_entry.ended_at,
        remote_entry.billable,
        user_of(remote_entry.user_id, local, own_user),
        remote_entry.ended_at is None,
    )
    if local is None:
        return entry
    return local._replace(
        description=entry.description,
        project_id=entry.project_id,
        started_at=entry.started_at,
        ended_at=entry.ended_at,
        billable=entry.billable,
        user_id=entry.user_id,
        is_open=entry.is_open,
    )


def user_of(user_id: str | None, local: TimeEntry | None, own_user: str | None) -> str | None:
    """The `user_id` of an entry in the store: None for the profile's own user.

    In the API reference every entry has a user. An account that gives none belongs to one person: a new entry
    is yours, and a known one keeps its user. While your own user is unknown, entries that were read keep the
    account's user, but entries created here are yours.

    Args:
        user_id: The user that the account gives; None if it gives none.
        local: The local version of the entry; None for a new one.
        own_user: The profile's own user; None while it is unknown.
    """
    if user_id is None:
        return local.user_id if local else None
    if own_user is None and local and local.is_own:
        return None
    return None if user_id == own_user else user_id


def put_projects(connection: Connection, listed: list[wire.RemoteProject]) -> None:
    """Update the store's projects from the account's: add new ones, rename renamed ones."""
    local_ids = remote.project_ids(connection)
    for project in listed:
        local_id = local_ids.get(project.id)
        if local_id is None:
            add_project(connection, project)
            continue
        before = projects.by_id(connection, local_id)
        if before and before.name != project.name:
            projects.put(connection, before, before._replace(name=_free_name(connection, project, local_id)))


def add_project(connection: Connection, project: wire.RemoteProject) -> str:
    """Add a project of the account to the store. Returns its local id."""
    local_id = new_id("prj")
    projects.put(connection, None, Project(id=local_id, name=_free_name(connection, project, local_id)))
    remote.put_project(connection, local_id, project.id)
    return local_id


def _free_name(connection: Connection, project: wire.RemoteProject, local_id: str) -> str:
    # Two projects of an account may have the same name; in the store, names are unique.
    taken = {folded(other.name) for other in projects.every(connection) if other.id != local_id}
    name = " ".join(project.name.split()) or project.id
    return name if folded(name) not in taken else f"{name} ({project.id})"
