"""`clockeye clients list`: list the clients by name."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape, Section, Table
from clockeye_cli.present.clients import COLUMNS, client_row
from clockeye_cli.store import clients
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS, is_list=True)


def list_clients(ctx: Context, *, everything: bool = False) -> None:
    """List the clients by name, with their projects.

    Args:
        ctx: The run.
        everything: Include archived clients.
    """
    ctx.out.check_save()
    with ctx.store.read() as connection:
        listed = [client for client in clients.every(connection) if everything or not client.archived]
        projects = stored.every(connection)
    rows = [client_row(client, projects) for client in listed]
    empty = "No clients yet; `clockeye projects edit PROJECT --client NAME` creates one."
    ctx.out.table(Table(COLUMNS, [Section("", rows)], empty=empty))
