"""Salvages a damaged state file: what can be read goes into a new file."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import pages
from clockeye_cli.store.database import DAMAGE_ERRORS, DatabaseError, transaction
from clockeye_cli.store.schema import OVERLAPPING_AGAIN, WHOSE_AGAIN
from clockeye_cli.store.soundness import UNDONE_BY_ANOTHER, is_sound
from clockeye_cli.store.tables import letter, saved_tables

if TYPE_CHECKING:
    from typing import BinaryIO

    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.tables import StoredTable

NUMBERED = ("runs", "bills")
"""The tables whose ids are numbers that are never given out twice."""

LATEST_ID = 2**48
"""A larger one is damage."""


def salvage(source: Connection, file: BinaryIO, target: Connection) -> dict[str, int]:
    """Save all rows that can be read. Returns the number of saved rows of each table.

    Args:
        source: The damaged file, locked against other processes.
        file: The same file, opened for reading.
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
        # SQLite stops at the first damaged page; the pages behind it may be intact.
        file.seek(0)
        for record in pages.records(file):
            if recognized := recognize(record):
                saved[recognized[0].name] += _keep(target, *recognized)
            elif len(record.values) == 2:  # noqa: PLR2004 (a name and a number)
                _keep_last_id(target, record.values)
        # Not only if the file's version asks for it: a damaged header has none. Rows of this version stay as
        # they are.
        for statement in (*WHOSE_AGAIN, OVERLAPPING_AGAIN):
            target.execute(statement)
        _tidy(target, history_is_whole=not damaged & {"history", "changes"})
    return saved


def recognize(record: pages.StoredRecord) -> tuple[StoredTable, tuple[object, ...]] | None:
    """The table of a record, recognized by its shape, and the record as a row of that table.

    Records of indexes have the shape of no table, or the content of a row of their table.
    """
    shape = "".join(letter(value) for value in record.values)
    table = next((table for table in saved_tables().values() if table.fits(shape)), None)
    return (table, table.arranged(*record)) if table else None


def _keep(target: Connection, table: StoredTable, row: tuple[object, ...]) -> int:
    if not is_sound(table, row):
        return 0
    names = table.columns[: len(row)]  # columns added later take their default
    statement = (
        f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(row))})"
    )
    try:
        return target.execute(statement, row).rowcount
    except (DatabaseError, OverflowError):
        return 0  # the damage has made the row invalid


def _keep_last_id(target: Connection, values: tuple[object, ...]) -> None:
    """Keep a record of `sqlite_sequence`: no id of an import or an invoice is given out twice."""
    table, last = values
    if table not in NUMBERED or not isinstance(last, int) or last > LATEST_ID:
        return
    raised = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
    if not target.execute(raised, (last, table)).rowcount:
        target.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)", (last, table))


def _tidy(target: Connection, *, history_is_whole: bool) -> None:
    """Remove references to rows that were not saved, and let no command be undone by half."""
    # The entries of a lost project are kept without it.
    target.execute("UPDATE entries SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    target.execute("UPDATE timer SET project_id = NULL WHERE project_id NOT IN (SELECT id FROM projects)")
    for table in ("projects", "bills"):
        target.execute(f"UPDATE {table} SET client_id = NULL WHERE client_id NOT IN (SELECT id FROM clients)")
    # What was imported or billed stays so, also if the row of the import or of the invoice is lost.
    target.execute(
        "INSERT INTO runs (id, at, kind, source, about) SELECT run_id, 0, 'import', min(source), '{}'"
        " FROM origins WHERE run_id NOT IN (SELECT id FROM runs) GROUP BY run_id"
    )
    target.execute(
        "INSERT INTO bills (id, number, state, about) SELECT bill_id, 'lost ' || bill_id, 'outside', '{}'"
        " FROM billed WHERE bill_id NOT IN (SELECT id FROM bills) GROUP BY bill_id"
    )
    target.execute("DELETE FROM changes WHERE history_id NOT IN (SELECT id FROM history)")
    for reference in ("undoes", "undone_by"):
        target.execute(
            f"UPDATE history SET {reference} = id"
            f" WHERE {reference} IS NOT NULL AND {reference} NOT IN (SELECT id FROM history)"
        )
    target.execute(
        "UPDATE history SET undone_by = other.id FROM history AS other"
        " WHERE other.undoes = history.id AND other.id != history.id"
    )
    target.execute(f"UPDATE history SET undone_by = id WHERE id IN (SELECT step.id {UNDONE_BY_ANOTHER})")
    target.execute(
        "UPDATE history SET undone_by = id WHERE undoes IS NULL AND undone_by IS NULL"
        " AND (? OR NOT EXISTS (SELECT 1 FROM changes WHERE history_id = history.id))",
        (not history_is_whole,),
    )
