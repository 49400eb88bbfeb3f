"""What renaming and removing a profile share: its file moves, and `local` stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.config import paths, profiles
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def refuse_local(name: str) -> None:
    """Make sure that a profile is not this computer's own.

    Raises:
        UsageError: It is.
    """
    if name == profiles.LOCAL:
        raise UsageError(
            "The profile local is this computer's own and stays.",
            hint="`clockeye doctor` says where its file lies.",
        )


def move_store(ctx: Context, name: str, target: str) -> bool:
    """Move a profile's file while nobody writes to it; whether there was one."""
    path = paths.store_file(ctx.world.environ, name)
    if not exists(path):
        return False
    # Closed before it moves: a journal of ours is gone then, and SQLite has rolled back a dead one's.
    store = ctx.session.store_of(name)
    with store.write(ctx.args, ctx.zone):
        pass
    store.close()
    if exists(target):
        raise StorageError(f"{target} is in the way.", hint="Move it aside; nothing was changed.")
    os.rename(path, target)
    return True
