"""The running timer in the store: none or one; and the one that runs on the account instead, as last read."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

COLUMNS = rows.columns(Timer)


def running(connection: Connection, file: str = "main") -> Timer | None:
    """The timer that runs here, if any; `file` is the name of an attached file."""
    return rows.value(Timer, connection.execute(f"SELECT {COLUMNS} FROM {file}.timer").fetchone())


def current(connection: Connection) -> Timer | None:
    """Your running timer: the one here, else your latest entry that runs on the account."""
    return rows.value(
        Timer,
        connection.execute(
            f"SELECT {COLUMNS} FROM timer UNION ALL SELECT * FROM (SELECT {COLUMNS} FROM entries"
            f" WHERE is_open = 1 AND {rows.OWN} ORDER BY started_at DESC, local_id DESC LIMIT 1) LIMIT 1"
        ).fetchone(),
    )


def on_account(connection: Connection) -> TimeEntry | None:
    """The entry that is your running timer because no timer runs here, but it does on the account."""
    runs = current(connection)
    if runs is None:
        return None
    from clockeye_cli.store import entries  # late, here and below: the fast lane needs only the timer

    return entries.by_id(connection, runs.local_id)


def item(connection: Connection, local_id: str) -> TimeEntry | Timer | None:
    """The entry, or the timer that runs here, with this id."""
    runs = running(connection)
    if runs and runs.local_id == local_id:
        return runs
    from clockeye_cli.store import entries

    return entries.by_id(connection, local_id)


def put(connection: Connection, timer: Timer | None) -> None:
    """Make this the running timer, in place of any other; None for none."""
    connection.execute("DELETE FROM timer")
    if timer:
        rows.insert(connection, "timer", timer, only_one=1)
