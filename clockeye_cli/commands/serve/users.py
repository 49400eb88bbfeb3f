"""`clockeye serve users`: the users of the server, which its API can only read."""

from __future__ import annotations

from clockeye_cli.commands.serve.serve import data_file
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.server import keys
from clockeye_cli.server.database import Database

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("id", "Id", "id"),
    Column("name", "Name"),
    Column("email", "E-mail"),
    Column("role", "Role"),
)


def add_user(ctx: Context, name: str, email: str, *, data: str = "", role: str = "member") -> None:
    """Add a user.

    Args:
        ctx: The run.
        name: Their name.
        email: Their e-mail address, which must be unique.
        data: The server's file; empty for the default.
        role: Their role.
    """
    user = keys.add_user(Database(data_file(ctx, data)), name, email, role=role)
    ctx.out.done(
        f"Added {user.name} <{user.email}> as {user.role} ({user.id}).", Record(COLUMNS, tuple(user))
    )


def list_users(ctx: Context, *, data: str = "") -> None:
    """List the users."""
    ctx.out.check_save()
    team = keys.list_users(Database(data_file(ctx, data)))
    ctx.out.table(Table(COLUMNS, [Section("", [tuple(user) for user in team])]))
