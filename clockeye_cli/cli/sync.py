"""The faces of the exchange with the account: sync, sync resolve."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o  # noqa: TC001 (read when a face is made)
from clockeye_cli.cli.faces import epilog, new_typer

sync = new_typer(
    invoke_without_command=True,
    help="Exchange everything with the account now.\n\nOther commands sync only what they need.",
    epilog=epilog(("clockeye sync", "clockeye sync --status", "clockeye sync resolve 4k7d --keep mine")),
)


@sync.callback()
def sync_root(
    ctx: typer.Context,
    status: Annotated[
        bool, typer.Option("--status", help="List the changes that have not been sent, and why.")
    ] = False,
) -> None:
    """Exchange everything, unless a subcommand is given."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.sync.status import sync_status
        from clockeye_cli.commands.sync.sync import sync

        if status:
            sync_status(ctx.obj)
        else:
            sync(ctx.obj)


@sync.command("resolve", help="Decide what to do with an entry that cannot be sent as it is.")
def sync_resolve(
    ctx: typer.Context,
    entry: o.Entry,
    keep: Annotated[
        str, typer.Option("--keep", metavar="mine|theirs", help="The version to keep in a conflict.")
    ] = "",
    is_id: Annotated[
        str, typer.Option("--is", metavar="ID", help="It arrived and has this id on the account.")
    ] = "",
    send: Annotated[bool, typer.Option("--send", help="It did not arrive: send it again.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Do not send it; keep the account's version.")] = False,
) -> None:
    """Decide about an entry."""
    from clockeye_cli.commands.sync.resolve import resolve

    resolve(ctx.obj, entry, keep=keep, is_id=is_id, send=send, drop=drop)
