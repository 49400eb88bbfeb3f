"""The time to work, compared with the tracked time: of a day, of a period, and when today's is reached."""

from __future__ import annotations

from datetime import date, timedelta

from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.duration import duration_form, signed
from clockeye_cli.core.selection import Filter
from clockeye_cli.core.totals import Span
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.workday import Targets, reached_at
from clockeye_cli.output.cells import TARGET, Column, Section
from clockeye_cli.present.sums import folded
from clockeye_cli.store import entries
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.period import Period
    from clockeye_cli.core.selection import DaysRead
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.cells import Row, Table


COLUMNS = (
    Column("target", "Target", "duration", drop=3, is_nullable=True),
    Column("balance", "Balance", "balance", drop=3, is_nullable=True),
)

UNIT_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
"""The most days of a unit that a row of a report may be."""

LEFT_OUT = "Target and balance are left out, since not all days were read from the account."


def targets(ctx: Context) -> Targets | None:
    """The time to work on each day; None if none is set.

    Raises:
        UsageError: A setting that it depends on is invalid.
    """
    typed = ctx.settings.target if ctx.has_target else None
    return Targets(typed.week(ctx.settings.work_days), ctx.settings.holidays) if typed else None


class Due:
    """The time to work in a period, up to today: days that are still to come have none.

    Args:
        ctx: The run.
        targets: The time to work on each day.
        period: The days; if it has no beginning, it begins with the day of your first entry.
    """

    def __init__(self, ctx: Context, targets: Targets, period: Period) -> None:
        self._targets = targets
        self._rule = ctx.rule
        self._today = ctx.rule.day_of(ctx.now)
        self._first = period.first or _first_day(ctx)
        self._last = min(period.last or self._today, self._today)

    @property
    def seconds(self) -> int | None:
        """The seconds of all days; None if none of them has come."""
        return self.between(self._first, self._last)

    def of(self, day: date) -> int | None:
        """The seconds of a day; None for one that is still to come."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> int | None:
        """The seconds from a day to another, both included, as far as they are in the period."""
        first, last = max(first, self._first), min(last, self._last)
        return self._targets.between(first, last) if first <= last else None

    def of_unit(self, unit: str, first: date) -> int | None:
        """The seconds of a unit of UNIT_DAYS, by its first day, as far as it is in the period."""
        after = self._rule.units_of(first + timedelta(days=UNIT_DAYS[unit]))[unit]
        return self.between(first, after - ONE_DAY) if isinstance(after, date) else None

    def about(self, tracked: int) -> dict[str, Any]:
        """The fields of JSON: the target and the balance; none if no day has come.

        Args:
            tracked: The seconds that were tracked.
        """
        seconds = self.seconds
        return {} if seconds is None else {"target": seconds, "balance": tracked - seconds}

    def beside(self, table: Table, keys: Sequence[str], sums: Sums, top: int | None = None) -> Table:
        """The table of a report with the target below its total, and in each row if rows are of time.

        Args:
            table: One row for each group, with a column `duration`.
            keys: The keys that it is grouped by.
            sums: The sums in it.
            top: How many of the longest it shows, the others as one row; None for all.
        """
        if self.seconds is None:
            return table
        keyed = [column.key for column in table.columns]
        place = keyed.index("duration")
        first = next(number for number, column in enumerate(table.columns) if not column.is_detail)
        below: list[Any] = [None] * len(keyed)
        below[first], below[place] = TARGET, self.seconds
        table = table._replace(target=tuple(below))
        if len(keys) > 1 or keys[0] not in UNIT_DAYS:
            return table
        is_look = "share" in keyed
        after = place + 1 if is_look else len(keyed)
        shown, rest = (
            [self.of_unit(keys[0], each.labels[0]) for each in some] for some in folded(sums.groups, top)
        )
        come = [seconds for seconds in rest if seconds is not None]
        of_rows = [*shown, *([sum(come) if come else None] if rest else [])]
        rows = [
            (*row[:after], seconds, None if seconds is None else row[place] - seconds, *row[after:])
            for row, seconds in zip(table.rows, of_rows, strict=True)
        ]

        def without(row: Row | None) -> Row | None:
            return row and (*row[:after], None, None, *row[after:])

        columns = [column._replace(is_detail=not is_look) for column in COLUMNS]
        return table._replace(
            columns=(*table.columns[:after], *columns, *table.columns[after:]),
            sections=[Section("", rows)],
            total=without(table.total),
            target=without(table.target),
        )


def due(ctx: Context, period: Period, filters: Filter, reading: DaysRead) -> Due | None:
    """The time to work in a period, if one is set and the list shows all of your time.

    Without all days, which a notice then says, the difference would be false.

    Args:
        ctx: The run.
        period: The days.
        filters: The conditions for entries.
        reading: Which days were never read from the account.

    Raises:
        UsageError: A setting that it depends on is invalid.
    """
    if filters != Filter() or (each := targets(ctx)) is None:
        return None
    if reading.unread:
        ctx.out.notice(LEFT_OUT)
        return None
    return Due(ctx, each, period)


def _first_day(ctx: Context) -> date:
    """The day of your first entry; today if there is none."""
    with ctx.store.read() as connection:
        first = entries.page(connection, None, None, most=1)
    return ctx.rule.day_of(min([ctx.now, *(entry.started_at for entry in first)]))


class Progress(NamedTuple):
    """How far today's target is reached.

    Attributes:
        tracked: Seconds.
        target: The seconds to work.
        done_at: The instant at which it is, or will be, reached; None if not today, or if that depends on a
            timer that does not run.
    """

    tracked: int
    target: int
    done_at: int | None

    def in_words(self, ctx: Context) -> str:
        """`7:12 of 8:00, done at 17:42 (−0:48)`."""
        form = duration_form((self.tracked, self.target), decimal_hours=False)
        how_far = f"{form(self.tracked)} of {form(self.target)}"
        words = ", ".join(filter(None, (how_far, self.done_in_words(ctx))))
        return f"{words} ({signed(self.tracked - self.target, form)})"

    def done_in_words(self, ctx: Context) -> str:
        """`done at 17:42`, the first whole minute at which it is reached; empty if that is unknown."""
        return "" if self.done_at is None else f"done at {local(self.done_at + 59, ctx.zone):%H:%M}"


def progress(
    ctx: Context, each: Targets, today: Sequence[TimeEntry], span: Span, *, is_running: bool
) -> Progress:
    """How far today's target is reached.

    Args:
        ctx: The run.
        each: The time to work on each day.
        today: Today's entries, with the running timer as one that ends now.
        span: The instants that bound today.
        is_running: Whether the timer is running.
    """
    target = each.of(ctx.rule.day_of(ctx.now))
    spans = [(max(entry.started_at, span.start), min(entry.ended_at, span.end)) for entry in today]
    done_at = reached_at([*spans, (ctx.now, span.end)] if is_running else spans, target)
    return Progress(sum(end - start for start, end in spans), target, done_at)


def today(ctx: Context) -> Progress | None:
    """How far today's target is reached; None on a day without target and work.

    Raises:
        UsageError: A setting that it depends on is invalid.
    """
    each = targets(ctx)
    if each is None:
        return None
    day = ctx.rule.day_of(ctx.now)
    span = Span(*ctx.rule.starts(day, day))
    with ctx.store.read() as connection:
        entries_of_day = entries.between(connection, *span)
        runs = timers.running(connection)  # not one on the account: that counts once it has an end
    if runs:
        entries_of_day.append(runs.until(max(runs.started_at, ctx.now)))
    result = progress(ctx, each, entries_of_day, span, is_running=runs is not None)
    return result if result.target or result.tracked else None
