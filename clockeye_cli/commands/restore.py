"""`clockeye restore`: put a backup in the place of the store."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.core.phrases import counted, file_stamp
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.store import entries, repair

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))


def restore(ctx: Context, file: str) -> None:
    """Put a backup in the place of the store; what was there is kept aside.

    Args:
        ctx: What the command works with.
        file: The backup.
    """
    aside = repair.restore(ctx.store.path, os.path.abspath(file), file_stamp(ctx.now, ctx.zone))
    with ctx.store.read() as connection:
        count = entries.count(connection)
    said = counted(count, "entry", "entries")
    lines = [f"Restored {said} and all else from {file}."]
    ctx.out.done(
        lines + ([f"What was there before is in {aside}."] if aside else []),
        Record(COLUMNS, (file, count)),
    )
