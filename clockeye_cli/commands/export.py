"""`clockeye export`: whole entries for other programs, and for an import elsewhere."""

from __future__ import annotations

from itertools import chain

from clockeye_cli.core.duration import clock
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.phrases import MINUTE
from clockeye_cli.core.tags import cached_tags
from clockeye_cli.core.totals import counted_up
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.exporters import exported
from clockeye_cli.exporters.entry import ExportedEntry
from clockeye_cli.interpret.pages import SteadyPages, query
from clockeye_cli.output.cells import Column, JsonShape, Record, Section, Table
from clockeye_cli.output.formats import EXPORTS
from clockeye_cli.present.entries import ENTRY
from clockeye_cli.present.selection import meta, nothing, say_future, say_notes
from clockeye_cli.store import bills, clients, facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter, Reading, Selection, TypedPeriod
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.state import Read

FROZEN = (
    Column("duration", "Duration", "duration"),
    Column("rounded_duration", "Rounded", "duration"),
    Column("rate", "Rate", is_nullable=True),
    Column("currency", "Currency", is_nullable=True),
)
"""What an invoice has frozen of an entry."""

COLUMNS = (
    *ENTRY[:2],
    ENTRY[2]._replace(is_nullable=False),
    ENTRY[3],
    Column("counted", "Counted", "duration"),
    ENTRY[4],
    Column("client", "Client", drop=2, is_nullable=True),
    *ENTRY[5:7],
    Column("tags", "Tags", "words", drop=2),
    Column("project_id", "Project id", "id", is_detail=True, is_nullable=True),
    Column("local_id", "Local id", "id", drop=4),
    Column("user_id", "User id", "id", is_detail=True, is_nullable=True),
    Column("user", "User", drop=3, is_nullable=True),
    Column("invoiced", "Invoiced", "id", drop=3, is_nullable=True),
    Column("billed", "Billed", "record", is_detail=True, is_nullable=True, of=FROZEN),
)
"""Unlike in `log`, CSV and TSV have the `local_id`, too: it is what an import recognizes an entry by."""

NOT_BILLED = (None, None)


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.meta_columns import OF_ENTRIES  # late: only `schema` needs it

    return JsonShape(COLUMNS, OF_ENTRIES, is_list=True, has_meta=True)


def export(ctx: Context, typed_period: TypedPeriod, filters: Filter, *, how: Reading = "usual") -> None:
    """Export the finished entries with a part in a period, whole.

    Args:
        ctx: The run.
        typed_period: The period; everything by default.
        filters: The conditions for entries.
        how: Whether to read from the account.

    Raises:
        UsageError: The format has no columns, or is not for a terminal; or the file exists.
        UnreachableError: Days of the period were never read from the account, and cannot be read now.
        StorageError: The file cannot be written.
    """
    ctx.listing = ctx.listing._replace(is_export=True)
    name = ctx.out.check_save(EXPORTS)
    if name and (ctx.listing.columns or ctx.listing.decimal):
        option = "--columns" if ctx.listing.columns else "--decimal"
        raise UsageError(f"{option} does not apply to {name}.", hint="It is for csv, tsv, json and ndjson.")
    wanted = query(ctx, typed_period, filters, "all", how)
    notes = wanted.reading.never_read

    def prepared(read: Read) -> tuple[Callable[[], None], FinishedEntries]:
        with ctx.out.progress("Exporting") as each:
            finished = FinishedEntries(ctx, read, wanted, each)
            if name:
                pieces = exported(name, finished.entries(), ctx.zone, ctx.now, " ".join(notes))
                return ctx.out.file(pieces), finished
            rows, empty = finished.rows(), nothing(wanted.period, filters)
            table = Table(COLUMNS, [Section("", rows)], meta=finished.meta, empty=empty, notes=notes)
            return ctx.out.prepared(table), finished

    show, finished = ctx.store.steadily(prepared)
    show()
    if name == "klog" and (lost := finished.duration - finished.duration_in_minutes):
        ctx.out.notice(
            "klog has no seconds: starts and ends are rounded down to the minute, and the total in the export"
            f" is {clock(abs(lost))} {'less' if lost > 0 else 'more'} than in `log`."
        )
    say_notes(ctx, finished.noted)
    say_future(ctx, filters)


