"""`clockeye profiles remove`: remove a profile."""

from __future__ import annotations

from clockeye_cli.commands.profiles.file import move_store, refuse_local
from clockeye_cli.config import config_file, paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def remove_profile(ctx: Context, name: str) -> None:
    """Ask for confirmation, then remove a profile; its file is kept under another name.

    Args:
        ctx: The run.
        name: The profile.
    """
    refuse_local(profiles.existing(name, ctx.session.config))
    if not ctx.questions.confirm(
        f"Remove the profile {name}? Its entries are kept in a separate file.", "-y"
    ):
        ctx.out.notice("Nothing was changed.")
        return
    aside = f"{paths.store_file(ctx.world.environ, name)}.removed-{ctx.now}"
    has_file = move_store(ctx, name, aside)
    config_file.rename_profile(ctx.session.config_path, name, None)
    ctx.out.done(f"Removed the profile {name}." + (f" Its entries are in {aside}." if has_file else ""))
