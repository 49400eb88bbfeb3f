"""The faces of invoices: list, add, remove."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.parameters import Argument
from clockeye_cli.cli.selecting import selecting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.typing import Annotated

Number = Annotated[
    str,
    Argument(
        metavar="NUMBER", help="The invoice number; outside for entries that were billed without clockeye."
    ),
]

invoices = Family(
    "List, add and remove invoices."
    "\n\nWithout a subcommand, lists the invoices. An entry is billed once and as a whole, with the period in"
    " which it begins, and can then no longer be changed. Invoices exist on this computer only, since"
    " ClockEye's API has none: `backup` includes them, `sync` neither sends nor loses them, and another"
    " computer can bill the same entries.",
    "clockeye invoices",
    "clockeye invoices add 2026-14 last month -p website",
    "clockeye report --invoice 2026-14",
)


@invoices.command(
    "list",
    "List the invoices.",
    "clockeye invoices list --json",
    "clockeye invoices list --save invoices.csv",
    "clockeye report --invoice 2026-14       # prints one",
    is_alone=True,
)
def invoices_list(run: Context, columns: o.Columns = "", save: o.Save = "", force: o.Force = False) -> None:
    """List the invoices."""
    from clockeye_cli.commands.invoices.list import list_invoices

    list_invoices(o.listing(run, columns, save=save, force=force))


@invoices.command(
    "add",
    "Bill a client's billable entries that are not on an invoice yet; this freezes their time and rates.",
    "clockeye invoices add 2026-14 last month -p website",
    "clockeye invoices add 2026-15 --all --not-project team -y",
    "clockeye invoices add outside --from 2020-01-01 --to 2025-12-31",
    writes=True,
)
@selecting
def invoices_add(
    run: Context, typed_period: TypedPeriod, wanted: Filter, number: Number, yes: o.Yes = False
) -> None:
    """Bill entries."""
    from clockeye_cli.commands.invoices.add import add_invoice

    add_invoice(o.answered(run, yes), number, typed_period, wanted)


@invoices.command(
    "remove",
    "Remove an invoice; its entries can be changed and billed again.",
    "clockeye invoices remove 2026-14",
    "clockeye undo",
    writes=True,
)
def invoices_remove(run: Context, number: Number) -> None:
    """Take an invoice back."""
    from clockeye_cli.commands.invoices.remove import remove_invoice

    remove_invoice(run, number)
