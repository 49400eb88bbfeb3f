"""`clockeye serve keys`: the keys of the server's users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.commands.serve.serve import data_file
from clockeye_cli.output.cells import Column, Record, Section, Table
from clockeye_cli.server import keys
from clockeye_cli.server.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context

NEW = (
    Column("id", "Id", "id"),
    Column("name", "Name"),
    Column("key", "Key", "id"),
    Column("permissions", "Permissions", "words"),
    Column("user_id", "User", "id"),
)

LISTED = (
    Column("id", "Id", "id"),
    Column("name", "Name"),
    Column("permissions", "Permissions", "words", drop=2),
    Column("user_id", "User id", "id", is_detail=True),
    Column("user", "User"),
    Column("role", "Role"),
    Column("created_at", "Made", "instant", drop=1),
    Column("revoked_at", "Revoked", "instant"),
)


def add_key(
    ctx: Context,
    name: str,
    *,
    data: str = "",
    permissions: Sequence[str] = (),
    user: str = "",
    role: str = "",
) -> None:
    """Make a key and print it, this once.

    Args:
        ctx: What the command works with.
        name: What it is called.
        data: The server's file; empty for the one in the data folder.
        permissions: None for all.
        user: Id or e-mail address; empty for a user of the key's name.
        role: The role that its user has from now on; empty to leave it.
    """
    made = keys.add_key(Database(data_file(ctx, data)), name, permissions=permissions, user=user, role=role)
    lines = [f"Made the key {made.name} ({made.id}). It is shown only now:", made.key]
    ctx.out.result(lines, Record(NEW, tuple(made)))


def list_keys(ctx: Context, *, data: str = "") -> None:
    """List the keys, without their secrets."""
    ctx.out.check_save()
    found = keys.list_keys(Database(data_file(ctx, data)))
    ctx.out.table(Table(LISTED, [Section("", [tuple(key) for key in found])]))


def revoke_key(ctx: Context, key: str, *, data: str = "") -> None:
    """Make a key invalid at once.

    Args:
        ctx: What the command works with.
        key: Its id, or its name.
        data: The server's file; empty for the one in the data folder.
    """
    revoked = keys.revoke_key(Database(data_file(ctx, data)), key)
    ctx.out.done(f"Revoked the key {revoked.name} ({revoked.id}).", Record(LISTED, tuple(revoked)))
