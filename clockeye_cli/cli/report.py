"""The face of report."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.totals import KEYS
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye report --week",
    "clockeye report last month --by week,project",
    "clockeye report 2026-11 -p acme --save acme.csv",
)
@o.selecting
def report(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    by: Annotated[
        str,
        Option(
            "--by",
            metavar="KEYS",
            help=f"{', '.join(KEYS)}; or several: week,project.",
        ),
    ] = "",
    source: Annotated[
        str,
        Option(
            "--source",
            metavar="entries|summary",
            help="summary: ClockEye's own totals, by project, user or day.",
        ),
    ] = "entries",
    columns: o.Columns = "",
    decimal: o.Decimal = False,
    save: o.Save = "",
    force: o.Force = False,
    offline: o.Offline = False,
    refresh: o.Refresh = False,
) -> None:
    """The default is this week. A period of up to a week is shown as a timesheet, if on a terminal."""
    from clockeye_cli.commands.report.report import report

    how = o.reading(offline=offline, refresh=refresh)
    report(o.listing(run, columns, decimal, save, force), typed_period, wanted, by=by, source=source, how=how)
