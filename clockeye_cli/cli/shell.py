"""The faces of what a shell asks for: prompt, completion."""

from __future__ import annotations

from typing import Annotated

import typer

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples


@examples(
    "clockeye prompt",
    "PS1='$(clockeye prompt --shell bash) \\$ '",
    "clockeye prompt --format '{project} {elapsed}'",
)
def prompt(
    ctx: typer.Context,
    template: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="TEMPLATE",
            help="With {project}, {description}, {work}, {elapsed} and {today}.",
        ),
    ] = "",
    shell: Annotated[
        str, typer.Option("--shell", metavar="SHELL", help="bash, zsh or fish: whose prompt it is.")
    ] = "",
) -> None:
    """Prints nothing when no timer runs, and nothing that a shell would expand."""
    from clockeye_cli.commands.prompt import prompt

    prompt(o.in_a_hurry(ctx), template=template, shell=shell)


@examples(
    "clockeye completion bash --install",
    "clockeye completion zsh --install --force",
    "clockeye completion fish",
)
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
    install: Annotated[
        bool, typer.Option("--install", help="Write it into your folder for it, and say where.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file there that clockeye has not made.")
    ] = False,
) -> None:
    """The TAB key then offers commands, options, your projects and what you worked on last."""
    from clockeye_cli.cli.completion import script
    from clockeye_cli.commands.completion import install_completion, print_completion

    if install:
        install_completion(ctx.obj, shell, script(shell), force=force)
    else:
        print_completion(ctx.obj, shell, script(shell))
