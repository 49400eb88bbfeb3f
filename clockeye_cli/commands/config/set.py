"""`clockeye config set`: set a value in the config file."""

from __future__ import annotations

from clockeye_cli.commands.config.cells import COLUMNS, setting_of
from clockeye_cli.config import config_file, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS)


def set_setting(ctx: Context, key: str, text: str) -> None:
    """Set a value in the config file; with `-P NAME` for that profile only.

    Args:
        ctx: The run.
        key: The name of the setting.
        text: Its value.
    """
    setting = setting_of(key)
    setting.read(text)
    if key == "profile":
        profiles.existing(text, ctx.session.config)
    before, path = ctx.settings.value(key), ctx.session.config_path
    config_file.set_value(path, key, text, ctx.options.profile or None)
    ctx.out.done(f"{key} is now {text!r}.", Record(COLUMNS, (key, text, path, setting.about)))
    if before.source.startswith("environment"):
        ctx.out.notice(f"But {setting.variable} is set to {before.text!r}, which overrides the config file.")
