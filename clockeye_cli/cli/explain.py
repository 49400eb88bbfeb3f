"""The faces of what explains: help, man."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli import app
from clockeye_cli.cli.examples import examples


@examples("clockeye help times", "clockeye help projects add", "clockeye help exit-codes")
def topic(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TOPIC|COMMAND]...", help="Without it: the commands.")
    ] = None,
) -> None:
    """Topics are times, formats, exit-codes, environment and sync. Of a command it is what --help gives."""
    from clockeye_cli.commands import help as run

    words = words or []
    if not words or (words[0] in app.BY_NAME and words != ["sync"]):  # it is a topic, too
        app.main([*words, "--help"], ctx.obj)
        return
    formatter = ctx.make_formatter()
    for heading, parts in run.topic(words[0], app.BY_NAME).items():
        with formatter.section(heading):
            for place, part in enumerate(parts):
                if place:
                    formatter.write_paragraph()
                if isinstance(part, str):
                    formatter.write_text(part)
                else:
                    formatter.write_dl(part)
    run.run(ctx.obj, formatter.getvalue())


@examples("clockeye man", "clockeye man report", "clockeye man serve")
def man(
    ctx: typer.Context,
    command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="Without it: of clockeye.")] = "",
) -> None:
    """At a terminal `man` shows it; elsewhere it is printed as roff."""
    from clockeye_cli.cli.man import page
    from clockeye_cli.commands import man as run

    if command and command not in app.BY_NAME:
        raise app.unknown_command(command, list(app.BY_NAME), "clockeye")
    run.run(ctx.obj, page(command), command)
