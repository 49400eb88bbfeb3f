"""Undoes an import, however old: deletes the untouched entries; the others stay, and are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.errors import ClashError
from clockeye_cli.store import bills, entries, facts, imported, runs
from clockeye_cli.store.batches import Batches
from clockeye_cli.tracking.importing.was import made_entry, stored_as

if TYPE_CHECKING:
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.guards import Closed
    from clockeye_cli.store.origins import Origin
    from clockeye_cli.store.state import Write

AT_ONCE = 1000


def to_take_back(connection: Connection, number: int, closed: Closed | None) -> tuple[list[str], list[str]]:
    """The entries that would go, and those that would stay, by id; `closed` is the closed period.

    Raises:
        ClashError: There is no such import.
    """
    _run(connection, number)
    going: list[str] = []
    staying: list[str] = []
    for origin in imported.of_run(connection, number):
        entry = entries.by_id(connection, origin.local_id)
        if entry is not None:
            goes = _is_untouched(connection, origin, entry, closed)
            (going if goes else staying).append(entry.local_id)
    return going, staying


def take_back(write: Write, number: int) -> tuple[int, list[str]]:
    """Take an import back: its ids are free again, so that it can be repeated.

    Returns:
        How many entries went, and the ids of those that stay.

    Raises:
        ClashError: There is no such import.
    """
    connection = write.connection
    run = _run(connection, number)
    batches = Batches(write)
    taken, staying = 0, []
    for origin in imported.of_run(connection, number):
        entry = entries.by_id(connection, origin.local_id)
        if entry is not None and not _is_untouched(connection, origin, entry, write.closed):
            staying.append(entry.local_id)
            continue
        write.change(origin, None)
        if entry is not None:
            _remove(write, entry)
            taken += 1
        if len(write.changes) >= AT_ONCE:
            batches.record()
    if not staying:
        write.change(run, None)
    batches.finish()
    return taken, staying


def _run(connection: Connection, number: int) -> runs.StoredRun:
    run = runs.by_id(connection, number)
    if run is None or run.kind != "import":
        raise ClashError(
            f"There is no import {number}.", hint="`clockeye imports` lists them.", code="import_not_found"
        )
    return run


def _is_untouched(connection: Connection, origin: Origin, entry: TimeEntry, closed: Closed | None) -> bool:
    if closed is not None and entry.started_at < closed.before:
        return False
    bill = bills.of_entry(connection, entry.local_id)
    is_billed = bill is not None and bill.state != bills.OUTSIDE
    return not is_billed and made_entry(origin.was) == stored_as(entry)


def _remove(write: Write, entry: TimeEntry) -> None:
    """Remove an entry with its facts, and with what was billed of it elsewhere."""
    known = facts.of(write.connection, entry.local_id)
    if known is not None:
        write.change(known, None)
    billed = imported.billed_of(write.connection, entry.local_id)
    if billed is not None:
        write.change(billed, None)
    write.change(entry, None)
