"""`clockeye report --invoice NO`: the lines of an invoice, exactly as they were billed."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.invoices import lines_table
from clockeye_cli.present.opened import check_open, open_saved
from clockeye_cli.store import users
from clockeye_cli.tracking.billing import about_of, find

if TYPE_CHECKING:
    from clockeye_cli.context import Context


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
        table, me = lines_table(connection, bill), users.own(connection)
        person = next((user.email for user in users.every(connection) if user.id == me), None)
    document = None
    if ctx.out.page_format:
        from clockeye_cli.present.invoice_page import invoice_page  # late: few invoices are saved

        document = invoice_page(ctx, bill, table, person)
    ctx.out.table(table, page=document)
    open_saved(ctx, opened=opened)
    for rule in about_of(bill).get("rules", []):
        ctx.out.notice(f"{rule}.")
