"""`clockeye serve backup`: copy the server's file while it serves."""

from __future__ import annotations

import os

from clockeye_cli.commands.serve.serve import data_file
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.interpret.new_file import check_new
from clockeye_cli.output.cells import Column, Record
from clockeye_cli.server.database import Database

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))


def backup(ctx: Context, file: str, *, data: str = "") -> None:
    """Copy the server's data into a new file, which `--data` takes.

    Args:
        ctx: The run.
        file: The name of the new file.
        data: The server's file; empty for the default.

    Raises:
        ClashError: The server has no data yet.
    """
    path = data_file(ctx, data)
    check_new(file)
    if not os.path.lexists(path):
        raise ClashError(f"No server has used {path} yet.", hint="Give its file: --data FILE")
    database = Database(path)
    database.backup(os.path.abspath(file))
    count = (database.row("SELECT count(*) FROM time_entries") or (0,))[0]
    number = counted(count, "entry", "entries")
    ctx.out.done(f"Copied {number} and all other data to {file}.", Record(COLUMNS, (file, count)))
