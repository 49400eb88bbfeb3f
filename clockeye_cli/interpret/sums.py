"""The sums of the entries that a command is about, by period and filters: for `report`."""

from __future__ import annotations

from clockeye_cli.core.totals import Span
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import EVERYBODY
from clockeye_cli.interpret.selection import Sieve
from clockeye_cli.store import entries
from clockeye_cli.store.sums import Wanted, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Read


def sum_up(
    ctx: Context, query: Query, *by: Sequence[str], read: Read | None = None
) -> tuple[Selection, list[Sums]]:
    """The sums of the stored entries by each of some lists of keys, all of one state of the store.

    The selection has only the entries that notices name: those that are running elsewhere on the account,
    and the running timer. `read` begins the read of the store, if it is one of several (`Store.steadily`).
    """
    with (read or ctx.store.read)() as connection:
        return sums_in(ctx, connection, query, by)


def sums_in(
    ctx: Context, connection: Connection, query: Query, by: Sequence[Sequence[str]]
) -> tuple[Selection, list[Sums]]:
    """The same as `sum_up`, of the state of the store that a connection reads."""
    sieve = Sieve(ctx, connection, query.period, query.wanted, query.reading)
    span, running = sieve.nothing.span, sieve.running
    wanted = Wanted(query.wanted, query.reading.whose, sieve.nothing.names)
    sums = [summed(connection, wanted, keys, ctx.rule, span, running) for keys in by]
    elsewhere = entries.running_elsewhere(connection, wanted.whose)
    left_out = 0
    if sieve.is_unclear:
        of_all = summed(connection, wanted._replace(whose=EVERYBODY), (), ctx.rule, span, running)
        left_out = of_all.whole.entries - sums[0].whole.entries
    named = [entry for entry in elsewhere if span.meets(Span(entry.started_at, entry.ended_at))]
    selection = sieve.selection(named)
    overlapping = sieve.fitting(selection.overlapping)
    return selection._replace(left_out=left_out, overlapping=overlapping), sums
