"""The entries of a list, read page by page: a list costs what it shows, however much is stored."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import Sieve, is_handed_on, period_of
from clockeye_cli.store import entries, former_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import DaysRead, Filter, Reading, Selection, TypedPeriod
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.state import Read

PAGE = 2_000
"""Entries read at once: a few milliseconds, for which a writer waits."""


class Query(NamedTuple):
    """A question for entries, with every name looked up.

    Attributes:
        period: The days.
        wanted: The conditions for entries, with project ids.
        reading: When the days were read from the account, and whose they are.
        latest: How many of the last entries are wanted; None for all.
    """

    period: Period
    wanted: Filter
    reading: DaysRead
    latest: int | None


def query(
    ctx: Context,
    typed_period: TypedPeriod,
    filters: Filter,
    default: str,
    how: Reading = "usual",
    count: int | None = None,
) -> Query:
    """The question that was typed; its days are read from the account first if need be.

    Args:
        ctx: For the clock, the store and the settings.
        typed_period: The period.
        filters: The conditions for entries.
        default: The period if none was given.
        how: Whether to read from the account.
        count: How many of the last entries are wanted; None for all.

    Raises:
        UsageError: The period is not understood.
        ClashError: A project is unknown or ambiguous.
        UnreachableError: The days were never read from the account, and cannot be read now.
    """
    period = period_of(ctx, typed_period, default)
    if filters.names_projects:
        from clockeye_cli.interpret.filters import by_ids  # late: most lists are of all projects

        filters = by_ids(ctx, filters)
    # A file is handed on, and must not lack days without saying so.
    reading = refresh(ctx, period, filters.whose, how, needs_all=is_handed_on(ctx))
    return Query(period, filters, reading, count)


class SteadyPages:
    """The pages of a question, and what notices are about, gathered while they are read.

    Args:
        ctx: For the clock and the settings.
        read: Begins a read of the store.
        query: The question.

    Attributes:
        noted: The selection with only the entries that notices name, once all pages were read.
    """

    def __init__(self, ctx: Context, read: Read, query: Query) -> None:
        self.noted: Selection
        self._ctx = ctx
        self._read = read
        self._query = query

    def __iter__(self) -> Iterator[Selection]:
        noted: list[TimeEntry] = []
        doubled: list[TimeEntry] = []
        left_out = 0
        for selection in pages(self._ctx, self._read, self._query):
            noted += [e for e in selection.entries if e.is_open or e.local_id == selection.running_id]
            left_out += selection.left_out
            if selection.overlapping:
                clashing = {entry.local_id for entry in selection.overlapping}
                doubled += [entry for entry in selection.entries if entry.local_id in clashing]
            self.noted = selection._replace(entries=noted, left_out=left_out, overlapping=doubled)
            yield selection

    def account_ids(self, selection: Selection) -> dict[str, str]:
        """The ids on the account of a page's entries, by their ids here."""
        if self._ctx.account is None:
            return {}
        with self._read() as connection:
            return former_ids.account_ids(connection, [entry.local_id for entry in selection.entries])


def pages(ctx: Context, read: Read, query: Query, most: int = PAGE) -> Iterator[Selection]:
    """The answer to a question, in the order of time: at least one selection.

    The latest entries, if a number of them is wanted, are read backwards, and are one selection.

    Args:
        ctx: For the clock and the settings.
        read: Begins a read of the store, which ends before a selection is handed out.
        query: The question.
        most: How many entries are read at once.
    """
    with read() as connection:
        sieve = Sieve(ctx, connection, query.period, query.wanted, query.reading)
    if query.latest is not None:
        yield _latest(ctx, read, query, sieve, query.latest, most)
        return
    beyond, is_end = None, False
    while not is_end:
        with read() as connection:
            page = _page(ctx, connection, query, sieve, most, beyond)
        is_end = len(page) < most
        yield sieve.selection(page, is_end=is_end)
        beyond = page[-1] if page else None


def _latest(ctx: Context, read: Read, query: Query, sieve: Sieve, count: int, most: int) -> Selection:
    """The last `count` entries, which may need more pages if some of them are not wanted."""
    nothing = sieve.selection([], is_end=count > 0)  # with the timer, which is the last of all
    size, left_out, beyond = min(max(count, 1), most), 0, None
    latest: list[TimeEntry] = []
    missing = count - len(nothing.entries)
    is_end = missing == 0 and not sieve.is_unclear
    while not is_end:
        with read() as connection:
            page = _page(ctx, connection, query, sieve, size, beyond, backwards=True)
        selection = sieve.selection(page, is_end=False)
        latest += selection.entries[: missing - len(latest)]
        left_out += selection.left_out
        # All that may be yours and is left out is counted, also where enough was found.
        is_end = len(page) < size or (len(latest) == missing and not sieve.is_unclear)
        beyond = page[-1] if page else None
        size = min(2 * size, most)
    return nothing._replace(entries=[*reversed(latest), *nothing.entries], left_out=left_out)


def _page(
    ctx: Context,
    connection: Connection,
    query: Query,
    sieve: Sieve,
    most: int,
    beyond: TimeEntry | None,
    *,
    backwards: bool = False,
) -> list[TimeEntry]:
    return entries.page(
        connection,
        *query.period.bounds(ctx.rule),
        projects=query.wanted.projects or None,
        whose=sieve.whose,
        most=most,
        beyond=beyond,
        backwards=backwards,
    )
