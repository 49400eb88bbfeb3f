"""`clockeye backup` and `clockeye restore`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.core.day import local
from clockeye_cli.core.phrases import counted
from clockeye_cli.errors import ClashError, StorageError, UsageError
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import entries, repair
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))


def run(ctx: Context, file: str) -> None:
    """Copy the store into a new file.

    Args:
        ctx: What the command works with.
        file: Its name; it must not exist.
    """
    if exists(file):
        raise UsageError(
            f"{file} exists already.", hint="Choose another name; a backup is never written over."
        )
    folder = os.path.dirname(os.path.abspath(file))
    if not os.path.isdir(folder):
        raise StorageError(
            f"{file} cannot be made: there is no folder {folder}.", hint=f"Make it: mkdir -p {folder}"
        )
    if not exists(ctx.store.path):
        raise ClashError(
            "Nothing was tracked yet.", hint="`clockeye start` starts a timer.", code="nothing_tracked"
        )
    ctx.store.backup(os.path.abspath(file))
    with ctx.store.read() as connection:
        count = entries.count(connection)
    said = counted(count, "entry", "entries")
    ctx.out.done(f"Copied {said} and all else into {file}.", Record(COLUMNS, (file, count)))


def restore(ctx: Context, file: str) -> None:
    """Put a backup in the place of the store; what was there is kept aside.

    Args:
        ctx: What the command works with.
        file: The backup.
    """
    aside = repair.restore(ctx.store.path, os.path.abspath(file), stamp(ctx))
    with ctx.store.read() as connection:
        count = entries.count(connection)
    said = counted(count, "entry", "entries")
    lines = [f"Restored {said} and all else from {file}."]
    ctx.out.done(
        lines + ([f"What was there before is in {aside}."] if aside else []), Record(COLUMNS, (file, count))
    )


def stamp(ctx: Context) -> str:
    """The present instant as part of a file's name."""
    return f"{local(ctx.now, ctx.zone):%Y%m%d-%H%M%S}"