class FinishedEntries:
    """The finished entries of a list, read page by page while a format writes them.

    Args:
        ctx: The run.
        read: Begins a read of the store.
        query: The question.
        each: Called with the number of entries read so far, and None for their total.

    Attributes:
        meta: The `meta` object of JSON, once all rows were read.
        duration: The seconds of all entries, once they were read.
        duration_in_minutes: The same with starts and ends rounded down to the minute.
    """

    def __init__(
        self, ctx: Context, read: Read, query: Query, each: Callable[[int, int | None], None]
    ) -> None:
        self.meta: dict[str, Any] = {}
        self.duration = self.duration_in_minutes = 0
        self._ctx = ctx
        self._query = query
        self._each = each
        self._read = read
        self._pages = SteadyPages(ctx, read, query)
        with read() as connection:
            self._clients = {key: client.name for key, client in clients.of_projects(connection).items()}
            self._made_clocks = facts.with_made_clock(connection)
            self._bills = {bill.id: bill.number for bill in bills.every(connection)}

    @property
    def noted(self) -> Selection:
        """What notices are about, once all entries were read."""
        return self._pages.noted

    def rows(self) -> Iterator[Row]:
        """The entries as rows of COLUMNS, read as they are taken."""
        return chain.from_iterable(self._lists())

    def _lists(self) -> Iterator[list[Row]]:
        whole = Sum()
        for selection in self._selections():
            counted = selection.span.counted(selection.entries)
            yield self._rows(selection, counted)
            whole = whole.plus(counted_up(selection.entries, counted))
        self.meta.update(meta(self._ctx, self._query.period, whole, self._query.reading))

    def entries(self) -> Iterator[ExportedEntry]:
        """The entries for an exporter, read as they are taken."""
        for selection in self._selections():
            for entry in selection.entries:
                self.duration += entry.duration
                self.duration_in_minutes += (entry.ended_at // MINUTE - entry.started_at // MINUTE) * MINUTE
                yield ExportedEntry(
                    local_id=entry.local_id,
                    started_at=entry.started_at,
                    ended_at=entry.ended_at,
                    description=entry.description,
                    project=selection.names.get(entry.project_id or "", ""),
                    client=self._clients.get(entry.project_id or "", ""),
                    user=selection.user_of(entry.user_id)[1] if entry.user_id else "",
                    is_clock_made=entry.local_id in self._made_clocks,
                )

    def _selections(self) -> Iterator[Selection]:
        done = 0
        for selection in self._pages:
            if done:  # a single page is soon written
                self._each(done, None)
            yield selection._replace(entries=[entry for entry in selection.entries if not entry.is_open])
            done += len(selection.entries)

    def _rows(self, selection: Selection, counted: Sequence[int]) -> list[Row]:
        names, client_names = selection.names, self._clients
        account_ids = self._pages.account_ids(selection)
        billed = self._billed(selection)
        own = selection.user_of(None)
        return [
            (
                account_ids.get(local_id, local_id),
                started_at,
                ended_at,
                ended_at - started_at,
                seconds,
                names.get(project_id or ""),
                client_names.get(project_id or ""),
                description,
                billable,
                cached_tags(description),
                project_id,
                local_id,
                *(own if user_id is None else selection.user_of(user_id)),
                *billed.get(local_id, NOT_BILLED),
            )
            for (
                (local_id, description, project_id, started_at, ended_at, billable, user_id, *_),
                seconds,
            ) in zip(selection.entries, counted, strict=True)  # unpacked: names take several times as long
        ]

    def _billed(self, selection: Selection) -> dict[str, tuple[str, Record]]:
        """The number of the invoice that has billed an entry, and what it has frozen, by the entry's id."""
        if not self._bills:
            return {}
        with self._read() as connection:
            listed = bills.billed_of(connection, [entry.local_id for entry in selection.entries])
        return {
            each.local_id: (
                self._bills[each.bill_id],
                Record(FROZEN, (each.seconds, each.rounded, each.rate, each.currency)),
            )
            for each in listed
        }
