"""`clockeye invoices list`: what was billed, oldest first."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.present.invoices import COLUMNS, invoice_table
from clockeye_cli.store import bills

if TYPE_CHECKING:
    from clockeye_cli.context import Context

EMPTY = "No invoices yet; `clockeye invoices add NUMBER PERIOD` bills the time of a period."

SHAPE = JsonShape(COLUMNS, is_list=True)


def list_invoices(ctx: Context) -> None:
    """List the invoices; one whose entries all moved to another profile is listed there."""
    ctx.out.check_save()
    with ctx.store.read() as connection:
        listed = [bill for bill in bills.every(connection) if bills.billed_by(connection, bill.id)]
        table = invoice_table(connection, listed, EMPTY)
    ctx.out.table(table)
