"""`clockeye backup`: copy the whole store into one file."""

from __future__ import annotations

import os

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.interpret.new_file import check_new
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.store import entries
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))

SHAPE = JsonShape(COLUMNS)


def backup(ctx: Context, file: str) -> None:
    """Copy the store into a new file.

    Args:
        ctx: The run.
        file: The name of the new file.
    """
    check_new(file)
    if not exists(ctx.store.path):
        raise ClashError(
            "Nothing has been tracked yet.", hint="`clockeye start` starts a timer.", code="nothing_tracked"
        )
    ctx.store.backup(os.path.abspath(file))
    with ctx.store.read() as connection:
        count = entries.count(connection)
    number = counted(count, "entry", "entries")
    ctx.out.done(f"Copied {number} and all other data to {file}.", Record(COLUMNS, (file, count)))
