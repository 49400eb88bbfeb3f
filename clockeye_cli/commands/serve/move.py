"""`clockeye serve move`: move the server's data from its file into PostgreSQL."""

from __future__ import annotations

import os

from clockeye_cli.commands.serve.serve import data_place
from clockeye_cli.core.duration import clock
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.output.cells import Column, JsonShape, Record
from clockeye_cli.server.database import Database
from clockeye_cli.server.places import check_url, is_url, opened
from clockeye_cli.server.serving_file import alone

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (
    Column("users", "Users", "count"),
    Column("keys", "Keys", "count"),
    Column("projects", "Projects", "count"),
    Column("entries", "Entries", "count"),
    Column("screenshots", "Screenshots", "count"),
    Column("duration", "Duration", "duration"),
)

SHAPE = JsonShape(COLUMNS)


def move(ctx: Context, source: str, target: str) -> None:
    """Copy everything into an empty database in one transaction, and compare it.

    Args:
        ctx: The run.
        source: The server's file; empty for the default.
        target: The URL of a PostgreSQL database.

    Raises:
        ClashError: There is no such file, a server is running on it, or the database has a team already.
        UsageError: One is not a file, or the other not a URL.
    """
    path = data_place(ctx, source)
    if is_url(path) or not is_url(target):
        raise UsageError(
            "`serve move` moves data from a file into a PostgreSQL database.",
            hint="clockeye serve move --from team.db --to postgresql://clockeye@db.example.com/clockeye",
        )
    check_url(target)
    if not os.path.lexists(path):
        raise ClashError(f"No server has used {path} yet.", hint="Give its file: --from FILE")
    storage = opened(target)
    from clockeye_cli.server.postgres.moving import move as move_all  # late: it needs psycopg
    from clockeye_cli.server.postgres.storage import Postgres

    assert isinstance(storage, Postgres)  # noqa: S101 (`opened` made it of a URL)
    with alone(path):
        moved = move_all(Database(path), storage)
    storage.close()
    entries = counted(moved.entries, "entry", "entries")
    users = counted(moved.users, "user", "users")
    ctx.out.done(
        f"Moved {users} and {entries}, {clock(moved.duration)} in all, to {storage.place}:"
        " counts and sums of every user and month are equal.",
        Record(COLUMNS, tuple(moved)),
    )
