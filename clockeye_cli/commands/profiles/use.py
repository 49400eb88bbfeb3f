"""`clockeye profiles use`: make a profile the default."""

from __future__ import annotations

from clockeye_cli.config import config_file, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def use_profile(ctx: Context, name: str) -> None:
    """Make a profile the default.

    Args:
        ctx: The run.
        name: The profile.
    """
    profiles.existing(name, ctx.session.config)
    config_file.set_value(ctx.session.config_path, "profile", name, None)
    ctx.out.done(f"The default profile is now {name}.")
