"""`clockeye invoices remove`: remove an invoice; its entries can be changed and billed again."""

from __future__ import annotations

from clockeye_cli.core.phrases import counted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.present.invoices import COLUMNS, invoice_table
from clockeye_cli.tracking import billing

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape(COLUMNS, is_list=True)


def remove_invoice(ctx: Context, number: str) -> None:
    """Take an invoice back, so that its entries can be changed and billed again.

    Args:
        ctx: The run.
        number: Its number.
    """
    with ctx.write() as write:
        table = invoice_table(write.connection, [billing.find(write.connection, number)])
        bill, count = billing.remove(write, number)
    ctx.out.done(
        [
            f"Removed the invoice {bill.number}: {counted(count, 'entry', 'entries')} can be billed again.",
            "`clockeye undo` reverts this.",
        ],
        table,
    )
