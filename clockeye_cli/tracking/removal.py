"""The rules for removing projects: merge one into another, delete one without entries."""

from __future__ import annotations

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.store import add_keys, entries, projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.projects import find

if TYPE_CHECKING:
    from clockeye_cli.core.entry import Project
    from clockeye_cli.store.state import Write


class Merged(NamedTuple):
    """The result of `merge`: the project that is gone, the one that has its entries, and how many it had."""

    gone: Project
    kept: Project
    entries: int


def merge(write: Write, text: str, into: str) -> Merged:
    """Give all entries of a project to another, with the timer and the keys of `add --key`, and delete it.

    Raises:
        ClashError: One of them does not exist, or several match.
        UsageError: They are the same project.
    """
    gone, kept = find(write.connection, text), find(write.connection, into)
    if gone.id == kept.id:
        raise UsageError(f"{text[:40]!r} and {into[:40]!r} are the same project, {kept.name}.")
    moved = entries.between(write.connection, None, None, [gone.id], EVERYBODY)
    for entry in moved:
        write.change(entry, entry._replace(project_id=kept.id))
    running = timers.running(write.connection)
    if running and running.project_id == gone.id:
        write.change(running, running._replace(project_id=kept.id))
    for key in add_keys.every(write.connection):
        asked_for = key.asked_for
        if asked_for.project_id == gone.id:
            content = add_keys.content_of(asked_for._replace(project_id=kept.id))
            write.change(key, key._replace(content=content))
    write.change(gone, None)
    return Merged(gone, kept, len(moved))


def delete(write: Write, text: str) -> Project:
    """Delete a project that has no entries.

    Raises:
        ClashError: No such project, or it has entries, or the timer.
    """
    project = find(write.connection, text)
    count = projects.entry_count(write.connection, project.id)
    if count:
        from clockeye_cli.core.command_lines import command_line  # late: it is refused

        raise ClashError(
            f"The project {project.name} has {counted(count, 'entry', 'entries')}.",
            hint=f"{command_line('projects', 'merge', text, 'OTHER')} moves them to another project;"
            f" {command_line('projects', 'archive', text)} keeps them and accepts no new ones.",
            code="project_used",
        )
    running = timers.running(write.connection)
    if running and running.project_id == project.id:
        raise ClashError(
            f"The timer is running on the project {project.name}.",
            hint="`clockeye edit current -p OTHER` changes its project.",
            code="project_used",
        )
    write.change(project, None)
    return project
