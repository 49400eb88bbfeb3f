"""The face of export."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.cli.selecting import of_invoice, reading, selecting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.typing import Annotated
from clockeye_cli.output.formats import EXPORTS

ENDINGS = (".csv", ".tsv", ".json", ".ndjson", ".md", ".html", ".pdf", ".xlsx", *EXPORTS.values())


@examples(
    "clockeye export --save everything.json",
    "clockeye export last month -p acme --save acme.ics",
    "clockeye export 2026 -o csv > 2026.csv",
    "clockeye export -o timeclock | hledger -f timeclock:- balance",
    formats=tuple(EXPORTS),
)
@selecting
def export(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    invoice: o.OnlyInvoice = "",
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: Annotated[
        str,
        Option(
            "--save",
            metavar="FILE",
            help=f"A file to write to: {' '.join(ENDINGS)}",
        ),
    ] = "",
    force: o.Force = False,
    offline: o.Offline = False,
    refresh: o.Refresh = False,
) -> None:
    """The default period is everything. Other formats are ics (a calendar), klog and timeclock."""
    from clockeye_cli.commands.export import export

    how = reading(offline=offline, refresh=refresh)
    o.listing(run, columns, decimal, save, force)
    export(run, typed_period, of_invoice(wanted, invoice), how=how)
