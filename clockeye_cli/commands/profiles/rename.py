"""`clockeye profiles rename`: rename a profile."""

from __future__ import annotations

from clockeye_cli.commands.profiles.file import move_store, refuse_local
from clockeye_cli.config import config_file, paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.store import adopted
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def rename_profile(ctx: Context, name: str, new: str) -> None:
    """Rename a profile; it keeps its entries.

    Args:
        ctx: The run.
        name: The profile.
        new: Its new name.
    """
    refuse_local(profiles.existing(name, ctx.session.config))
    if profiles.valid_name(new) in profiles.names(ctx.session.config):
        raise ClashError(f"The profile {new} already exists.", code="profile_exists")
    move_store(ctx, name, paths.store_file(ctx.world.environ, new))
    config_file.rename_profile(ctx.session.config_path, name, new)
    local = ctx.session.store_of(profiles.LOCAL)
    if exists(local.path):
        with local.exchange() as connection:
            adopted.rename(connection, name, new)
        local.close()
    ctx.out.done(f"Renamed the profile {name} to {new}.")
