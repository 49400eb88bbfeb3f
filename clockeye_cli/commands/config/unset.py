"""`clockeye config unset`: remove a value from the config file."""

from __future__ import annotations

from clockeye_cli.commands.config.cells import COLUMNS, setting_of
from clockeye_cli.config import config_file
from clockeye_cli.config.content import read_config
from clockeye_cli.config.settings import Settings
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS)


def unset_setting(ctx: Context, key: str) -> None:
    """Remove a value from the config file, so that the default applies; with `-P NAME` for that profile only.

    Args:
        ctx: The run.
        key: The name of the setting.
    """
    setting = setting_of(key)
    was_set = config_file.unset_value(ctx.session.config_path, key, ctx.options.profile or None)
    state = "is no longer set" if was_set else "was not set"
    config = read_config(ctx.session.config_path)
    value = Settings(ctx.world.environ, config, ctx.session.config_path, ctx.session.profile.name).value(key)
    ctx.out.done(
        f"{key} {state}. Its value is {value.text!r} ({value.source}).",
        Record(COLUMNS, (key, *value, setting.about)),
    )
