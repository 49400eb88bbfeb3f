"""The entries that a command is about, by period and filters: for `log`, `report` and all other lists."""

from __future__ import annotations

from clockeye_cli.core.period_choice import choose_period
from clockeye_cli.core.selection import Selection
from clockeye_cli.core.totals import Span
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.whose import EVERYBODY, Everybody, Mine, OneUser
from clockeye_cli.store import entries, projects, users
from clockeye_cli.store import overlapping as stored_overlaps
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import DaysRead, Filter, TypedPeriod
    from clockeye_cli.store.database import Connection


def stored(
    ctx: Context, connection: Connection, period: Period, wanted: Filter, reading: DaysRead
) -> Selection:
    """The stored entries of a period; nothing is read from the account.

    Args:
        ctx: For the clock and the settings.
        connection: The store.
        period: The days.
        wanted: The conditions for entries, with project ids.
        reading: When the days were read, and whose they are.
    """
    sieve = Sieve(ctx, connection, period, wanted, reading)
    bounds = period.bounds(ctx.rule)
    in_span = entries.between(connection, *bounds, projects=wanted.projects or None, whose=sieve.whose)
    return sieve.selection(in_span)


class Sieve:
    """Makes selections of the entries that were read for a period, all of them or one page after the other.

    Args:
        ctx: For the clock and the settings.
        connection: The store.
        period: The days.
        wanted: The conditions for entries, with project ids.
        reading: When the days were read, and whose they are.

    Attributes:
        whose: Whose entries to read.
        is_unclear: It is unknown who the profile's own user is, so entries that may be yours are left out.
        running: The running timer as an entry that ends now, if it is selected.
        nothing: A selection of no entries.
    """

    def __init__(
        self, ctx: Context, connection: Connection, period: Period, wanted: Filter, reading: DaysRead
    ) -> None:
        me = users.own(connection)
        names = projects.names(connection)
        people = {user.id: user.email for user in users.every(connection)}
        self.is_unclear = ctx.account is not None and me is None and isinstance(reading.whose, Mine)
        self.whose = EVERYBODY if self.is_unclear else reading.whose
        self._fits = _condition(connection, wanted, names) if wanted.has_conditions else None
        span = Span.of(period.bounds(ctx.rule))
        timer = None if isinstance(reading.whose, OneUser) else timers.running(connection)
        running = timer.until(max(timer.started_at, ctx.now)) if timer else None
        is_kept = is_handed_on(ctx)
        has_own = isinstance(self.whose, Mine | Everybody)
        doubled = overlapping(connection, span, None if is_kept else running) if has_own else []
        is_selected = (
            running is not None
            and span.meets(Span(running.started_at, running.ended_at))
            and (self._fits is None or self._fits(running))
        )
        self.running = running if is_selected and not is_kept else None
        lacks_running = is_selected and is_kept
        self.nothing = Selection(period, span, [], None, names, people, me, 0, lacks_running, doubled)

    def fitting(self, entries: Sequence[TimeEntry]) -> list[TimeEntry]:
        """Those of some entries that meet the conditions."""
        return list(filter(self._fits, entries)) if self._fits else [*entries]

    def selection(self, in_span: Sequence[TimeEntry], *, is_end: bool = True) -> Selection:
        """The selected ones of some entries; at the end with the running timer."""
        fitting = self.fitting(in_span)
        own = [entry for entry in fitting if entry.is_own] if self.is_unclear else fitting
        left_out = len(fitting) - len(own)
        if self.running is None or not is_end:
            return self.nothing._replace(entries=own, left_out=left_out)
        own.append(self.running)
        return self.nothing._replace(entries=own, left_out=left_out, running_id=self.running.local_id)


def is_handed_on(ctx: Context) -> bool:
    """Whether the list is to be kept: then it lacks no day, and leaves the running timer out."""
    return bool(ctx.listing.save) or ctx.listing.is_export


def overlapping(connection: Connection, span: Span, running: TimeEntry | None) -> list[TimeEntry]:
    """The profile's own entries that overlap others of them, with those others, by time.

    Args:
        connection: The store.
        span: The instants that count.
        running: The running timer as an entry that ends now, if it counts.
    """
    own = stored_overlaps.own(connection, span.start, span.end)
    clashes = entries.clashes(connection, running.started_at, running.ended_at) if running else []
    if running is None or not clashes:
        return own
    return sorted({*own, *clashes, running}, key=lambda entry: (entry.started_at, entry.local_id))


def _condition(
    connection: Connection, wanted: Filter, names: Mapping[str, str]
) -> Callable[[TimeEntry], bool]:
    """A function that says whether an entry meets the conditions, those about invoices included."""
    fits = wanted.matcher(names)
    if wanted.is_unbilled:
        fits = _unbilled(connection, fits)
    return _billed(connection, fits, wanted.invoice) if wanted.invoice else fits


def _unbilled(connection: Connection, fits: Callable[[TimeEntry], bool]) -> Callable[[TimeEntry], bool]:
    from clockeye_cli.store import bills  # late, here and below: few lists are about invoices

    numbers = bills.numbers(connection)
    return lambda entry: entry.local_id not in numbers and fits(entry)


def _billed(
    connection: Connection, fits: Callable[[TimeEntry], bool], number: str
) -> Callable[[TimeEntry], bool]:
    from clockeye_cli.store import bills
    from clockeye_cli.tracking import billing

    bill = billing.find(connection, number)
    ids = {billed.local_id for billed in bills.billed_by(connection, bill.id)}
    return lambda entry: entry.local_id in ids and fits(entry)


def period_of(ctx: Context, typed_period: TypedPeriod, default: str) -> Period:
    """The period that was typed, or the default.

    Raises:
        UsageError: It is not understood.
    """
    return choose_period(
        words=" ".join(typed_period.words),
        flag=typed_period.flag,
        option=typed_period.option,
        first=typed_period.first,
        last=typed_period.last,
        default=default,
        today=ctx.rule.day_of(ctx.now),
        week_start=ctx.rule.week_start,
    )
