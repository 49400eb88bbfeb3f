"""Entries day by day; an entry over midnight appears in each of its days with that day's part."""

from __future__ import annotations

from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.overlapping import overlaps
from clockeye_cli.core.period_titles import day_title
from clockeye_cli.core.phrases import counted, work
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import TARGET, Column, Section, Table
from clockeye_cli.store import entries as stored

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.output.cells import Row
    from clockeye_cli.present.targets import Due
    from clockeye_cli.store.database import Connection

USER = Column("user", "User", is_nullable=True)
TIMES = (Column("id", "Id", "id"), Column("time", "Time", "id"), Column("duration", "Duration", "duration"))
WIDE = (*TIMES, Column("project", "Project"), Column("description", "Description"))
NARROW = (*TIMES, Column("work", "Project: Description"))
NARROW_WIDTH = 60
"""Terminals with fewer columns show project and description in one column."""


def by_day(
    ctx: Context,
    connection: Connection,
    selection: Selection,
    *,
    is_narrow: bool,
    with_user: bool = False,
    of_period: Due | None = None,
) -> Table:
    """Entries by day; an entry over midnight appears in each of its days with that day's part.

    An entry that overlaps another one is marked with `!`.

    Args:
        ctx: For the rule of days.
        connection: The store, for short ids.
        selection: The entries.
        is_narrow: Show project and description in one column.
        with_user: Show the user of each entry.
        of_period: The time to work in the period; None for none.
    """
    overlapping = overlapping_ids(selection)
    days: dict[date, list[Row]] = {}
    sums: dict[date, int] = {}
    short = stored.short_ids(connection, [entry.local_id for entry in selection.entries])
    for entry in selection.entries:
        start, end = max(entry.started_at, selection.span.start), min(entry.ended_at, selection.span.end)
        for day, seconds in ctx.rule.parts(start, max(start, end)):
            time = _times(ctx, entry, day, is_running=entry.local_id == selection.running_id)
            time += " !" if entry.local_id in overlapping else ""
            name = selection.names.get(entry.project_id or "")
            what = (work(name, entry.description),) if is_narrow else (name, entry.description)
            if with_user:
                what = (selection.user_of(entry.user_id)[1], *what)
            days.setdefault(day, []).append((short[entry.local_id], time, seconds, *what))
            sums[day] = sums.get(day, 0) + seconds
    today = ctx.rule.day_of(ctx.now)
    sections = [
        Section(
            day_title(day, today),
            rows,
            title_total=sums[day],
            title_target=of_period.of(day) if of_period else None,
        )
        for day, rows in sorted(days.items())
    ]
    whole = sum(sums.values())
    count = counted(len(selection.entries), "entry", "entries")
    columns: tuple[Column, ...] = NARROW if is_narrow else WIDE
    if with_user:
        columns = (*TIMES, USER, *columns[len(TIMES) :])
    blanks = [""] * (len(columns) - len(TIMES) - 1)
    is_one_day = selection.period.first == selection.period.last
    due_seconds = of_period.seconds if of_period and not is_one_day else None
    has_total = len(days) > 1 or due_seconds is not None
    total: Row | None = ("", "", whole, *blanks, count) if has_total else None
    target: Row | None = None if due_seconds is None else ("", "", due_seconds, *blanks, TARGET)
    return Table(columns, sections, total=total, target=target)


def overlapping_ids(selection: Selection) -> dict[str, list[str]]:
    """The ids of the entries that an entry overlaps, by its id; only of those that overlap any."""
    ids: dict[str, list[str]] = {}
    for first, second in overlaps(selection.overlapping, selection.span):
        ids.setdefault(first.local_id, []).append(second.local_id)
        ids.setdefault(second.local_id, []).append(first.local_id)
    return ids


def _times(ctx: Context, entry: TimeEntry, day: date, *, is_running: bool) -> str:
    """`09:15–10:30`; `…` if the entry continues on another day; `now` or `elsewhere` while it is running."""
    day_start, day_end = ctx.rule.start(day), ctx.rule.start(day + ONE_DAY)
    start = "…" if entry.started_at < day_start else f"{local(entry.started_at, ctx.zone):%H:%M}"
    if entry.is_open:
        return f"{start:>5}–elsewhere"
    if entry.ended_at > day_end:
        return f"{start:>5}–…"
    return f"{start:>5}–" + ("now" if is_running else f"{local(entry.ended_at, ctx.zone):%H:%M}")
