"""Columns and typed cells of entries and timers, the same in every command."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, JsonShape, Record, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.output.cells import Row

ENTRY = (
    Column("id", "Id", "id"),
    Column("started_at", "Start", "instant"),
    Column("ended_at", "End", "instant", is_nullable=True),
    Column("duration", "Duration", "duration"),
    Column("project", "Project", is_nullable=True),
    Column("description", "Description"),
    Column("billable", "Billable", "flag", drop=1),
    Column("tags", "Tags", "words", is_detail=True),
    Column("project_id", "Project id", "id", is_detail=True, is_nullable=True),
    Column("local_id", "Local id", "id", is_detail=True),
    Column("running", "Running", "flag", is_detail=True),
)
STOPPED = Column("stopped", "Stopped", "record", is_nullable=True, of=ENTRY)
ADJUSTED = Column("adjusted", "Adjusted", "words", is_optional=True)

ENTRY_SHAPE = JsonShape(ENTRY)
ENTRIES_SHAPE = JsonShape(ENTRY, is_list=True)
STARTED_SHAPE = JsonShape((*ENTRY, STOPPED))


def tags_of(item: TimeEntry | Timer) -> list[str]:
    """The tags in the description of an entry or the timer, as they are spelled there."""
    if "#" not in item.description:
        return []
    from clockeye_cli.core.tags import tags  # late: the fast lane has little time, and most timers have none

    return tags(item.description)


def entry_row(
    item: TimeEntry | Timer, names: Mapping[str, str], now: int, account_id: str | None = None
) -> Row:
    """The row of an entry, or of the timer as of `now`; `account_id` is its id on the account, if any.

    An entry that is running elsewhere on the account has no end and no duration yet.
    """
    is_running = isinstance(item, Timer) or item.is_open
    ended_at = None if isinstance(item, Timer) or item.is_open else item.ended_at
    return (
        account_id or item.local_id,
        item.started_at,
        ended_at,
        max(0, now - item.started_at) if isinstance(item, Timer) else item.duration,
        names.get(item.project_id or ""),
        item.description,
        item.billable,
        tags_of(item),
        item.project_id,
        item.local_id,
        is_running,
    )


def entry_record(
    item: TimeEntry | Timer, names: Mapping[str, str], now: int, account_id: str | None = None
) -> Record:
    """An entry or the timer as a single result; `account_id` is its id on the account, if any."""
    return Record(ENTRY, entry_row(item, names, now, account_id))


def entry_table(
    items: Iterable[TimeEntry | Timer],
    names: Mapping[str, str],
    now: int,
    account_ids: Mapping[str, str],
) -> Table:
    """Entries as a list; `account_ids` maps ids here to ids on the account."""
    rows = [entry_row(item, names, now, account_ids.get(item.local_id)) for item in items]
    return Table(ENTRY, [Section("", rows)])


def with_stopped(record: Record, stopped: Record | None) -> Record:
    """The result of `start`: the timer, and the entry that was stopped as one more field."""
    return Record((*record.columns, STOPPED), (*record.row, stopped))


def with_adjusted(record: Record, items: Iterable[TimeEntry | Timer]) -> Record:
    """The result of `add --adjust`: the entry, and the ids of those that made room for it."""
    ids = [item.local_id for item in items]
    return Record((*record.columns, ADJUSTED), (*record.row, ids))
