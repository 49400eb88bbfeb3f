"""`clockeye serve users`: the users of the server, which its API can only read."""

from __future__ import annotations

import json

from clockeye_cli.commands.serve.keys import LISTED
from clockeye_cli.commands.serve.serve import data_place
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Record, Section, Table
from clockeye_cli.server import members
from clockeye_cli.server.personal import export
from clockeye_cli.server.places import opened

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("id", "Id", "id"),
    Column("name", "Name"),
    Column("email", "E-mail"),
    Column("role", "Role"),
)

REMOVED = (
    *COLUMNS,
    Column("entries", "Entries", "count"),
    Column("transferred_to", "Transferred to", "id", is_nullable=True),
)

USER_SHAPE = JsonShape(COLUMNS)
LIST_SHAPE = JsonShape(COLUMNS, is_list=True)
REMOVED_SHAPE = JsonShape(REMOVED)


def exported() -> JsonShape:
    """What `serve users export` prints; entries are as in the API."""
    key = (*LISTED[:3], *LISTED[-2:])
    project = (Column("id", "", "id"), Column("name", ""), Column("created_by", "", "id", is_nullable=True))
    screenshot = (
        Column("id", "", "id"),
        Column("time_entry_id", "", "id"),
        Column("captured_at", "", "instant"),
        Column("activity_level", "", "share", is_nullable=True),
        Column("picture", ""),
    )
    columns = (
        Column("user", "", "record", of=COLUMNS),
        Column("keys", "", "records", of=key),
        Column("projects", "", "records", of=project),
        Column("time_entries", "", "json"),
        Column("screenshots", "", "records", of=screenshot),
    )
    return JsonShape(columns, has_meta=True)


def add_user(ctx: Context, name: str, email: str, *, data: str = "", role: str = "member") -> None:
    """Add a user.

    Args:
        ctx: The run.
        name: Their name.
        email: Their e-mail address, which must be unique.
        data: The server's file, or the URL of its database; empty for the default.
        role: Their role.
    """
    user = members.add_user(opened(data_place(ctx, data)), name, email, role=role)
    ctx.out.done(
        f"Added {user.name} <{user.email}> as {user.role} ({user.id}).", Record(COLUMNS, tuple(user))
    )


def list_users(ctx: Context, *, data: str = "") -> None:
    """List the users."""
    ctx.out.check_save()
    team = members.list_users(opened(data_place(ctx, data)))
    ctx.out.table(Table(COLUMNS, [Section("", [tuple(user) for user in team])]))


def change_role(ctx: Context, user: str, role: str, *, data: str = "") -> None:
    """Give a user another role.

    Args:
        ctx: The run.
        user: Id or e-mail address.
        role: The new role.
        data: The server's file, or the URL of its database; empty for the default.
    """
    member = members.set_role(opened(data_place(ctx, data)), user, role)
    line = f"{member.name} <{member.email}> is now {member.role} ({member.id})."
    ctx.out.done(line, Record(COLUMNS, tuple(member)))


def remove_user(
    ctx: Context, user: str, *, data: str = "", delete_entries: bool = False, transfer_to: str = ""
) -> None:
    """Remove a user and their keys.

    Args:
        ctx: The run.
        user: Id or e-mail address.
        data: The server's file, or the URL of its database; empty for the default.
        delete_entries: Delete their entries and screenshots.
        transfer_to: Id or e-mail address of the user who gets them; empty for nobody.
    """
    removed = members.remove_user(
        opened(data_place(ctx, data)), user, heir=transfer_to, delete_entries=delete_entries
    )
    entries = counted(removed.entries, "entry", "entries")
    heir = removed.heir
    fate = f"{entries} transferred to {heir.name} <{heir.email}>" if heir else f"{entries} deleted"
    record = Record(
        REMOVED,
        (*removed.member, removed.entries, heir and heir.id),
    )
    ctx.out.done(f"Removed {removed.member.name} <{removed.member.email}>; {fate}.", record)


def export_user(ctx: Context, user: str, *, data: str = "") -> None:
    """Print everything that the server stores about a user, as JSON.

    Args:
        ctx: The run.
        user: Id or e-mail address.
        data: The server's file, or the URL of its database; empty for the default.
    """
    document = {"version": 1, "data": export(opened(data_place(ctx, data)), user), "meta": {}}
    ctx.out.document(json.dumps(document, indent=2) + "\n")
