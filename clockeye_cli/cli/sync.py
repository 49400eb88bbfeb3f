"""The faces of the exchange with the account: sync, sync resolve."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

sync = Family(
    "Exchange everything with the account now.\n\nOther commands sync only what they need.",
    "clockeye sync",
    "clockeye sync --status",
    "clockeye sync resolve 4k7d --keep mine",
)


@sync.run_alone
def sync_root(
    run: Context,
    status: Annotated[
        bool, Option("--status", help="List the changes that have not been sent, and why.")
    ] = False,
) -> None:
    """Exchange everything, unless a subcommand is given."""
    if status:
        from clockeye_cli.commands.sync.status import sync_status

        sync_status(run)
    else:
        from clockeye_cli.commands.sync.sync import sync

        sync(run)


@sync.command("resolve", "Decide what to do with an entry that cannot be sent as it is.")
def sync_resolve(
    run: Context,
    entry: o.Entry,
    keep: Annotated[
        str, Option("--keep", metavar="mine|theirs", help="The version to keep in a conflict.")
    ] = "",
    same_as: Annotated[
        str, Option("--same-as", metavar="ID", help="It arrived and has this id on the account.")
    ] = "",
    is_id: Annotated[str, Option("--is", metavar="ID", help="Same as --same-as.", is_hidden=True)] = "",
    send: Annotated[bool, Option("--send", help="It did not arrive: send it again.")] = False,
    drop: Annotated[bool, Option("--drop", help="Do not send it; keep the account's version.")] = False,
) -> None:
    """Decide about an entry."""
    from clockeye_cli.commands.sync.resolve import resolve

    resolve(run, entry, keep=keep, same_as=same_as or is_id, send=send, drop=drop)
