"""The running timer in the store: none or one."""

from __future__ import annotations

from clockeye_cli.core.entry import Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

COLUMNS = rows.columns(Timer)


def running(connection: Connection, file: str = "main") -> Timer | None:
    """The running timer, if any; `file` is the name of an attached file."""
    return rows.value(Timer, connection.execute(f"SELECT {COLUMNS} FROM {file}.timer").fetchone())


def put(connection: Connection, timer: Timer | None) -> None:
    """Make this the running timer, in place of any other; None for none."""
    connection.execute("DELETE FROM timer")
    if timer:
        rows.insert(connection, "timer", timer, only_one=1)
