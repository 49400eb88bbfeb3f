"""The sums of the entries that a command is about, by period and filters: for `report`."""

from __future__ import annotations

from clockeye_cli.core.selection import Selection
from clockeye_cli.core.totals import Span
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.whose import EVERYBODY, Mine, OneUser
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import by_ids, period_of
from clockeye_cli.store import entries, projects, users
from clockeye_cli.store import timer as timers
from clockeye_cli.store.sums import Wanted, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import Filter, Reading, TypedPeriod
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.interpret.reading import Known
    from clockeye_cli.store.database import Connection


class Scope(NamedTuple):
    """Which entries are to be summed up.

    Attributes:
        period: The days.
        filter: The conditions for entries, with project ids.
        reading: When the days were read, and whose they are.
    """

    period: Period
    filter: Filter
    reading: Known


def scope(
    ctx: Context, typed_period: TypedPeriod, filters: Filter, default: str, how: Reading = "usual"
) -> Scope:
    """Find out which entries were asked for, and read them from the account first if need be.

    It takes and raises the same as `interpret.selection.select`.
    """
    period = period_of(ctx, typed_period, default)
    wanted = by_ids(ctx, filters)
    return Scope(period, wanted, refresh(ctx, period, filters.whose, how))


def sum_up(ctx: Context, scope: Scope, keys: Sequence[str]) -> tuple[Selection, Sums]:
    """The sums of the stored entries by some keys, and what they are of.

    The selection has only the entries that notices name: those that are running elsewhere on the account,
    and the running timer.
    """
    period, conditions, reading = scope
    span = Span.of(period.bounds(ctx.rule))
    with ctx.store.read() as connection:
        me = users.own(connection)
        names = projects.names(connection)
        wanted = Wanted(conditions, reading.whose, names)
        people = {user.id: user.email for user in users.every(connection)}
        running = _running(ctx, connection, wanted, span)
        sums = summed(connection, wanted, keys, ctx.rule, span, running)
        named = [
            entry
            for entry in entries.running_elsewhere(connection, wanted.whose)
            if _is_wanted(entry, wanted, span)
        ]
        left_out = 0
        if ctx.account is not None and me is None and isinstance(wanted.whose, Mine):
            of_all = summed(connection, wanted._replace(whose=EVERYBODY), (), ctx.rule, span, running)
            left_out = of_all.whole.entries - sums.whole.entries
    if running:
        named.append(running)
    running_id = running.local_id if running else None
    return (
        Selection(period, span, named, running_id, names, reading.as_of, people, me, left_out),
        sums,
    )


def _running(ctx: Context, connection: Connection, wanted: Wanted, span: Span) -> TimeEntry | None:
    """The running timer as an entry that ends now, if it counts."""
    runs = None if isinstance(wanted.whose, OneUser) or ctx.listing.save else timers.running(connection)
    running = runs.until(max(runs.started_at, ctx.now)) if runs else None
    return running if running and _is_wanted(running, wanted, span) else None


def _is_wanted(entry: TimeEntry, wanted: Wanted, span: Span) -> bool:
    fits = wanted.filter.matcher(wanted.names)
    return span.meets(Span(entry.started_at, entry.ended_at)) and fits(entry)
