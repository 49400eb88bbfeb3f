"""`clockeye clients archive`: archive clients, or restore them."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.clients import CHANGED_SHAPE, show_changed
from clockeye_cli.tracking import clients

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context

SHAPE = CHANGED_SHAPE


def archive_clients(ctx: Context, names: Sequence[str], *, archived: bool) -> None:
    """Archive or restore all of the clients, or none.

    Args:
        ctx: The run.
        names: The clients.
        archived: False to restore them.
    """
    with ctx.write() as write:
        changed = [clients.archive(write, name, archived=archived) for name in names]
    done = "Archived" if archived else "Restored"
    show_changed(ctx, [f"{done} the client {client.name}." for client in changed], changed)
