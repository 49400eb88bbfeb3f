"""The faces of help: help, man."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli.faces import examples, unknown_command
from clockeye_cli.cli.table import BY_NAME


@examples("clockeye help times", "clockeye help projects add", "clockeye help exit-codes")
def topic(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC|COMMAND]...", help="Default: the list of commands."),
    ] = None,
) -> None:
    """Topics are times, formats, exit-codes, environment and sync. For a command, the same as --help."""
    from clockeye_cli.commands.help import print_help
    from clockeye_cli.commands.help import topic as topic_parts

    words = words or []
    if not words or (words[0] in BY_NAME and words != ["sync"]):  # sync is also a topic
        root = ctx.find_root()
        root.command.main([*words, "--help"], prog_name=root.info_name, obj=ctx.obj, standalone_mode=False)
        return
    formatter = ctx.make_formatter()
    for heading, parts in topic_parts(words[0], BY_NAME).items():
        with formatter.section(heading):
            for place, part in enumerate(parts):
                if place:
                    formatter.write_paragraph()
                if isinstance(part, str):
                    formatter.write_text(part)
                else:
                    formatter.write_dl(part)
    print_help(ctx.obj, formatter.getvalue())


@examples("clockeye man", "clockeye man report", "clockeye man serve")
def man(
    ctx: typer.Context,
    command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="Default: the page of clockeye.")] = "",
) -> None:
    """On a terminal, the page opens in `man`; otherwise it is printed as roff."""
    from clockeye_cli.cli.man import page
    from clockeye_cli.commands.man import man

    if command and command not in BY_NAME:
        raise unknown_command(command, list(BY_NAME), "clockeye")
    man(ctx.obj, page(command), command)
