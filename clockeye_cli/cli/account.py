"""The faces of what works on an account: auth, sync, users, screenshots, api."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.app import epilog, new_typer
from clockeye_cli.cli import options as o
from clockeye_cli.cli.examples import examples
from clockeye_cli.core.selection import Asked, Filter  # noqa: TC001 (read when a face is made)

auth = new_typer(
    no_args_is_help=True,
    help="Log in to a ClockEye account, log out, see how things stand.",
    epilog=epilog(
        (
            "clockeye auth login",
            "clockeye -P work auth login --with-key --user ada@example.com",
            "clockeye auth status",
        )
    ),
)
sync = new_typer(
    invoke_without_command=True,
    help="Exchange everything with the account now.\n\nEvery command does its part; this waits for all.",
    epilog=epilog(("clockeye sync", "clockeye sync --status", "clockeye sync resolve 4k7d --keep mine")),
)


@auth.command("login", help="Take an API key, and work on its account.")
def auth_login(
    ctx: typer.Context,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Read the key from standard input instead of asking.")
    ] = False,
    user: Annotated[
        str, typer.Option("--user", metavar="WHO", help="Who you are, where the key sees several users.")
    ] = "",
    insecure_storage: Annotated[
        bool, typer.Option("--insecure-storage", help="Keep the key in a file, not in the keyring.")
    ] = False,
    adopt: Annotated[
        bool | None,
        typer.Option(
            "--adopt/--no-adopt",
            help="Take along what the profile local holds; without either, a terminal asks.",
            show_default=False,
        ),
    ] = None,
    adopt_project: Annotated[
        str, typer.Option("--adopt-project", metavar="PROJECT", help="For entries that have none.")
    ] = "",
    yes: o.Yes = False,
) -> None:
    """Take an API key, and work on its account."""
    from clockeye_cli.commands.auth import login as run

    run.login(
        o.answered(ctx, yes),
        with_key=with_key,
        user=user,
        insecure_storage=insecure_storage,
        adopting=adopt,
        adopt_project=adopt_project,
    )


@auth.command("logout", help="Forget the key of the profile; its entries stay here.")
def auth_logout(
    ctx: typer.Context,
    purge: Annotated[
        bool, typer.Option("--purge", help="Remove its entries from this computer, too.")
    ] = False,
    yes: o.Yes = False,
) -> None:
    """Forget the key of the profile."""
    from clockeye_cli.commands.auth import login as run

    run.logout(o.answered(ctx, yes), purge=purge)


@auth.command("status", help="Say whether the key works, and where it came from.")
def auth_status(ctx: typer.Context) -> None:
    """Say whether the key works."""
    from clockeye_cli.commands.auth import login as run

    run.status(ctx.obj)


@sync.callback()
def sync_root(
    ctx: typer.Context,
    status: Annotated[
        bool, typer.Option("--status", help="List what the account has not got yet, and why.")
    ] = False,
) -> None:
    """Exchange everything where nothing else is asked for."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands import sync as run

        if status:
            run.status(ctx.obj)
        else:
            run.run(ctx.obj)


@sync.command("resolve", help="Decide about an entry that cannot be sent as it is.")
def sync_resolve(
    ctx: typer.Context,
    entry: o.Entry,
    keep: Annotated[
        str, typer.Option("--keep", metavar="mine|theirs", help="Of a conflict: whose version.")
    ] = "",
    is_id: Annotated[str, typer.Option("--is", metavar="ID", help="It arrived, as this entry.")] = "",
    send: Annotated[bool, typer.Option("--send", help="It did not arrive: send it again.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Do not send it: as the account has it.")] = False,
) -> None:
    """Decide about an entry."""
    from clockeye_cli.commands import sync as run

    run.resolve(ctx.obj, entry, keep=keep, is_id=is_id, send=send, drop=drop)


@examples("clockeye users", "clockeye users --json", "clockeye users -o tsv | cut -f1")
def users(ctx: typer.Context, columns: o.Columns = "", save: o.Save = "", force: o.Force = False) -> None:
    """What the key may see: yourself, or the team."""
    from clockeye_cli.commands import users as run

    run.run(o.listing(ctx, columns, save=save, force=force))


@examples(
    "clockeye screenshots",
    "clockeye screenshots last month -p website --download pictures",
    "clockeye screenshots --today --user all --save today.html",
)
@o.selecting
def screenshots(
    ctx: typer.Context,
    asked: Asked,
    wanted: Filter,
    download: Annotated[
        str, typer.Option("--download", metavar="DIR", help="Keep the pictures here that are not there yet.")
    ] = "",
    columns: o.Columns = "",
    save: Annotated[
        str,
        typer.Option("--save", metavar="FILE", help="Into a file: .html (a sheet of pictures) .csv .md …"),
    ] = "",
    force: o.Force = False,
) -> None:
    """The period is this week. One whose entry is not known fits no filter for entries."""
    from clockeye_cli.commands import screenshots as run

    run.run(o.listing(ctx, columns, save=save, force=force), asked, wanted, download=download)


@examples(
    "clockeye api /users",
    "clockeye api /time-entries --paginate",
    "clockeye api /projects -f name=acme",
)
def api(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help="What comes after the address: /time-entries")],
    method: Annotated[
        str, typer.Option("-X", "--method", metavar="METHOD", help="GET, POST, PUT or DELETE.")
    ] = "",
    texts: Annotated[
        list[str] | None, typer.Option("-f", "--field", metavar="KEY=TEXT", help="A text; repeatable.")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("-F", "--typed-field", metavar="KEY=VALUE", help="A number, true, false, null or text."),
    ] = None,
    file: Annotated[
        str, typer.Option("--input", metavar="FILE", help="The body; - for standard input.")
    ] = "",
    paginate: Annotated[bool, typer.Option("--paginate", help="Read all pages and join them.")] = False,
) -> None:
    """With the profile's key. What comes back is printed untouched."""
    from clockeye_cli.commands import api as run

    run.run(
        ctx.obj, path, method=method, texts=texts or (), values=values or (), file=file, paginate=paginate
    )
