"""`clockeye config edit`: open the config file in the editor."""

from __future__ import annotations

from clockeye_cli.config import config_file, config_text, profiles
from clockeye_cli.config.content import parse_config
from clockeye_cli.config.settings import SETTINGS, Settings
from clockeye_cli.core import aliases
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import JsonShape

if TYPE_CHECKING:
    from collections.abc import Collection

    from clockeye_cli.context import Context

SHAPE = JsonShape()


def edit_settings(ctx: Context, commands: Collection[str]) -> None:
    """Open the config file in the editor; an invalid result does not replace it.

    Args:
        ctx: The run.
        commands: The names of all commands, which no alias may have.
    """
    from clockeye_cli.output import editor

    path = ctx.session.config_path
    editor.check_terminal(ctx.questions, ctx.out, f"Edit {path} yourself, or use `clockeye config set`.")
    before = config_text.text_of(path)
    shown = before or config_file.HEADER

    def store(after: str) -> None:
        _check_file(ctx, after, commands, before=_unknown_keys(ctx, before))
        # A file whose lines end as on Windows keeps that.
        config_text.replace(path, before, after.replace("\n", "\r\n") if "\r\n" in before else after)

    if editor.edit_until(store, shown, ".toml", ctx.world.environ):
        ctx.out.done(f"Changed {path}.")
    else:
        ctx.out.notice("Nothing was changed.")


def _check_file(ctx: Context, text: str, commands: Collection[str], before: Collection[str]) -> None:
    try:
        config = parse_config(text.encode())
    except ValueError as error:
        raise UsageError(f"Invalid config file: {error}.", hint="The settings were not changed.") from error
    for name in profiles.names(config):
        Settings({}, config, ctx.session.config_path, name).check()
    profiles.chosen("", {}, config)
    aliases.check(config, commands)
    for key in Settings({}, config, ctx.session.config_path, profiles.LOCAL).unknown_keys():
        if key not in before:
            raise unknown("setting", key, SETTINGS, hint="The settings were not changed.")


def _unknown_keys(ctx: Context, text: str) -> list[str]:
    """The unknown settings of a file before it is edited, which another version may know."""
    try:
        config = parse_config(text.encode())
    except ValueError:
        return []
    return Settings({}, config, ctx.session.config_path, profiles.LOCAL).unknown_keys()
