"""`clockeye restore`: replace the store with a backup."""

from __future__ import annotations

import os

from clockeye_cli.core.phrases import counted, file_stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.store import entries, repair

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))

SHAPE = JsonShape(COLUMNS)


def restore(ctx: Context, file: str) -> None:
    """Replace the store with a backup; the previous store is kept under another name.

    Args:
        ctx: The run.
        file: The backup.
    """
    aside = repair.restore(ctx.store.path, os.path.abspath(file), file_stamp(ctx.now, ctx.zone))
    with ctx.store.read() as connection:
        count = entries.count(connection)
    number = counted(count, "entry", "entries")
    lines = [f"Restored {number} and all other data from {file}."]
    if aside:
        lines.append(f"The previous store was kept as {aside}.")
    ctx.out.done(lines, Record(COLUMNS, (file, count)))
