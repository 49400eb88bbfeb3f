"""What is typed about clients and colours of projects."""

from __future__ import annotations

from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.palette import PALETTE, slot_named
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.tracking import clients
from clockeye_cli.tracking.clients import ProjectEdit

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def may_create(ctx: Context, client: str | None) -> bool:
    """Whether a client may be created although its name looks like a typing error; asks at a terminal."""
    if client is None or not (ctx.can_ask or ctx.options.yes):
        return False
    with ctx.store.read() as connection:
        similar = clients.similar_to_new(connection, client)
    names = ", ".join(each.name for each in similar)
    return bool(similar) and ctx.questions.confirm(f"Create the client {client} (similar to {names})?", "-y")


def color_slot(name: str) -> int | None:
    """The slot of a colour that was typed; None if none was.

    Raises:
        UsageError: It is unknown.
    """
    slot = slot_named(name)
    if name and slot is None:
        raise unknown("colour", name, [color.name for color in PALETTE])
    return slot


def project_edit(client: str | None, billable: bool | None, color: str) -> ProjectEdit:
    """What is to be changed of a project, as typed; an empty color is none.

    Raises:
        UsageError: The color is unknown.
    """
    return ProjectEdit(client, billable, color_slot(color))
