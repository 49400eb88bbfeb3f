"""`clockeye profiles`: which there are, which one is worked on, and changing that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.config import config_file, paths, profiles
from clockeye_cli.errors import ClashError, StorageError, UsageError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import adopted
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("profile", "Profile"),
    Column("current", "Current", "flag"),
    Column("default", "Default", "flag"),
    Column("file", "File", drop=1),
)


def show(ctx: Context) -> None:
    """List the profiles."""
    ctx.out.check_save()
    default = str(ctx.config.get("profile", profiles.LOCAL))
    current = _current(ctx)
    rows = [
        (name, name == current, name == default, paths.store_file(ctx.world.environ, name))
        for name in profiles.names(ctx.config)
    ]
    ctx.out.table(Table(COLUMNS, [Section("", list(rows))]))


def use(ctx: Context, name: str) -> None:
    """Make a profile the default.

    Args:
        ctx: What the command works with.
        name: Which.
    """
    profiles.known(name, ctx.config)
    config_file.set_value(ctx.config_path, "profile", name, None)
    ctx.out.done(f"Commands work on the profile {name} now.")


def rename(ctx: Context, name: str, new: str) -> None:
    """Give a profile another name; its entries go with it.

    Args:
        ctx: What the command works with.
        name: Which.
        new: Its new name.
    """
    _refuse_local(profiles.known(name, ctx.config))
    if profiles.checked(new) in profiles.names(ctx.config):
        raise ClashError(f"There is a profile {new} already.", code="profile_exists")
    _move(ctx, name, paths.store_file(ctx.world.environ, new))
    config_file.rename_profile(ctx.config_path, name, new)
    local = ctx.store_of(profiles.LOCAL)
    if exists(local.path):
        with local.exchange() as connection:
            adopted.rename(connection, name, new)
        local.close()
    ctx.out.done(f"Renamed the profile {name} to {new}.")


def remove(ctx: Context, name: str) -> None:
    """Ask, and then forget a profile; its file is kept aside.

    Args:
        ctx: What the command works with.
        name: Which.
    """
    _refuse_local(profiles.known(name, ctx.config))
    if not ctx.questions.confirm(f"Remove the profile {name}? Its entries are kept in a file aside.", "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    aside = f"{paths.store_file(ctx.world.environ, name)}.removed-{ctx.now}"
    has_file = _move(ctx, name, aside)
    config_file.rename_profile(ctx.config_path, name, None)
    ctx.out.done(f"Removed the profile {name}." + (f" Its entries are in {aside}." if has_file else ""))


def _current(ctx: Context) -> str:
    try:
        return ctx.profile.name
    except ClashError as error:  # a name that there is not; the list is what helps
        ctx.out.notice(f"{error.message} `clockeye profiles use NAME` makes another one the default.")
        return ""


def _refuse_local(name: str) -> None:
    if name == profiles.LOCAL:
        raise UsageError(
            "The profile local is this computer's own and stays.",
            hint="`clockeye doctor` says where its file lies.",
        )


def _move(ctx: Context, name: str, target: str) -> bool:
    """Move a profile's file while nobody writes to it; whether there was one."""
    path = paths.store_file(ctx.world.environ, name)
    if not exists(path):
        return False
    # Closed before it moves: a journal of ours is gone then, and SQLite has rolled back a dead one's.
    store = ctx.store_of(name)
    with store.write(ctx.args, ctx.zone):
        pass
    store.close()
    if exists(target):
        raise StorageError(f"{target} is in the way.", hint="Move it aside; nothing was changed.")
    os.rename(path, target)
    return True
