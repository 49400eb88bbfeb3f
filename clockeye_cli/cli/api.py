"""The face of raw requests: api."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli.faces import examples


@examples(
    "clockeye api /users",
    "clockeye api /time-entries --paginate",
    "clockeye api /projects -f name=acme",
)
def api(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help="The path, such as /time-entries.")],
    method: Annotated[
        str, typer.Option("-X", "--method", metavar="METHOD", help="GET, POST, PUT or DELETE.")
    ] = "",
    texts: Annotated[
        list[str] | None,
        typer.Option("-f", "--field", metavar="KEY=TEXT", help="Add a text field; repeatable."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option(
            "-F",
            "--typed-field",
            metavar="KEY=VALUE",
            help="Add a field: a number, true, false, null or text; repeatable.",
        ),
    ] = None,
    file: Annotated[
        str,
        typer.Option("--input", metavar="FILE", help="Read the body from this file; - for standard input."),
    ] = "",
    paginate: Annotated[bool, typer.Option("--paginate", help="Read all pages and combine them.")] = False,
) -> None:
    """Uses the profile's key, and prints the response unchanged."""
    from clockeye_cli.commands.api import api

    api(ctx.obj, path, method=method, texts=texts or (), values=values or (), file=file, paginate=paginate)
