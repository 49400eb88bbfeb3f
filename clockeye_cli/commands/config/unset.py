"""`clockeye config unset`: take a value out of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.commands.config.cells import COLUMNS, setting_of
from clockeye_cli.config import config_file
from clockeye_cli.config.settings import Settings, read_config
from clockeye_cli.output.cells import Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def unset_setting(ctx: Context, key: str) -> None:
    """Remove a value from the config file, so that the default applies; with `-P NAME` for that profile only.

    Args:
        ctx: What the command works with.
        key: Which setting.
    """
    setting = setting_of(key)
    was_set = config_file.unset_value(ctx.session.config_path, key, ctx.options.profile or None)
    what = "is unset now" if was_set else "was not set"
    config = read_config(ctx.session.config_path)
    value = Settings(ctx.world.environ, config, ctx.session.config_path, ctx.session.profile.name).value(key)
    ctx.out.done(
        f"{key} {what}: its value is {value.text!r} ({value.source}).",
        Record(COLUMNS, (key, *value, setting.about)),
    )
