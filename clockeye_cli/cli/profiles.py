"""The faces of profiles: list, add, use, rename, remove."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated

Name = Annotated[str, Argument(metavar="NAME", help="The name of a profile.")]


profiles = Family(
    "List the profiles, add one, and choose the default.\n\nEach has its own entries, projects and timer."
    " `clockeye auth login` adds those with an account.",
    "clockeye profiles",
    "clockeye profiles use local",
    "clockeye -P local log --week",
)


@profiles.command(
    "list",
    "List the profiles.",
    "clockeye profiles list",
    "clockeye profiles --json",
    "clockeye -P local status",
    is_alone=True,
)
def profiles_list(run: Context, columns: o.Columns = "") -> None:
    """List the profiles."""
    from clockeye_cli.commands.profiles.list import list_profiles

    list_profiles(o.listing(run, columns))


@profiles.command(
    "add",
    "Add a profile on this computer, without an account.",
    "clockeye profiles add side",
    "clockeye -P side start Reading",
    "clockeye profiles use side",
)
def profiles_add(run: Context, name: Name) -> None:
    """Add a profile."""
    from clockeye_cli.commands.profiles.add import add_profile

    add_profile(run, name)


@profiles.command(
    "use",
    "Make a profile the default.",
    "clockeye profiles use local",
    "clockeye -P local status",
    "CLOCKEYE_PROFILE=local clockeye log",
)
def profiles_use(run: Context, name: Name) -> None:
    """Make a profile the default."""
    from clockeye_cli.commands.profiles.use import use_profile

    use_profile(run, name)


@profiles.command(
    "rename",
    "Rename a profile.",
    "clockeye profiles rename side other",
    "clockeye profiles use other",
    "clockeye profiles",
)
def profiles_rename(
    run: Context, name: Name, new: Annotated[str, Argument(metavar="NEW", help="The new name.")]
) -> None:
    """Rename a profile."""
    from clockeye_cli.commands.profiles.rename import rename_profile

    rename_profile(run, name, new)


@profiles.command(
    "remove",
    "Remove a profile; its entries are kept in a separate file.",
    "clockeye profiles remove side",
    "clockeye profiles remove side -y",
    "clockeye -P side backup side.db",
)
def profiles_remove(run: Context, name: Name, yes: o.Yes = False) -> None:
    """Remove a profile."""
    from clockeye_cli.commands.profiles.remove import remove_profile

    remove_profile(o.answered(run, yes), name)
