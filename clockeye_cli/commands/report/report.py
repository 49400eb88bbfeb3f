"""`clockeye report`: sum up a period, as a timesheet or by the keys that are given."""

from __future__ import annotations

from clockeye_cli.commands.report.calculation import Calculation, ReportView, keys_of, own_rules
from clockeye_cli.core.measures import PRICED, ROUNDED, USUAL
from clockeye_cli.core.overlapping import counted_twice
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.budget_uses import budget_uses
from clockeye_cli.interpret.pages import query
from clockeye_cli.output.cells import shows_seconds
from clockeye_cli.present.opened import check_open, open_saved
from clockeye_cli.present.selection import meta, nothing, offer_minutes, say_notes
from clockeye_cli.present.sums import labels, sum_row, sums_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.commands.report.calculation import ReportSums
    from clockeye_cli.context import Context
    from clockeye_cli.core.budget import BudgetUse
    from clockeye_cli.core.charges import Charged
    from clockeye_cli.core.selection import Filter, Reading, TypedPeriod
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.output.cells import Table
    from clockeye_cli.present.targets import Due

    Whole = Callable[[Context, TypedPeriod, Filter, list[str], Reading], None]
    """A report that is always shown whole."""

SOURCES = ("entries", "summary")

NONE = "none"
"""The value of `--round` for exact seconds."""


def report(
    ctx: Context,
    typed_period: TypedPeriod,
    filters: Filter,
    *,
    by: str = "",
    source: str = "entries",
    how: Reading = "usual",
    rounding: str = "",
    money: bool = False,
    compare: bool = False,
    opened: bool = False,
    top: int | None = None,
) -> None:
    """Sum up a period.

    Args:
        ctx: The run.
        typed_period: The period; empty for this week.
        filters: The conditions for entries.
        by: Keys, separated by commas; empty for projects, or on a terminal for a timesheet of up to a week.
        source: `entries`, or `summary` for the sums of ClockEye itself.
        how: Whether to read from the account.
        rounding: The value of `--round`; empty for exact seconds.
        money: Whether billable time is priced.
        compare: Whether to compare it with the period before.
        opened: Open the saved file.
        top: On a terminal, how many rows (of each group) are shown, the others as one row; None for all.

    Raises:
        UsageError: A key is unknown, the period, the rule or a setting is not understood, or there is no file
            to open.
        ClashError: A page is to have amounts, and there is billable time without a rate.
    """
    ctx.out.check_save()
    check_open(ctx, opened=opened)
    keys = keys_of(by)
    if source not in SOURCES:
        from clockeye_cli.core.nearest import unknown

        raise unknown("source", source, SOURCES)
    if compare or source == "summary":
        is_cut = top is not None or bool(ctx.listing.chart)
        _check_whole(source, compare=compare, is_charged=_is_rule(rounding) or money, is_cut=is_cut)
        _whole(compare=compare)(ctx, typed_period, filters, keys, how)
        open_saved(ctx, opened=opened)
        return
    question = query(ctx, typed_period, filters, "week", how)
    of_period = _due(ctx, question)
    page_format = ctx.out.page_format
    rounding = rounding or (own_rules(ctx) if page_format else "")
    is_rounded = _is_rule(rounding)
    measures = (*USUAL, *(ROUNDED if is_rounded else ()), *(PRICED if money else ()))
    calculation = Calculation(ctx, question, keys, rounding if is_rounded else "", is_priced=money)
    uses = _budgets(ctx, question)
    is_year = not by and typed_period.flag in {"year", "last-year"}
    view = ReportView(keys, measures, top, is_year, is_plain=not by and measures == USUAL)

    def listed(result: ReportSums) -> Table:
        return _listed(calculation, result, view, of_period, uses, nothing(question.period, filters))

    if page_format is None:
        result = calculation.run(ctx.store.read)
        has_seconds = _show(calculation, result, view, of_period, listed(result))
    else:
        from clockeye_cli.commands.report.page import prepared_page  # late: it costs more than most reports

        show, result = prepared_page(calculation, measures, page_format, of_period, listed)
        show()
        has_seconds = False
    open_saved(ctx, opened=opened)
    _say(ctx, result, keys, has_seconds=has_seconds, is_unbilled=filters.is_unbilled)
    if uses:
        from clockeye_cli.present.budgets import say_budgets  # late, as above

        say_budgets(ctx, uses)
    if result.charged:
        _say_charged(ctx, result.charged, is_rounded=is_rounded, is_priced=money)


