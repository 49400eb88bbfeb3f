"""The faces for shells: prompt, completion."""

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
            help="A text with {project}, {description}, {work}, {elapsed} or {today}.",
        ),
    ] = "",
    shell: Annotated[
        str,
        typer.Option(
            "--shell",
            metavar="SHELL",
            help="Escape the text for the prompt of this shell: bash, zsh or fish.",
        ),
    ] = "",
) -> None:
    """Prints nothing if no timer is running, and nothing that a shell would expand."""
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
        bool, typer.Option("--install", help="Install the script in the shell's completion folder.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite a file that clockeye did not create.")
    ] = False,
) -> None:
    """Once installed, TAB completes commands, options, projects and recent descriptions."""
    from clockeye_cli.cli.completion import script
    from clockeye_cli.commands.completion import install_completion, print_completion

    if install:
        install_completion(ctx.obj, shell, script(shell), force=force)
    else:
        print_completion(ctx.obj, shell, script(shell))
