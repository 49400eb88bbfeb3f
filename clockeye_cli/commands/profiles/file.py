"""Shared by `profiles rename` and `remove`: moving a profile's file, and refusing `local`."""

from __future__ import annotations

import os

from clockeye_cli.config import paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def refuse_local(name: str) -> None:
    """Refuse to change the profile `local`.

    Raises:
        UsageError: The name is `local`.
    """
    if name == profiles.LOCAL:
        raise UsageError(
            "The profile local cannot be renamed or removed.",
            hint="`clockeye doctor` shows where its data is stored.",
        )


def move_store(ctx: Context, name: str, target: str) -> bool:
    """Move a profile's file while no command writes to it. Returns whether the file existed."""
    path = paths.store_file(ctx.world.environ, name)
    if not exists(path):
        return False
    # Closed before it moves: no journal of ours is left, and SQLite has rolled back that of a crash.
    store = ctx.session.store_of(name)
    with store.write(ctx.args, ctx.zone):
        pass
    store.close()
    if exists(target):
        raise StorageError(
            f"{target} already exists.", hint="Nothing was changed. Move that file away first."
        )
    os.rename(path, target)
    return True
