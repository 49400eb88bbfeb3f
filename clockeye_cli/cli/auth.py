"""The faces of the account and its key: auth login, auth logout, auth status."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

auth = Family(
    "Log in to a ClockEye account, log out, and check the key.",
    "clockeye auth login",
    "clockeye -P work auth login --with-key --user ada@example.com",
    "clockeye auth status",
)


@auth.command("login", "Log in with an API key and switch to its profile.")
def auth_login(
    run: Context,
    with_key: Annotated[
        bool, Option("--with-key", help="Read the key from standard input instead of asking.")
    ] = False,
    user: Annotated[
        str, Option("--user", metavar="WHO", help="Who you are, if the key can see several users.")
    ] = "",
    insecure_storage: Annotated[
        bool,
        Option("--insecure-storage", help="Store the key in an unencrypted file instead of the keyring."),
    ] = False,
    adopt: Annotated[
        bool | None,
        Option(
            "--adopt/--no-adopt",
            help="Whether to move the entries of the local profile to the account. [default: ask]",
        ),
    ] = None,
    adopt_project: Annotated[
        str, Option("--adopt-project", metavar="PROJECT", help="The project for entries without one.")
    ] = "",
    yes: o.Yes = False,
) -> None:
    """Log in with an API key and switch to its profile."""
    from clockeye_cli.commands.auth.login import login

    login(
        o.answered(run, yes),
        with_key=with_key,
        user=user,
        insecure_storage=insecure_storage,
        adopting=adopt,
        adopt_project=adopt_project,
    )


@auth.command("logout", "Delete the profile's key; keep its entries on this computer.")
def auth_logout(
    run: Context,
    purge: Annotated[bool, Option("--purge", help="Also remove its entries from this computer.")] = False,
    yes: o.Yes = False,
) -> None:
    """Delete the key of the profile."""
    from clockeye_cli.commands.auth.logout import logout

    logout(o.answered(run, yes), purge=purge)


@auth.command("status", "Show whether the key works and where it comes from.")
def auth_status(run: Context) -> None:
    """Show whether the key works."""
    from clockeye_cli.commands.auth.status import status

    status(run)
