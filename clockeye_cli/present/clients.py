"""Clients as cells."""

from __future__ import annotations

from clockeye_cli.core.customer import Customer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Project
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Change

COLUMNS = (
    Column("client", "Client"),
    Column("projects", "Projects", "count"),
    Column("archived", "Archived", "flag", drop=2),
    Column("client_id", "Id", "id", drop=1),
)
CHANGED_SHAPE = JsonShape(COLUMNS, is_list=True)


def client_row(client: Customer, projects: Sequence[Project]) -> Row:
    """The row of a client; `projects` has all projects."""
    count = sum(project.client_id == client.id for project in projects)
    return client.name, count, client.archived, client.id


def show_changed(ctx: Context, lines: list[str], changed: Sequence[Customer]) -> None:
    """Print what was done to clients, and show them as they are now."""
    with ctx.store.read() as connection:
        projects = stored.every(connection)
    rows = [client_row(client, projects) for client in changed]
    ctx.out.done(lines, Table(COLUMNS, [Section("", rows)]))


def say_created(ctx: Context, changes: Iterable[Change]) -> None:
    """Name the clients that a command has created along with something else."""
    for before, after in changes:
        if before is None and isinstance(after, Customer):
            ctx.out.notice(f"Created the client {after.name}. (`clockeye undo` reverts this.)")
