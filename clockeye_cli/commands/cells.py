"""Entries, timers and projects as typed cells, the same in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.entry import TimeEntry, Timer, tags
from clockeye_cli.output.cells import Column, Record, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.output.cells import Row

ENTRY = (
    Column("id", "Id", "id"),
    Column("started_at", "Start", "instant"),
    Column("ended_at", "End", "instant"),
    Column("duration", "Duration", "duration"),
    Column("project", "Project"),
    Column("description", "Description"),
    Column("billable", "Billable", "flag", drop=1),
    Column("tags", "Tags", "words", is_detail=True),
    Column("project_id", "Project id", "id", is_detail=True),
    Column("local_id", "Local id", "id", is_detail=True),
    Column("running", "Running", "flag", is_detail=True),
)


def entry_row(
    item: TimeEntry | Timer, names: Mapping[str, str], now: int, account_id: str | None = None
) -> Row:
    """The row of an entry, or of the timer as it is now; `account_id` once the account has it."""
    ended_at = item.ended_at if isinstance(item, TimeEntry) else None
    return (
        account_id or item.local_id,
        item.started_at,
        ended_at,
        max(0, now - item.started_at) if ended_at is None else ended_at - item.started_at,
        names.get(item.project_id or ""),
        item.description,
        item.billable,
        tags(item.description),
        item.project_id,
        item.local_id,
        ended_at is None,
    )


def entry_record(item: TimeEntry | Timer, names: Mapping[str, str], now: int) -> Record:
    """An entry or the timer as a single result."""
    return Record(ENTRY, entry_row(item, names, now))


def entry_table(items: Iterable[TimeEntry | Timer], names: Mapping[str, str], now: int) -> Table:
    """Entries as a list."""
    return Table(ENTRY, [Section("", [entry_row(item, names, now) for item in items])])


def with_stopped(record: Record, stopped: Record | None) -> Record:
    """What `start` gives: the timer, with the entry that it stopped beside it."""
    return Record((*record.columns, Column("stopped", "Stopped", "record")), (*record.row, stopped))
