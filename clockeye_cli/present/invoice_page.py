"""An invoice as a Document: who bills whom for what, as it was when it was billed."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.document import Document, Figure, Figures, Heading, Text
from clockeye_cli.present.hand_in import about
from clockeye_cli.tracking.billing import about_of

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.document import Block
    from clockeye_cli.store.bills import Bill


def invoice_page(ctx: Context, bill: Bill, lines: Table, person: str | None) -> Document:
    """The page of an invoice.

    Args:
        ctx: For the clock, the zone and, where none was kept with the invoice, the sender.
        bill: The invoice.
        lines: Its lines, as `lines_table` gives them.
        person: The profile's own user, who bills if the settings name no sender; None if unknown.
    """
    kept, meta = about_of(bill), lines.meta
    client = kept.get("recipient") or [kept["client"]] * bool(kept.get("client"))
    parties = about(ctx, person, client)
    if sender := kept.get("sender"):
        parties = parties._replace(sender=tuple(sender))
    total = dict(zip((column.key for column in lines.columns), lines.total or (), strict=False))
    figures = [
        Figure("date", "Date", meta["issued_on"], "text"),
        Figure("from", "First day", meta["from"], "text"),
        Figure("to", "Last day", meta["to"], "text"),
        Figure("entries", "Entries", meta["entries"], "count"),
        Figure("duration", "Total", total["duration"]),
        Figure("rounded_duration", "Rounded", total["rounded_duration"]),
        *(Figure("amounts", "Amount", (each,), "money") for each in total["amounts"]),
    ]
    blocks: tuple[Block, ...] = (
        Figures(tuple(each for each in figures if each.value is not None)),
        Heading("Lines"),
        lines._replace(heading="By project"),
        *(Text(f"{rule}.") for rule in kept.get("rules", [])),
    )
    return Document(f"Invoice {bill.number}", parties, blocks)
