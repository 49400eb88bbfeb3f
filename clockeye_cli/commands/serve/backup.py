"""`clockeye serve backup`: copy the server's file while it serves."""

from __future__ import annotations

import os
import shlex

from clockeye_cli.commands.serve.serve import data_place
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.new_file import check_new
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.server.database import Database
from clockeye_cli.server.places import is_url

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("file", "File"), Column("entries", "Entries", "count"))

SHAPE = JsonShape(COLUMNS)


def backup(ctx: Context, file: str, *, data: str = "") -> None:
    """Copy the server's data into a new file, which `--data` takes.

    Args:
        ctx: The run.
        file: The name of the new file.
        data: The server's file, or the URL of its database; empty for the default.

    Raises:
        ClashError: The server has no data yet.
        UsageError: The data is in PostgreSQL.
    """
    path = data_place(ctx, data)
    if is_url(path):
        raise UsageError(
            "`serve backup` copies a file; PostgreSQL has a program of its own.",
            hint=f"pg_dump --format=custom --file={shlex.quote(file)} {shlex.quote(path)}",
        )
    check_new(file)
    if not os.path.lexists(path):
        raise ClashError(f"No server has used {path} yet.", hint="Give its file: --data FILE")
    database = Database(path)
    database.backup(os.path.abspath(file))
    with database.reading() as queries:
        count = queries.entry_count()
    number = counted(count, "entry", "entries")
    ctx.out.done(f"Copied {number} and all other data to {file}.", Record(COLUMNS, (file, count)))
