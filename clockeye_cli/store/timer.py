"""The timer that runs, in the store: none, or one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.entry import Timer

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def running(connection: Connection, file: str = "main") -> Timer | None:
    """The timer that runs, if one does; `file` is the name of an attached file."""
    row = connection.execute(
        f"SELECT local_id, description, project_id, started_at, billable FROM {file}.timer"
    ).fetchone()
    return Timer(row[0], row[1], row[2], row[3], row[4] == 1) if row else None


def put(connection: Connection, timer: Timer | None) -> None:
    """Make this the timer that runs, whatever ran before; None for none."""
    connection.execute("DELETE FROM timer")
    if timer:
        connection.execute("INSERT INTO timer VALUES (1, ?, ?, ?, ?, ?)", timer)
