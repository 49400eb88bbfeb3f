"""What follows a run, once and in one place, so that no command has to remember it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.config import zone
from clockeye_cli.errors import StorageError
from clockeye_cli.store import history
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def after(ctx: Context) -> None:
    """Say what the user should know beside the result, if the run had to do with entries."""
    if ctx.has_store and not ctx.is_in_a_hurry and exists(ctx.store.path):
        _say_unknown_settings(ctx)
        _say_zone_change(ctx)


def _say_unknown_settings(ctx: Context) -> None:
    unknown = ctx.settings.unknown()
    if unknown:
        ctx.out.notice(
            f"{ctx.config_path}: there is no setting {', '.join(unknown)}. `clockeye config list` shows all."
        )


def _say_zone_change(ctx: Context) -> None:
    """Say, once, that the computer has moved to another zone: days and bare times move with it."""
    if ctx.settings.value("zone").text:
        return
    name = zone.name_of(ctx.zone)
    with ctx.store.read() as connection:
        before = history.remembered(connection, "zone")
    if before == name:
        return
    try:
        with ctx.store.write(ctx.args, ctx.zone) as write:
            history.remember(write.connection, "zone", name)
    except StorageError:
        pass  # a store that can only be read; the result stands
    if before is not None:
        ctx.out.notice(
            f"The computer's time zone is {name} now and was {before}; days and times follow it."
            f" `clockeye config set zone {before}` keeps the old one."
        )
