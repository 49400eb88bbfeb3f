"""The faces of help: help, man."""

from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Argument
from clockeye_cli.cli.table import BY_NAME
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated
from clockeye_cli.errors import UsageError


@examples("clockeye help times", "clockeye help projects add", "clockeye help exit-codes")
def topic(
    run: Context,
    words: Annotated[
        list[str] | None,
        Argument(metavar="[TOPIC|COMMAND]...", help="Default: the list of commands."),
    ] = None,
) -> None:
    """Topics are times, durations, formats, exit-codes, environment and sync.

    For a command, the same as --help. With --json, the same as `clockeye schema`.
    """
    from clockeye_cli.cli.aliases import expanded
    from clockeye_cli.commands.help import TOPICS, print_help

    words = words if words and words[0] in TOPICS else expanded(words or [], run)
    if run.options.format == "json" and (not words or words[0] in BY_NAME):
        from clockeye_cli.cli.agents import schema

        schema.run(run, words)
        return
    from clockeye_cli.cli import typer_reader  # late: a program that asks for JSON need not wait for Typer

    if not words or (words[0] in BY_NAME and words != ["sync"]):  # sync is also a topic
        typer_reader.read([*words, "--help"], run)
        return
    if words[0] not in TOPICS:
        from clockeye_cli.cli import slips

        raise slips.unknown_topic(words[0], [*TOPICS], "help")
    if words[1:]:
        raise UsageError(
            f"The topic {words[0]} has no part {' '.join(words[1:])[:40]!r}.",
            hint=f"`clockeye help {words[0]}` shows all of it.",
        )
    formatter = typer_reader.context(run=run).make_formatter()
    for heading, parts in TOPICS[words[0]]().items():
        with formatter.section(heading):
            for place, part in enumerate(parts):
                if place:
                    formatter.write_paragraph()
                if isinstance(part, str):
                    formatter.write_text(part)
                else:
                    formatter.write_dl(part)
    print_help(run, formatter.getvalue())


@examples("clockeye man", "clockeye man report", "clockeye man serve")
def man(
    run: Context,
    command: Annotated[str, Argument(metavar="[COMMAND]", help="Default: the page of clockeye.")] = "",
) -> None:
    """On a terminal, the page opens in `man`; otherwise it is printed as roff."""
    from clockeye_cli.cli import slips
    from clockeye_cli.cli.man import page
    from clockeye_cli.commands.man import man

    if command and command not in BY_NAME:
        raise slips.unknown_topic(command, [], "man")
    man(run, page(command), command)
