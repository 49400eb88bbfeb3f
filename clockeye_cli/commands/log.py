"""`clockeye log`: the entries of a period, day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.totals import total
from clockeye_cli.core.whose import Mine
from clockeye_cli.interpret.selection import select
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.days import NARROW_WIDTH, USER, by_day
from clockeye_cli.present.entries import ENTRY, entry_row
from clockeye_cli.present.selection import meta, nothing, say_elsewhere, say_left_out, say_running
from clockeye_cli.store import remote

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.selection import Filter, Reading, Selection, TypedPeriod
    from clockeye_cli.output.cells import Row

COLUMNS = (
    *ENTRY[:4],
    Column("counted", "Counted", "duration"),
    *ENTRY[4:],
    Column("user_id", "User id", "id", is_detail=True),
    Column("user", "User", is_detail=True),
)


def log(
    ctx: Context,
    typed_period: TypedPeriod,
    filters: Filter,
    *,
    count: int | None = None,
    how: Reading = "usual",
) -> None:
    """List entries.

    Args:
        ctx: What the command works with.
        typed_period: The period; silent for today, or for everything with a search or a count.
        filters: What entries must be like.
        count: The last so many; None for all.
        how: Whether the account is asked.
    """
    ctx.out.check_save()
    with_user = not isinstance(filters.whose, Mine)
    everything = filters.search or count is not None
    found = select(ctx, typed_period, filters, "all" if everything else "today", how)
    if count is not None:
        found = _last(found, count)
    account_ids = _account_ids(ctx, found)
    rows = [_row(ctx, entry, found, account_ids) for entry in found.entries]
    empty = nothing(found, filters)
    said = meta(ctx, found.period, total(found.entries, found.span), as_of=found.as_of)
    columns = (*COLUMNS[:-1], USER) if with_user else COLUMNS
    table = Table(columns, [Section("", rows)], meta=said, empty=empty)
    ctx.out.table(
        table,
        look=lambda width: [by_day(ctx, found, is_narrow=width < NARROW_WIDTH, with_user=with_user)],
    )
    if ctx.listing.save or ctx.options.format:
        say_running(ctx, found)
    say_elsewhere(ctx, found)
    say_left_out(ctx, found)


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
