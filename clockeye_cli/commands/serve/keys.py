"""`clockeye serve keys`: the keys of the server's users."""

from __future__ import annotations

from clockeye_cli.commands.serve.serve import data_place
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Record, Section, Table
from clockeye_cli.server import keys
from clockeye_cli.server.places import opened

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
    Column("created_at", "Created", "instant", drop=1),
    Column("revoked_at", "Revoked", "instant", is_nullable=True),
)

ADDED_SHAPE = JsonShape(NEW)
LIST_SHAPE = JsonShape(LISTED, is_list=True)
REVOKED_SHAPE = JsonShape(LISTED)


def add_key(
    ctx: Context,
    name: str,
    *,
    data: str = "",
    permissions: Sequence[str] = (),
    user: str = "",
    role: str = "",
) -> None:
    """Create a key and print it.

    Args:
        ctx: The run.
        name: The name of the key.
        data: The server's file, or the URL of its database; empty for the default.
        permissions: Empty for all.
        user: Id or e-mail address of its user; empty for a user with the same name as the key.
        role: The new role of its user; empty to keep it.
    """
    key = keys.add_key(opened(data_place(ctx, data)), name, permissions=permissions, user=user, role=role)
    lines = [f"Created key {key.name} ({key.id}). It is shown only once:", key.key]
    ctx.out.result(lines, Record(NEW, tuple(key)))


def list_keys(ctx: Context, *, data: str = "") -> None:
    """List the keys without their secrets."""
    ctx.out.check_save()
    listed = keys.list_keys(opened(data_place(ctx, data)))
    ctx.out.table(Table(LISTED, [Section("", [tuple(key) for key in listed])]))


def revoke_key(ctx: Context, key: str, *, data: str = "") -> None:
    """Revoke a key with immediate effect.

    Args:
        ctx: The run.
        key: Its id or name.
        data: The server's file, or the URL of its database; empty for the default.
    """
    revoked = keys.revoke_key(opened(data_place(ctx, data)), key)
    ctx.out.done(f"Revoked key {revoked.name} ({revoked.id}).", Record(LISTED, tuple(revoked)))
