"""`clockeye invoices add`: bill entries."""

from __future__ import annotations

from clockeye_cli.core.duration import duration_form
from clockeye_cli.core.safe_text import tidy
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.billing import draft_of, in_words
from clockeye_cli.interpret.filters import by_ids
from clockeye_cli.interpret.pages import Query
from clockeye_cli.interpret.reading import refresh
from clockeye_cli.interpret.selection import period_of
from clockeye_cli.output.cells import JsonShape, Record
from clockeye_cli.present.invoices import COLUMNS, amounts, invoice_row
from clockeye_cli.tracking import billing

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Filter, TypedPeriod
    from clockeye_cli.tracking.billing import Draft

LONGEST_NUMBER = 60
"""Characters of an invoice's number."""

SHAPE = JsonShape(COLUMNS)


def add_invoice(ctx: Context, number: str, typed_period: TypedPeriod, filters: Filter) -> None:
    """Show what would be billed, ask, and freeze it.

    Args:
        ctx: The run.
        number: The invoice's number.
        typed_period: The period; one must be given.
        filters: The conditions for entries.

    Raises:
        UsageError: No period, or the number is not allowed.
        ClashError: Nothing is left to bill, or what is left cannot be billed with one invoice.
    """
    number = _checked(number)
    words = "".join(typed_period.words).strip()  # an empty variable, quoted, is no period either
    if not any((words, typed_period.flag, typed_period.option, typed_period.first)):
        raise UsageError("Which entries?", hint="Give a period, such as `last month`, or --all.")
    period = period_of(ctx, typed_period, "all")
    wanted = by_ids(ctx, filters)
    query = Query(period, wanted, refresh(ctx, period, filters.whose, needs_all=True), None)
    shown: Draft | None = None
    if not ctx.options.yes:
        with ctx.store.read() as connection:
            shown = draft_of(ctx, connection, query, number)
        if not ctx.questions.confirm(f"Bill {_sum(shown)} on invoice {number}?", "-y"):
            ctx.out.notice("Nothing was billed.")
            return
    with ctx.write() as write:
        draft = draft_of(ctx, write.connection, query, number)
        if shown is not None and draft != shown:
            raise ClashError(
                "The entries to bill have changed in the meantime.",
                hint="Nothing was stored; try again.",
                code="changed_since",
            )
        issued_on = ctx.rule.day_of(write.now).isoformat()
        bill = billing.add(write, number, draft, issued_on)
        row = invoice_row(write.connection, bill)
    ctx.out.done(f"Billed {_sum(draft)} on invoice {number}.", Record(COLUMNS, row))
    if ctx.account is not None:
        ctx.out.notice("Invoices exist on this computer only: ClockEye's API has none.")


def _sum(draft: Draft) -> str:
    hours = duration_form([sum(billed.rounded for billed in draft.entries)], decimal_hours=False)
    money = ", ".join(map(str, amounts(draft.lines)))
    return in_words(draft, money, hours(sum(billed.rounded for billed in draft.entries)))


def _checked(number: str) -> str:
    number = " ".join(tidy(number).split())
    if not number or number.startswith("-") or len(number) > LONGEST_NUMBER:
        raise UsageError(
            f"{number[:40]!r} is not a valid invoice number.",
            hint=f"It has 1 to {LONGEST_NUMBER} characters and does not begin with a hyphen.",
        )
    return number
