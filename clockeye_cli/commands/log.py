"""`clockeye log`: the entries of a period, day by day."""

from __future__ import annotations

from clockeye_cli.core.totals import total
from clockeye_cli.core.typing import TYPE_CHECKING
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
        ctx: The run.
        typed_period: The period; empty for today, or for everything with a search or a count.
        filters: The conditions for entries.
        count: How many of the last entries to list; None for all.
        how: Whether to read from the account.
    """
    ctx.out.check_save()
    with_user = not isinstance(filters.whose, Mine)
    everything = filters.search or count is not None
    selection = select(ctx, typed_period, filters, "all" if everything else "today", how)
    if count is not None:
        selection = _last(selection, count)
    account_ids = _account_ids(ctx, selection)
    rows = [_row(ctx, entry, selection, account_ids) for entry in selection.entries]
    empty = nothing(selection, filters)
    about = meta(ctx, selection.period, total(selection.entries, selection.span), as_of=selection.as_of)
    columns = (*COLUMNS[:-1], USER) if with_user else COLUMNS
    table = Table(columns, [Section("", rows)], meta=about, empty=empty)
    ctx.out.table(table, look=lambda width: [_look(ctx, selection, width, with_user=with_user)])
    if ctx.listing.save or ctx.options.format:
        say_running(ctx, selection)
    say_elsewhere(ctx, selection)
    say_left_out(ctx, selection)


def _look(ctx: Context, selection: Selection, width: int, *, with_user: bool) -> Table:
    with ctx.store.read() as connection:
        return by_day(ctx, connection, selection, is_narrow=width < NARROW_WIDTH, with_user=with_user)


def _last(selection: Selection, count: int) -> Selection:
    last = selection.entries[-count:] if count > 0 else []
    ids = {entry.local_id for entry in last}
    return selection._replace(
        entries=last, running_id=selection.running_id if selection.running_id in ids else None
    )


def _account_ids(ctx: Context, selection: Selection) -> dict[str, str]:
    if ctx.account is None:
        return {}
    with ctx.store.read() as connection:
        return remote.account_ids(connection, (entry.local_id for entry in selection.entries))


def _row(ctx: Context, entry: TimeEntry, selection: Selection, account_ids: dict[str, str]) -> Row:
    row = entry_row(entry, selection.names, ctx.now, account_ids.get(entry.local_id))
    counted = selection.span.counted(entry)
    if entry.local_id == selection.running_id:
        row = (*row[:2], None, *row[3:-1], True)
    return (*row[:4], counted, *row[4:], *selection.user_of(entry.user_id))
