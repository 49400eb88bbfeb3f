"""`clockeye config edit`: open the config file in the editor."""

from __future__ import annotations

from clockeye_cli.config import config_file, profiles
from clockeye_cli.config.content import parse_config
from clockeye_cli.config.settings import Settings
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def edit_settings(ctx: Context) -> None:
    """Open the config file in the editor; an invalid result does not replace it."""
    from clockeye_cli.output import editor

    path = ctx.session.config_path
    editor.check_terminal(ctx.questions, ctx.out, f"Edit {path} yourself, or use `clockeye config set`.")
    before = config_file.text_of(path)
    shown = before or config_file.HEADER

    def store(after: str) -> None:
        _check_file(ctx, after)
        # A file whose lines end as on Windows keeps that.
        config_file.replace(path, before, after.replace("\n", "\r\n") if "\r\n" in before else after)

    if editor.edit_until(store, shown, ".toml", ctx.world.environ):
        ctx.out.done(f"Changed {path}.")
    else:
        ctx.out.notice("Nothing was changed.")


def _check_file(ctx: Context, text: str) -> None:
    try:
        config = parse_config(text.encode())
    except ValueError as error:
        raise UsageError(f"Invalid config file: {error}.", hint="The settings were not changed.") from error
    for name in profiles.names(config):
        Settings({}, config, ctx.session.config_path, name).check()
    profiles.chosen("", {}, config)
