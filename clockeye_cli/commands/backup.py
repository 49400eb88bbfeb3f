"""`clockeye backup`: copy everything that is tracked into one file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.core.phrases import counted
from clockeye_cli.errors import ClashError, StorageError, UsageError
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import entries
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))


def backup(ctx: Context, file: str) -> None:
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