def _listed(
    calculation: Calculation,
    result: ReportSums,
    view: ReportView,
    of_period: Due | None,
    uses: list[BudgetUse],
    empty: str,
) -> Table:
    """The sums as a list, with everything that `meta` says of them."""
    ctx, (selection, sums, _) = calculation.ctx, result
    about = meta(ctx, selection.period, sums.whole, calculation.question.reading, measures=view.measures)
    about.update(of_period.about(sums.whole.duration) if of_period else {})
    if selection.overlapping and (seconds := counted_twice(selection.overlapping, selection.span)):
        about["counted_twice"] = seconds
    if uses:
        from clockeye_cli.present.budgets import budgets_meta  # late: most people set no budget

        about |= budgets_meta(uses)
    rows = [
        sum_row(labels(ctx, view.keys, group, selection), group.sum, view.measures) for group in sums.groups
    ]
    table = sums_table(view.keys, rows, sums.whole, about, empty, view.measures)
    table = table._replace(notes=calculation.question.reading.never_read)
    return of_period.beside(table, view.keys, sums) if of_period else table


def _show(
    calculation: Calculation, result: ReportSums, view: ReportView, of_period: Due | None, table: Table
) -> bool:
    """Print the list or what is drawn in its place; whether that was drawn with seconds."""
    has_seconds = False

    def drawn(width: int) -> list[Table]:
        from clockeye_cli.commands.report.look import look  # late: nothing is drawn in a pipe

        nonlocal has_seconds
        tables = look(calculation, result, of_period, view, width)
        has_seconds = any(map(shows_seconds, tables))
        return tables

    calculation.ctx.out.table(table, look=drawn)
    return has_seconds


def _due(ctx: Context, question: Query) -> Due | None:
    """The time to work in the period; None if no target is set."""
    if not ctx.has_target:
        return None
    from clockeye_cli.present.targets import due  # late: most people set no target

    return due(ctx, question.period, question.wanted, question.reading)


def _check_whole(source: str, *, compare: bool, is_charged: bool, is_cut: bool) -> None:
    """Refuse what `--compare` and ClockEye's own totals would ignore."""
    if compare and source == "summary":
        raise UsageError("ClockEye's own totals cannot be compared.", hint="Leave out --source summary.")
    if is_charged and compare:
        raise UsageError("--compare compares exact time.", hint="Leave out --round and --money.")
    if is_charged:
        raise UsageError(
            "ClockEye's own sums cannot be rounded or priced.", hint="Leave --source summary out."
        )
    if is_cut:
        option = "--compare" if compare else "--source summary"
        raise UsageError(f"{option} shows every row, and no charts.", hint="Leave out --top and --chart.")


def _whole(*, compare: bool) -> Whole:
    if compare:
        from clockeye_cli.commands.report.compare import compare as whole
    else:
        from clockeye_cli.commands.report.summary import summary as whole
    return whole


def _budgets(ctx: Context, question: Query) -> list[BudgetUse]:
    """The budgets of the projects that the report may be about.

    Those of a month are of the month in which the report ends, and not later than now.
    """
    today = ctx.rule.day_of(ctx.now)
    ids = [project_id for project_id in question.wanted.projects if project_id]
    return budget_uses(ctx, ids or None, min(question.period.last or today, today))


def _say_charged(ctx: Context, charged: Charged, *, is_rounded: bool, is_priced: bool) -> None:
    """Name what has no rate; the last line says how it was rounded, and the difference."""
    from clockeye_cli.present.charged import how_rounded, unpriced

    for line in unpriced(charged) if is_priced else ():
        ctx.out.notice(line)
    if is_rounded:
        ctx.out.notice(how_rounded(charged))


def _say(
    ctx: Context, result: ReportSums, keys: Sequence[str], *, has_seconds: bool, is_unbilled: bool
) -> None:
    """Print the notices that belong to a report; `has_seconds` says whether it was drawn with seconds."""
    selection, sums, _ = result
    if has_seconds and ctx.out.is_terminal and not ctx.listing.decimal:
        offer_minutes(ctx)
    say_notes(ctx, selection)
    if "tag" in keys and sum(group.sum.duration for group in sums.groups) > sums.whole.duration:
        ctx.out.notice(
            "An entry counts under each of its tags, so the rows can add up to more than the total."
        )
    if is_unbilled:
        from clockeye_cli.present.account_rows import say_unbilled  # late: few reports are of it

        say_unbilled(ctx)


def _is_rule(rounding: str) -> bool:
    return bool(rounding) and rounding.strip().lower() != NONE
