"""Rows of the outbox in words."""

from __future__ import annotations

from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.outbox import Row


def row_subject(ctx: Context, connection: Connection, row: Row) -> str:
    """The entry or project that a row is about."""
    if row.what == "project":
        project = projects.by_id(connection, row.local_id)
        return project.name if project else "(deleted project)"
    item = timers.item(connection, row.local_id)
    return describe(item, projects.names(connection), ctx.zone, ctx.now) if item else "(deleted here)"
