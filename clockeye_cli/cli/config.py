"""The faces of the settings: config list, get, set, unset, edit, path."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.context import Context
from clockeye_cli.core.aliases import PREFIX
from clockeye_cli.core.typing import Annotated

Key = Annotated[
    str, Argument(metavar="KEY", help="The name of a setting; `clockeye config list` shows them all.")
]


config = Family(
    "Show and change the settings.\n\nThe environment overrides the config file.",
    "clockeye config list",
    "clockeye config set week_start sunday",
    "clockeye config set day_start 04:00",
)


@config.command(
    "list",
    "List all settings, their values and where each comes from.",
    "clockeye config list",
    "clockeye config list --json",
    "clockeye -P side config list",
)
def config_list(run: Context, columns: o.Columns = "") -> None:
    """List all settings."""
    from clockeye_cli.commands.config.list import list_settings

    list_settings(o.listing(run, columns))


@config.command(
    "get",
    "Print the value of a setting.",
    "clockeye config get week_start",
    "clockeye config get zone --json",
    "clockeye -P side config get project",
)
def config_get(run: Context, key: Key) -> None:
    """Print the value of a setting."""
    if key.startswith(PREFIX):
        from clockeye_cli.commands.config.alias import get_alias

        get_alias(run, key)
        return
    from clockeye_cli.commands.config.get import get_setting

    get_setting(run, key)


@config.command(
    "set",
    "Set a value in the config file; with -P NAME for that profile only.",
    "clockeye config set week_start sunday",
    "clockeye config set rate 80 EUR",
    "clockeye -P side config set project acme",
    'clockeye config set alias.w "report --week"',
)
def config_set(
    run: Context,
    key: Key,
    value: Annotated[list[str], Argument(metavar="VALUE...", help="The new value; no quotes needed.")],
) -> None:
    """Set a value in the config file."""
    text = " ".join(value)
    if key.startswith(PREFIX):
        from clockeye_cli.commands.config.alias import set_alias

        set_alias(run, key, text, BY_NAME)
        return
    from clockeye_cli.commands.config.set import set_setting

    set_setting(run, key, text)


@config.command(
    "unset",
    "Remove a value from the config file, so that the default applies.",
    "clockeye config unset zone",
    "clockeye -P side config unset project",
    "clockeye config list",
)
def config_unset(run: Context, key: Key) -> None:
    """Remove a value from the config file."""
    if key.startswith(PREFIX):
        from clockeye_cli.commands.config.alias import unset_alias

        unset_alias(run, key)
        return
    from clockeye_cli.commands.config.unset import unset_setting

    unset_setting(run, key)


@config.command(
    "edit",
    "Edit the config file in $VISUAL or $EDITOR; invalid settings are refused.",
    "clockeye config edit",
    "EDITOR=nano clockeye config edit",
    "clockeye config path",
)
def config_edit(run: Context) -> None:
    """Edit the config file in the editor."""
    from clockeye_cli.commands.config.edit import edit_settings

    edit_settings(run, BY_NAME)


@config.command(
    "path",
    "Print the path of the config file.",
    "clockeye config path",
    'cat "$(clockeye config path)"',
    "clockeye config edit",
)
def config_path(run: Context) -> None:
    """Print the path of the config file."""
    from clockeye_cli.commands.config.path import settings_path

    settings_path(run)
