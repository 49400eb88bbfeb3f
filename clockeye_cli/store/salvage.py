"""What can be read of a damaged state file goes into a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.store import pages
from clockeye_cli.store.database import DAMAGE_ERRORS, DatabaseError, transaction
from clockeye_cli.store.soundness import is_sound
from clockeye_cli.store.tables import letter, saved_tables

if TYPE_CHECKING:
    from typing import BinaryIO

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.tables import Table


def salvage(source: Connection, file: BinaryIO, target: Connection) -> dict[str, int]:
    """Save what can be read. Returns how many rows of each table that is.

    Args:
        source: The damaged file, with all others kept out.
        file: The same, opened for reading.
        target: An empty store.
    """
    target.execute("PRAGMA foreign_keys=OFF")
    tables = saved_tables()
    saved = dict.fromkeys(tables, 0)
    damaged: set[str] = set()
    with transaction(target):
        for name, table in tables.items():
            try:
                for row in source.execute(f"SELECT * FROM {name}"):
                    kept = _keep(target, table, row)
                    saved[name] += kept
                    damaged |= set() if kept else {name}
            except DAMAGE_ERRORS:
                damaged.add(name)
        # SQLite gives up at the first damage on its way; the pages beyond it may be whole.
        file.seek(0)
        for stored in pages.rows(file):
            if recognized := recognize(stored):
                saved[recognized[0].name] += _keep(target, *recognized)
        _tidy(target, history_is_whole=not damaged & {"history", "changes"})
    return saved


def recognize(stored: pages.Row) -> tuple[Table, tuple[object, ...]] | None:
    """The table that a row of a page belongs to, by its shape, and the row as that table has it.

    The rows of indexes have the shape of no table, or say what a row of that table says.
    """
    shape = "".join(letter(value) for value in stored.values)
    table = next((table for table in saved_tables().values() if table.fits(shape)), None)
    return (table, table.arranged(*stored)) if table else None


def _keep(target: Connection, table: Table, row: tuple[object, ...]) -> int:
    if not is_sound(table, row):
        return 0
    names = table.columns[: len(row)]  # columns that came later take their default
    statement = (
        f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(row))})"
    )
    try:
        return target.execute(statement, row).rowcount
    except (DatabaseError, OverflowError):
        return 0  # a row that the damage has made nonsense of


def _tidy(target: Connection, *, history_is_whole: bool) -> None:
    """Let nothing refer to what could not be saved, and nothing be undone by half."""
    # A project that could not be read leaves its entries; they are worth more than the reference.
    target.execute("UPDATE entries SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    target.execute("UPDATE timer SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    target.execute("DELETE FROM changes WHERE history_id NOT IN (SELECT id FROM history)")
    for reference in ("undoes", "undone_by"):
        target.execute(
            f"UPDATE history SET {reference} = id"
            f" WHERE {reference} IS NOT NULL AND {reference} NOT IN (SELECT id FROM history)"
        )
    target.execute(
        "UPDATE history SET undone_by = id WHERE undoes IS NULL AND undone_by IS NULL"
        " AND (? OR NOT EXISTS (SELECT 1 FROM changes WHERE history_id = history.id))",
        (not history_is_whole,),
    )
