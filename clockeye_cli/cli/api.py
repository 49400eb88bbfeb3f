"""The face of raw requests: api."""

from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye api /users",
    "clockeye api /time-entries --paginate",
    "clockeye api /projects -f name=acme",
)
def api(
    run: Context,
    path: Annotated[str, Argument(metavar="PATH", help="The path, such as /time-entries.")],
    method: Annotated[str, Option("-X", "--method", metavar="METHOD", help="GET, POST, PUT or DELETE.")] = "",
    texts: Annotated[
        list[str] | None,
        Option("-f", "--field", metavar="KEY=TEXT", help="Add a text field; repeatable."),
    ] = None,
    values: Annotated[
        list[str] | None,
        Option(
            "-F",
            "--typed-field",
            metavar="KEY=VALUE",
            help="Add a field: a number, true, false, null or text; repeatable.",
        ),
    ] = None,
    file: Annotated[
        str,
        Option("--input", metavar="FILE", help="Read the body from this file; - for standard input."),
    ] = "",
    paginate: Annotated[bool, Option("--paginate", help="Read all pages and combine them.")] = False,
) -> None:
    """Uses the profile's key, and prints the response unchanged."""
    from clockeye_cli.commands.api import api

    api(run, path, method=method, texts=texts or (), values=values or (), file=file, paginate=paginate)
