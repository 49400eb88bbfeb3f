"""`clockeye profiles add`: make a profile on this computer."""

from __future__ import annotations

from clockeye_cli.config import config_file, paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def add_profile(ctx: Context, name: str) -> None:
    """Make a profile without an account.

    Args:
        ctx: The run.
        name: Its name.

    Raises:
        UsageError: The name is invalid.
        ClashError: A profile of that name exists.
    """
    profiles.new_name(name, ctx.session.config)
    if not config_file.add_profile(ctx.session.config_path, name, {}):
        raise profiles.already_exists(name)  # since a moment ago
    ctx.out.done(f"Added the profile {name}.")
    if exists(paths.store_file(ctx.world.environ, name)):
        ctx.out.notice(
            f"Entries stored under this name before are back; `clockeye -P {name} log --all` lists them."
        )
    ctx.out.notice(
        f"`clockeye -P {name} start` works in it; `clockeye profiles use {name}` makes it the default."
    )
