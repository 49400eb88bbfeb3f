"""`clockeye report --invoice NO`: the lines of an invoice, exactly as they were billed."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.invoices import lines_table
from clockeye_cli.tracking.billing import about_of, find

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def show_invoice(ctx: Context, number: str) -> None:
    """Print an invoice: the projects, hours, rates and amounts that were frozen.

    Args:
        ctx: The run.
        number: Its number.
    """
    ctx.out.check_save()
    with ctx.store.read() as connection:
        bill = find(connection, number)
        table = lines_table(connection, bill)
    ctx.out.table(table)
    for rule in about_of(bill).get("rules", []):
        ctx.out.notice(f"{rule}.")
