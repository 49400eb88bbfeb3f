"""What `invoices add` bills: the entries that were asked for, rounded and priced by the settings."""

from __future__ import annotations

from clockeye_cli.core.charges import charges
from clockeye_cli.core.entry import folded
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.rounding import CONFIGURED
from clockeye_cli.core.totals import Span, cut
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.interpret.selection import stored
from clockeye_cli.interpret.terms import Agreed, parties_of, recipient
from clockeye_cli.store import bills, clients
from clockeye_cli.store.bills import OUTSIDE, Billed
from clockeye_cli.tracking.billing import Draft, InvoiceLine

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.charges import Charge
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.money import Rate
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.interpret.pages import Query
    from clockeye_cli.store.database import Connection

MOST_NAMED = 5


def draft_of(ctx: Context, connection: Connection, query: Query, number: str) -> Draft:
    """What an invoice would bill: billable, finished entries of one client that begin in the period.

    An entry is billed whole, with the period in which it begins.

    Args:
        ctx: For the clock and the settings.
        connection: The store; in the transaction that stores the invoice.
        query: The question for entries.
        number: The invoice's number; `outside` may be of several clients and needs no rates.

    Raises:
        ClashError: Nothing is left to bill, the entries are of several clients, or some have no rate.
        UsageError: A setting that is needed is not understood.
    """
    selection = stored(ctx, connection, query.period, query.wanted, query.reading)
    entries = _unbilled(ctx, connection, selection)
    if not entries:
        raise ClashError(
            "Nothing is left to bill: every finished, billable entry of the period is on an invoice.",
            hint="Nothing was stored. `clockeye invoices` lists what was billed.",
            code="nothing_to_bill",
        )
    of_projects = clients.of_projects(connection)
    days = [ctx.rule.day_of(entry.started_at).isoformat() for entry in entries]
    if number == OUTSIDE:
        outside = [Billed(entry.local_id, 0, entry.duration, entry.duration, None, None) for entry in entries]
        return Draft(None, "", outside, [], min(days), max(days))
    of_clients = {of_projects.get(entry.project_id or "") for entry in entries}
    if len(of_clients) > 1:
        names = sorted(client.name if client else "no client" for client in of_clients)
        raise ClashError(
            f"These entries belong to {len(names)} clients: {', '.join(names[:MOST_NAMED])}.",
            hint="Nothing was stored. An invoice is for one client: add --client NAME, or projects with -p.",
            code="several_clients",
        )
    (client,) = of_clients
    parties = parties_of(connection)
    terms = Agreed(ctx, parties, CONFIGURED).terms(with_rates=True)
    extent = Span(min(entry.started_at for entry in entries), max(entry.ended_at for entry in entries) + 1)
    cuts = cut(("day",), ctx.rule, extent, extent)
    charged = charges(entries, cuts, terms, lambda entry, _labels: ((entry.local_id,),))
    _refuse_unpriced(charged, selection)
    rules = dict.fromkeys(rule.sentence for charge in charged if (rule := terms.rule(charge.project_id)))
    return Draft(
        client.id if client else None,
        client.name if client else "",
        _billed(entries, charged),
        _lines(charged, selection),
        min(days),
        max(days),
        list(rules),
        ctx.settings.sender,
        recipient(ctx, parties, {entry.project_id for entry in entries}),
    )


def _unbilled(ctx: Context, connection: Connection, selection: Selection) -> list[TimeEntry]:
    numbers = bills.numbers(connection)
    return [
        entry
        for entry in selection.entries
        if entry.billable
        and not entry.is_open
        and entry.local_id != selection.running_id
        and entry.local_id not in numbers
        and entry.ended_at <= ctx.now
        and entry.started_at >= selection.span.start
    ]


def _refuse_unpriced(charged: Sequence[Charge], selection: Selection) -> None:
    without = {charge.project_id for charge in charged if charge.price is None and charge.seconds}
    names = sorted(selection.names.get(each or "", "work without a project") for each in without)
    if names:
        from clockeye_cli.core.rate_hint import rate_hint  # late: it is refused

        raise ClashError(
            f"No rate for {', '.join(names[:MOST_NAMED])}.",
            hint=f"Nothing was stored. {rate_hint(charged, selection.names)}",
            code="no_rate",
        )


def _billed(entries: Sequence[TimeEntry], charged: Sequence[Charge]) -> list[Billed]:
    rounded: dict[Hashable, int] = {}
    rates: dict[Hashable, Rate | None] = {}
    for charge in charged:
        rounded[charge.rows] = rounded.get(charge.rows, 0) + charge.rounded
        rates.setdefault(charge.rows, charge.rate)
    frozen = []
    for entry in entries:
        rows = ((entry.local_id,),)
        price = _price(rates[rows])
        frozen.append(Billed(entry.local_id, 0, entry.duration, rounded[rows], *price))
    return frozen


def _lines(charged: Sequence[Charge], selection: Selection) -> list[InvoiceLine]:
    lines: dict[Hashable, InvoiceLine] = {}
    for charge in charged:
        name = selection.names.get(charge.project_id or "", "")
        blank = InvoiceLine(charge.project_id, name, 0, 0, *_price(charge.rate))
        line = lines.get((charge.project_id, charge.rate), blank)
        lines[charge.project_id, charge.rate] = line._replace(
            seconds=line.seconds + charge.seconds,
            rounded=line.rounded + charge.rounded,
            minor=line.minor + (charge.price.minor if charge.price else 0),
        )
    return sorted(
        lines.values(), key=lambda line: (folded(line.project), line.rate or "", line.currency or "")
    )


def _price(rate: Rate | None) -> tuple[str, str] | tuple[None, None]:
    return (str(rate.amount), rate.currency) if rate else (None, None)


def in_words(draft: Draft, amounts: str, hours: str) -> str:
    """What a draft bills, in a few words: `12 entries of Nord & Co (9:30, 760.00 EUR)`."""
    count = counted(len(draft.entries), "entry", "entries")
    owner = f" of {draft.client}" if draft.client else ""
    return f"{count}{owner} ({', '.join(filter(None, (hours, amounts)))})"
