"""The app as Typer sees it: the global options, and the table of commands."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli.faces import new_typer
from clockeye_cli.cli.options import COLORS
from clockeye_cli.cli.table import TableGroup
from clockeye_cli.context import Context, Options
from clockeye_cli.errors import UsageError
from clockeye_cli.output.formats import FORMATS, check

app = new_typer(cls=TableGroup, invoke_without_command=True)


@app.callback(
    help="Track your time from the command line.",
    epilog="`clockeye COMMAND --help` explains a command. Without a command, clockeye shows the timer.",
)
def root(
    ctx: typer.Context,
    profile: Annotated[str, typer.Option("--profile", "-P", metavar="NAME", help="Use this profile.")] = "",
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FORMAT", help=f"The output format: {', '.join(FORMATS)}."),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="The same as -o json.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print no success messages and no notices.")
    ] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask questions.")] = False,
    color: Annotated[str, typer.Option(metavar="WHEN", help="Colours: auto, always or never.")] = "auto",
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Read the global options."""
    if output:
        check(output)
    if json and output not in ("", "json"):
        raise UsageError(f"--json and -o {output} are two formats.", hint="Leave one of them out.")
    if color not in COLORS:
        raise UsageError(f"Unknown value for --color: {color[:40]!r}.", hint=f"Known: {', '.join(COLORS)}.")
    run: Context = ctx.obj
    run.choose(Options(profile, quiet, no_input, debug, color, "json" if json else output))
    if version:
        from clockeye_cli.commands.version import version as print_version

        print_version(run.world.stdout)
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from clockeye_cli.commands.status import status

        status(run, with_hint=True)
