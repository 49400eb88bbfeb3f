"""The face of report."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.cli.selecting import reporting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.totals import KEYS
from clockeye_cli.core.typing import TYPE_CHECKING, Annotated
from clockeye_cli.errors import UsageError

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
    "clockeye report last month -p acme --save acme.html --open",
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
            is_joined=True,
        ),
    ] = "",
    rounding: Annotated[
        str,
        Option(
            "--round",
            metavar="RULE",
            help="Round billable time by the settings, or by a rule such as '15m up per day'; none.",
        ),
    ] = "",
    money: Annotated[bool, Option("--money", help="Show what billable time costs.")] = False,
    source: Annotated[
        str,
        Option(
            "--source",
            metavar="entries|summary",
            help="summary: ClockEye's own totals, by project, user or day.",
        ),
    ] = "entries",
    compare: Annotated[
        bool,
        Option("--compare", help="Compare with the same number of days of the period before."),
    ] = False,
    opened: Annotated[bool, Option("--open", help="Open the saved file.")] = False,
    invoice: Annotated[
        str, Option("--invoice", metavar="NUMBER", help="Print this invoice, exactly as it was billed.")
    ] = "",
    chart: o.Chart = None,
    top: Annotated[
        int | None,
        Option("--top", metavar="N", read=_top, help="In tables: the N longest rows, and the others as one."),
    ] = None,
) -> None:
    """The default is this week. On a terminal, up to a week is shown as a timesheet."""
    if invoice:
        options = (
            by,
            money,
            rounding,
            compare,
            source != "entries",
            how == "refresh",
            chart,
            top is not None,
        )
        is_alone = not any(options) and typed_period == TypedPeriod() and wanted == Filter()
        _show_invoice(run, invoice, is_alone=is_alone, opened=opened)
        return
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
        opened=opened,
        top=top,
    )


def _show_invoice(run: Context, number: str, *, is_alone: bool, opened: bool) -> None:
    if not is_alone:
        raise UsageError("--invoice prints a whole invoice.", hint="Leave the other options out.")
    from clockeye_cli.commands.invoices.show import show_invoice

    show_invoice(run, number, opened=opened)
