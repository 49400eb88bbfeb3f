"""The faces of the account and its key: auth login, auth logout, auth status."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import epilog, new_typer

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
    from clockeye_cli.commands.auth.login import login

    login(
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
    from clockeye_cli.commands.auth.logout import logout

    logout(o.answered(ctx, yes), purge=purge)


@auth.command("status", help="Say whether the key works, and where it came from.")
def auth_status(ctx: typer.Context) -> None:
    """Say whether the key works."""
    from clockeye_cli.commands.auth.status import status

    status(ctx.obj)
