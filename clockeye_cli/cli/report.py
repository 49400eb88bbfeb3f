"""The face of report."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.cli.selecting import reporting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.totals import KEYS
from clockeye_cli.core.typing import TYPE_CHECKING, Annotated

if TYPE_CHECKING:
    from clockeye_cli.core.selection import Reading


def _top(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise ValueError(f"{text[:40]!r} is not a whole number over 0.")
    return int(text[:9])


@examples(
    "clockeye report --week",
    "clockeye report last month --by week,project --top 5",
    "clockeye report 2026-11 -p acme --save acme.csv",
)
@reporting
def report(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    how: "Reading",
    by: Annotated[
        str,
        Option(
            "--by",
            metavar="KEYS",
            help=f"{', '.join(KEYS)}; or several: week,project.",
        ),
    ] = "",
    rounding: Annotated[
        str,
        Option(
            "--round",
            metavar="RULE",
            help="Round billable time: by the settings, or a rule such as '15m up per day'; none.",
        ),
    ] = "",
    money: Annotated[bool, Option("--money", help="Show what billable time costs, by the settings.")] = False,
    source: Annotated[
        str,
        Option(
            "--source",
            metavar="entries|summary",
            help="summary: ClockEye's own totals, by project, user or day.",
        ),
    ] = "entries",
    compare: Annotated[
        bool, Option("--compare", help="Also show the period before, as many days of it as have passed.")
    ] = False,
    chart: o.Chart = None,
    top: Annotated[
        int | None,
        Option("--top", metavar="N", read=_top, help="Tables: only the N longest rows, the others as one."),
    ] = None,
) -> None:
    """The default is this week. A period of up to a week is shown as a timesheet, if on a terminal."""
    from clockeye_cli.commands.report.report import report

    run.listing = run.listing._replace(chart=chart)
    report(
        run,
        typed_period,
        wanted,
        by=by,
        source=source,
        how=how,
        rounding=rounding,
        money=money,
        compare=compare,
        top=top,
    )
