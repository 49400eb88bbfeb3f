"""From the names of projects and clients in a filter to their ids here."""

from __future__ import annotations

from clockeye_cli.core.command_lines import PICK
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.work import known_project, pick_project
from clockeye_cli.store import projects
from clockeye_cli.tracking.names import NO_PROJECT, means_none
from clockeye_cli.tracking.projects import find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter
    from clockeye_cli.store.database import Connection

NO_ENTRIES = "prj_"
"""The id of no project: where a client has none, nothing is selected."""


def by_ids(ctx: Context, filters: Filter) -> Filter:
    """A filter with project ids in place of the names that were typed, and None in place of `none`.

    Raises:
        ClashError: A project is unknown or ambiguous.
        UsageError: A name is empty, or a project must be picked and nobody can be asked.
    """
    named, not_named = (named_projects(ctx, names) for names in (filters.projects, filters.not_projects))
    with ctx.store.read() as connection:
        wanted, unwanted = (
            tuple(None if means_none(name) else _project(connection, name).id for name in names)
            for names in (named, not_named)
        )
        if filters.client:
            wanted = _of_client(connection, filters.client, wanted)
    return filters._replace(projects=wanted, not_projects=unwanted, client="")


def _of_client(connection: Connection, text: str, wanted: tuple[Any, ...]) -> tuple[Any, ...]:
    """The ids of a client's projects, or of those without a client and None; only the wanted ones, if any."""
    from clockeye_cli.tracking import clients  # late: few lists are by client

    is_none = means_none(text)
    client_id = None if is_none else clients.find(connection, text).id
    ids = [project.id for project in projects.every(connection) if project.client_id == client_id]
    listed = [each for each in (*ids, *([None] if is_none else [])) if not wanted or each in wanted]
    return tuple(listed) or (NO_ENTRIES,)


def named_projects(ctx: Context, names: Sequence[str | None]) -> list[str]:
    """The names or ids here of a filter's projects; the user picks the project if the name was left out."""
    return [known_project(ctx, _name(ctx, name)) for name in names]


def _name(ctx: Context, name: str | None) -> str:
    if name is None:
        return NO_PROJECT
    return pick_project(ctx) if name == PICK else name


def _project(connection: Connection, name: str) -> Any:
    if not name.strip():
        raise UsageError("The project name is empty.", hint="`clockeye projects` lists them.")
    return find(connection, name)
