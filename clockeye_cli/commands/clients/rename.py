"""`clockeye clients rename`: rename a client."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.terms import left_behind
from clockeye_cli.present.clients import CHANGED_SHAPE, show_changed
from clockeye_cli.present.terms import say_closed, say_left_behind
from clockeye_cli.store import projects
from clockeye_cli.tracking import clients

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def rename_client(ctx: Context, text: str, name: str) -> None:
    """Rename a client; it keeps its projects and invoices.

    Args:
        ctx: The run.
        text: The client.
        name: Its new name.
    """
    with ctx.write() as write:
        before, after = clients.rename(write, text, name)
        own = [project.id for project in projects.every(write.connection) if project.client_id == after.id]
    show_changed(ctx, [f"Renamed the client {before.name} to {after.name}."], [after])
    say_closed(ctx, own, "the new name")
    say_left_behind(ctx, left_behind(ctx, "clients", before.name), before.name)
