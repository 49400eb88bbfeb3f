"""The face of the account's pictures: screenshots."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Option
from clockeye_cli.cli.selecting import selecting
from clockeye_cli.context import Context
from clockeye_cli.core.selection import Filter, TypedPeriod
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye screenshots",
    "clockeye screenshots last month -p website --download pictures",
    "clockeye screenshots --today --user all --save today.html",
)
@selecting
def screenshots(
    run: Context,
    typed_period: TypedPeriod,
    wanted: Filter,
    download: Annotated[
        str, Option("--download", metavar="DIR", help="Download the pictures to this folder.")
    ] = "",
    columns: o.Columns = "",
    save: Annotated[
        str,
        Option("--save", metavar="FILE", help="Save to a file: .html (contact sheet), .csv, .md …"),
    ] = "",
    force: o.Force = False,
) -> None:
    """The default period is this week. Filters leave out screenshots whose entry is unknown."""
    from clockeye_cli.commands.screenshots import screenshots

    screenshots(o.listing(run, columns, save=save, force=force), typed_period, wanted, download=download)
