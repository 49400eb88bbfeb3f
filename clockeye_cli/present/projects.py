"""Projects as cells, and the notices about projects that a command has created."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, folded
from clockeye_cli.core.palette import PALETTE
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.store import clients
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.database import Connection

COLUMNS = (
    Column("project", "Project"),
    Column("last_used", "Last used", "instant", drop=1, is_nullable=True),
    Column("billable", "Billable", "flag", drop=2, is_nullable=True),
    Column("archived", "Archived", "flag", drop=3),
    Column("project_id", "Id", "id"),
    Column("client", "Client", is_detail=True, drop=4, is_nullable=True),
    Column("client_id", "Client id", "id", is_detail=True, is_nullable=True),
    Column("color", "Color", is_detail=True, is_nullable=True),
)
CHANGED_SHAPE = JsonShape(COLUMNS, is_list=True)


def project_table(connection: Connection, listed: Iterable[Project], empty: str = "") -> Table:
    """Projects as a list. Where none has a client, only JSON and `--columns` have the column.

    Args:
        connection: The store.
        listed: The projects, one row each; they may be gone from the store.
        empty: The text for people when there are none.
    """
    used, names, slots = stored.last_used(connection), clients.names(connection), stored.colors(connection)
    rows: list[Row] = []
    for project in listed:
        color = PALETTE[slots[project.id]].name if project.id in slots else None
        client = names.get(project.client_id or "")
        first = (project.name, used.get(project.id), project.billable, project.archived, project.id)
        rows.append((*first, client, project.client_id, color))
    has_clients = any(row[5] for row in rows)
    columns = tuple(c._replace(is_detail=not has_clients) if c.key == "client" else c for c in COLUMNS)
    return Table(columns, [Section("", rows)], empty=empty)


def show_changed(ctx: Context, lines: list[str], changed: list[Project]) -> None:
    """Print what was done to projects, and show them as they are now."""
    with ctx.store.read() as connection:
        table = project_table(connection, changed)
    ctx.out.done(lines, table)


def say_default(ctx: Context, gone: Iterable[Project]) -> None:
    """Point out that the setting `project` names a project that is gone."""
    name = folded(ctx.settings.project)
    for project in gone:
        if name and name in (folded(project.name), project.id):
            ctx.out.notice(
                f"The setting project still names {project.name}."
                " `clockeye config set project NAME` changes it."
            )
