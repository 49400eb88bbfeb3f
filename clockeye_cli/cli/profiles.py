"""The faces of profiles: list, use, rename, remove."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import epilog, new_typer, subcommand

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name of a profile.")]


profiles = new_typer(
    invoke_without_command=True,
    help="List the profiles, and choose the default.\n\nEach has its own entries, projects and timer."
    " To add one, add a section [profiles.NAME] to the config file with `clockeye config edit`.",
    epilog=epilog(("clockeye profiles", "clockeye profiles use local", "clockeye -P local log --week")),
)


@profiles.callback()
def profiles_root(ctx: typer.Context) -> None:
    """List the profiles if no subcommand is given."""
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.profiles.list import list_profiles

        list_profiles(ctx.obj)


@subcommand(
    profiles,
    "list",
    "List the profiles.",
    "clockeye profiles list",
    "clockeye profiles --json",
    "clockeye -P local status",
)
def profiles_list(ctx: typer.Context, columns: o.Columns = "") -> None:
    """List the profiles."""
    from clockeye_cli.commands.profiles.list import list_profiles

    list_profiles(o.listing(ctx, columns))


@subcommand(
    profiles,
    "use",
    "Make a profile the default.",
    "clockeye profiles use local",
    "clockeye -P local status",
    "CLOCKEYE_PROFILE=local clockeye log",
)
def profiles_use(ctx: typer.Context, name: Name) -> None:
    """Make a profile the default."""
    from clockeye_cli.commands.profiles.use import use_profile

    use_profile(ctx.obj, name)


@subcommand(
    profiles,
    "rename",
    "Rename a profile.",
    "clockeye profiles rename side other",
    "clockeye profiles use other",
    "clockeye profiles",
)
def profiles_rename(
    ctx: typer.Context, name: Name, new: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Rename a profile."""
    from clockeye_cli.commands.profiles.rename import rename_profile

    rename_profile(ctx.obj, name, new)


@subcommand(
    profiles,
    "remove",
    "Remove a profile; its entries are kept in a separate file.",
    "clockeye profiles remove side",
    "clockeye profiles remove side -y",
    "clockeye -P side backup side.db",
)
def profiles_remove(ctx: typer.Context, name: Name, yes: o.Yes = False) -> None:
    """Remove a profile."""
    from clockeye_cli.commands.profiles.remove import remove_profile

    remove_profile(o.answered(ctx, yes), name)
