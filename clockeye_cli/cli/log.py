"""The face of log."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.selecting import of_invoice, reporting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.core.selection import Reading


@examples(
    "clockeye log yesterday",
    "clockeye log --week -p website",
    "clockeye log --search login -n 20",
    "clockeye log yesterday --chart",
)
@reporting
def log(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    how: "Reading",
    invoice: o.OnlyInvoice = "",
    count: o.Count = None,
    chart: o.Chart = None,
) -> None:
    """The default is today; with --search, --invoice or -n, everything.

    An entry over midnight counts on both days.
    """
    from clockeye_cli.commands.log import log

    wanted = of_invoice(wanted, invoice)

    run.listing = run.listing._replace(chart=chart)
    log(run, typed_period, wanted, count=count, how=how)
