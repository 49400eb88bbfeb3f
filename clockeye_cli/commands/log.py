"""`clockeye log`: the entries of a period, day by day."""

from __future__ import annotations

from itertools import chain

from clockeye_cli.core.measures import Sum
from clockeye_cli.core.tags import cached_tags
from clockeye_cli.core.totals import counted_up
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import Mine
from clockeye_cli.interpret.pages import SteadyPages, query
from clockeye_cli.output.cells import Column, JsonShape, Section, Table
from clockeye_cli.output.document import Document
from clockeye_cli.present.days import NARROW_WIDTH, USER, by_day, overlapping_ids
from clockeye_cli.present.entries import ENTRY
from clockeye_cli.present.selection import meta, nothing, say_future, say_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter, Reading, Selection, TypedPeriod
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.cells import Row
    from clockeye_cli.present.targets import Due
    from clockeye_cli.store.state import Read

COLUMNS = (
    *ENTRY[:4],
    Column("counted", "Counted", "duration"),
    *ENTRY[4:],
    Column("user_id", "User id", "id", is_detail=True, is_nullable=True),
    Column("user", "User", is_detail=True, is_nullable=True),
    Column("overlaps", "Overlaps", "words", is_detail=True),
)


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.meta_columns import OF_ENTRIES, OF_TARGET  # late: only `schema` needs it

    return JsonShape(COLUMNS, (*OF_ENTRIES, *OF_TARGET), is_list=True, has_meta=True)


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
        typed_period: The period; empty for today, or for everything with a search, an invoice or a count.
        filters: The conditions for entries.
        count: How many of the last entries to list; None for all.
        how: Whether to read from the account.
    """
    ctx.out.check_save()
    everything = filters.search or filters.invoice or count is not None
    wanted = query(ctx, typed_period, filters, "all" if everything else "today", how, count)
    of_period = None
    if ctx.has_target and count is None:
        from clockeye_cli.present.targets import due  # late: most people set no target

        of_period = due(ctx, wanted.period, filters, wanted.reading)

    def prepared(read: Read) -> tuple[Callable[[], None], Selection]:
        paged = PagedEntries(ctx, read, wanted, of_period)
        columns = COLUMNS if isinstance(filters.whose, Mine) else (*COLUMNS[:-2], USER, COLUMNS[-1])
        empty = nothing(wanted.period, filters)
        notes = wanted.reading.never_read
        table = Table(columns, [Section("", paged.rows())], meta=paged.meta, empty=empty, notes=notes)
        page = Document.of(table)._replace(title=wanted.period.name) if ctx.out.page_format else None
        show = ctx.out.prepared(
            table, page=page, look=lambda width: [_look(ctx, read, paged, filters, width, empty)]
        )
        return show, paged.noted

    show, noted = ctx.store.steadily(prepared)
    show()
    say_notes(ctx, noted, shows_running=not (ctx.listing.save or ctx.options.format))
    say_future(ctx, filters)
    if filters.is_unbilled:
        from clockeye_cli.present.account_rows import say_unbilled  # late: few lists are of it

        say_unbilled(ctx)


class PagedEntries:
    """The entries of a list, read page by page while a format writes them.

    Args:
        ctx: The run.
        read: Begins a read of the store.
        query: The question.
        of_period: The time to work in the period; None for none.

    Attributes:
        meta: The `meta` object of JSON, once all rows were read.
        due: The time to work in the period; None for none.
    """

    def __init__(self, ctx: Context, read: Read, query: Query, of_period: Due | None = None) -> None:
        self.meta: dict[str, Any] = {}
        self.due = of_period
        self._ctx = ctx
        self._query = query
        self._pages = SteadyPages(ctx, read, query)

    @property
    def noted(self) -> Selection:
        """What the notices are about, once all rows were read."""
        return self._pages.noted

    def rows(self) -> Iterator[Row]:
        """The rows, read as they are taken."""
        return chain.from_iterable(self._lists())

    def _lists(self) -> Iterator[list[Row]]:
        whole = Sum()
        for selection in self._pages:
            counted = selection.span.counted(selection.entries)
            yield _rows(selection, counted, self._pages.account_ids(selection))
            whole = whole.plus(counted_up(selection.entries, counted))
        self.meta.update(meta(self._ctx, self._query.period, whole, self._query.reading))
        self.meta.update(self.due.about(whole.duration) if self.due else {})

    def whole(self) -> Selection:
        """All entries at once, for a table."""
        selections = list(self._pages)
        return selections[-1]._replace(entries=[entry for each in selections for entry in each.entries])


def _look(ctx: Context, read: Read, paged: PagedEntries, filters: Filter, width: int, empty: str) -> Table:
    selection = paged.whole()
    if not selection.entries:
        return Table((), [], empty=empty)
    with read() as connection:
        with_user = not isinstance(filters.whose, Mine)
        is_narrow = width < NARROW_WIDTH
        table = by_day(
            ctx, connection, selection, is_narrow=is_narrow, with_user=with_user, of_period=paged.due
        )
    from clockeye_cli.present.charts_wanted import wants_chart  # late: only where a table is drawn

    if not wants_chart(ctx):
        return table
    from clockeye_cli.present.day_strips import with_strips

    return with_strips(ctx, selection, table)


def _rows(selection: Selection, counted: Sequence[int], account_ids: Mapping[str, str]) -> list[Row]:
    names, running_id = selection.names, selection.running_id
    own_user = selection.user_of(None)
    overlapping = overlapping_ids(selection)
    return [
        (
            account_ids.get(local_id, local_id),
            started_at,
            None if is_open or local_id == running_id else ended_at,
            ended_at - started_at,
            seconds,
            names.get(project_id or ""),
            description,
            billable,
            cached_tags(description),
            project_id,
            local_id,
            is_open or local_id == running_id,
            *(own_user if user_id is None else selection.user_of(user_id)),
            overlapping.get(local_id, []),
        )
        for (
            (local_id, description, project_id, started_at, ended_at, billable, user_id, is_open, *_),
            seconds,
        ) in zip(selection.entries, counted, strict=True)  # unpacked: names take several times as long
    ]
