"""The faces for programs that run this one: schema, skill, mcp."""

from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples("clockeye schema", "clockeye schema add", "clockeye schema projects edit")
def schema(
    run: Context,
    words: Annotated[
        list[str] | None, Argument(metavar="[COMMAND]...", help="Default: all commands.")
    ] = None,
) -> None:
    """The arguments and options of each command, with their types, choices, defaults and help, and all codes.

    With COMMAND, also the JSON Schema of what it prints with --json, and of errors.
    `clockeye help --json` prints the same.
    """
    from clockeye_cli.cli.declarations import declared
    from clockeye_cli.cli.shapes import shapes
    from clockeye_cli.commands.schema import schema

    name = " ".join(words or [])
    content = declared(name)
    if not content["commands"]:
        from clockeye_cli.cli import slips

        raise slips.unknown_topic(name, [], "schema")
    names = [command["name"] for command in content["commands"]]
    schema(run, content, shapes(names) if words else None)


@examples("clockeye skill", "clockeye skill --install .claude/skills", "clockeye skill --json")
def skill(
    run: Context,
    install: Annotated[
        str,
        Option("--install", metavar="DIR", help="Install it in this folder of skills, as clockeye/SKILL.md."),
    ] = "",
) -> None:
    """A skill file is Markdown that tells an agent when and how to use a program."""
    from clockeye_cli.cli.skill import skill
    from clockeye_cli.commands.skill import install_skill, print_skill

    if install:
        install_skill(run, skill(), install)
    else:
        print_skill(run, skill())


@examples("clockeye mcp", "clockeye mcp -P work", "clockeye mcp --help")
def mcp(run: Context) -> None:
    """The tools are status, start, stop, add, edit, log, report and undo, on standard input and output.

    Each runs the command of its name. It needs the optional part `mcp`.
    """
    from clockeye_cli import __version__
    from clockeye_cli.commands.mcp.server import mcp

    mcp(run, run.session.run_line, __version__)
