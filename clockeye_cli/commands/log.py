"""`clockeye log`: the entries of a period, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.phrases import counted, work
from clockeye_cli.core.totals import total
from clockeye_cli.interpret.selection import meta, nothing, say_elsewhere, say_running, select
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.entries import ENTRY, entry_row
from clockeye_cli.store import entries as stored
from clockeye_cli.store import remote

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.selection import Asked, Filter, Reading
    from clockeye_cli.interpret.selection import Selection
    from clockeye_cli.output.cells import Row

COLUMNS = (
    *ENTRY[:4],
    Column("counted", "Counted", "duration"),
    *ENTRY[4:],
    Column("user_id", "User id", "id", is_detail=True),
    Column("user", "User", is_detail=True),
)

USER = Column("user", "User")
TIMES = (Column("id", "Id", "id"), Column("time", "Time", "id"), Column("duration", "Duration", "duration"))
WIDE = (*TIMES, Column("project", "Project"), Column("description", "Description"))
NARROW = (*TIMES, Column("work", "Project: Description"))
NARROW_WIDTH = 60
"""Columns of a terminal below which project and description share one."""


def log(
    ctx: Context, asked: Asked, filters: Filter, *, count: int | None = None, how: Reading = "usual"
) -> None:
    """List entries.

    Args:
        ctx: What the command works with.
        asked: The period; silent for today, or for everything with a search or a count.
        filters: What entries must be like.
        count: The last so many; None for all.
        how: Whether the account is asked.
    """
    ctx.out.check_save()
    everything = filters.search or count is not None
    found = select(ctx, asked, filters, "all" if everything else "today", how)
    if count is not None:
        found = _last(found, count)
    account_ids = _account_ids(ctx, found)
    rows = [_row(ctx, entry, found, account_ids) for entry in found.entries]
    empty = nothing(found, filters)
    said = meta(ctx, found.period, total(found.entries, found.span), as_of=found.as_of)
    columns = (*COLUMNS[:-1], USER) if filters.user else COLUMNS
    table = Table(columns, [Section("", rows)], meta=said, empty=empty)
    ctx.out.table(
        table,
        look=lambda width: [by_day(ctx, found, is_narrow=width < NARROW_WIDTH, with_user=bool(filters.user))],
    )
    if ctx.listing.save or ctx.options.format:
        say_running(ctx, found)
    say_elsewhere(ctx, found)


def by_day(ctx: Context, found: Selection, *, is_narrow: bool, with_user: bool = False) -> Table:
    """By day, each entry in every day that it has a part in, with that part.

    Args:
        ctx: For the store and the rule of days.
        found: The entries.
        is_narrow: Project and description share a column.
        with_user: Say whose each is.
    """
    days: dict[date, list[Row]] = {}
    sums: dict[date, int] = {}
    with ctx.store.read() as connection:
        short = stored.short_ids(connection, [entry.local_id for entry in found.entries])
    for entry in found.entries:
        start, end = max(entry.started_at, found.span.start), min(entry.ended_at, found.span.end)
        for day, seconds in ctx.rule.parts(start, max(start, end)):
            time = _times(ctx, entry, day, is_running=entry.local_id == found.running_id)
            name = found.names.get(entry.project_id or "")
            what = (work(name, entry.description),) if is_narrow else (name, entry.description)
            if with_user:
                what = (found.user_of(entry.user_id)[1], *what)
            days.setdefault(day, []).append((short[entry.local_id], time, seconds, *what))
            sums[day] = sums.get(day, 0) + seconds
    sections = [Section(f"{day:%a} {day}", rows, title_total=sums[day]) for day, rows in sorted(days.items())]
    whole = sum(sums.values())
    count = counted(len(found.entries), "entry", "entries")
    columns: tuple[Column, ...] = NARROW if is_narrow else WIDE
    if with_user:
        columns = (*TIMES, USER, *columns[len(TIMES) :])
    blanks = [""] * (len(columns) - len(TIMES) - 1)
    total: Row | None = ("", "", whole, *blanks, count) if len(days) > 1 else None
    return Table(columns, sections, total=total)


def _last(found: Selection, count: int) -> Selection:
    kept = found.entries[-count:] if count > 0 else []
    ids = {entry.local_id for entry in kept}
    return found._replace(entries=kept, running_id=found.running_id if found.running_id in ids else None)


def _account_ids(ctx: Context, found: Selection) -> dict[str, str]:
    if ctx.account is None:
        return {}
    with ctx.store.read() as connection:
        return remote.account_ids(connection, (entry.local_id for entry in found.entries))


def _row(ctx: Context, entry: TimeEntry, found: Selection, account_ids: dict[str, str]) -> Row:
    row = entry_row(entry, found.names, ctx.now, account_ids.get(entry.local_id))
    counted = found.span.counted(entry)
    if entry.local_id == found.running_id:
        row = (*row[:2], None, *row[3:-1], True)
    return (*row[:4], counted, *row[4:], *found.user_of(entry.user_id))


def _times(ctx: Context, entry: TimeEntry, day: date, *, is_running: bool) -> str:
    """`09:15–10:30`; `…` where the entry goes on in another day; `now` or `elsewhere` while it runs."""
    day_start, day_end = ctx.rule.start(day), ctx.rule.start(day + ONE_DAY)
    start = "…" if entry.started_at < day_start else f"{local(entry.started_at, ctx.zone):%H:%M}"
    if entry.is_open:
        return f"{start:>5}–elsewhere"
    if entry.ended_at > day_end:
        return f"{start:>5}–…"
    return f"{start:>5}–" + ("now" if is_running else f"{local(entry.ended_at, ctx.zone):%H:%M}")
