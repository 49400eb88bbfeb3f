"""`clockeye report --invoice NO`: the lines of an invoice, exactly as they were billed."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.invoices import invoice_page, lines_table
from clockeye_cli.present.opened import check_open, open_saved
from clockeye_cli.store import clients
from clockeye_cli.tracking.billing import about_of, find

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.document import Document
    from clockeye_cli.store.bills import Bill
    from clockeye_cli.store.database import Connection


def show_invoice(ctx: Context, number: str, *, opened: bool = False) -> None:
    """Print an invoice: the projects, hours, rates and amounts that were frozen.

    Args:
        ctx: The run.
        number: Its number.
        opened: Open the saved file.

    Raises:
        UsageError: There is no file to open.
        ClashError: There is no such invoice.
    """
    ctx.out.check_save()
    check_open(ctx, opened=opened)
    with ctx.store.read() as connection:
        bill = find(connection, number)
        table = lines_table(connection, bill)
        page = _page(ctx, connection, bill, table) if ctx.out.page_format else None
    ctx.out.table(table, page=page)
    open_saved(ctx, opened=opened)
    for rule in about_of(bill).get("rules", []):
        ctx.out.notice(f"{rule}.")


def _page(ctx: Context, connection: Connection, bill: Bill, table: Table) -> Document:
    """The invoice as a document, from the sender of the settings to the client, with the address of today."""
    from clockeye_cli.interpret.terms import addressed, parties_of
    from clockeye_cli.present.hand_in import about  # late: most invoices are printed in a terminal

    name = table.meta["client"]
    client = addressed(ctx, name, bill.client_id or "", clients.names(connection)) if name else ()
    return invoice_page(bill, table, about(ctx, parties_of(connection).person, client))
