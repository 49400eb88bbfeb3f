"""`clockeye config unset`: take a value out of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.commands.config.cells import COLUMNS, known_setting
from clockeye_cli.config import config_file
from clockeye_cli.config.settings import Settings, read_config
from clockeye_cli.output.cells import Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def unset_setting(ctx: Context, key: str) -> None:
    """Take a value out of the file, so that the default holds; with `-P NAME` for that profile alone.

    Args:
        ctx: What the command works with.
        key: Which setting.
    """
    setting = known_setting(key)
    was_there = config_file.unset_value(ctx.session.config_path, key, ctx.options.profile or None)
    what = "is unset now" if was_there else "was not set"
    left = read_config(ctx.session.config_path)
    value = Settings(ctx.world.environ, left, ctx.session.config_path, ctx.session.profile.name).value(key)
    ctx.out.done(
        f"{key} {what}: its value is {value.text!r} ({value.source}).",
        Record(COLUMNS, (key, *value, setting.about)),
    )
