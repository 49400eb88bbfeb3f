"""The faces for shells: prompt, completion."""

from clockeye_cli.cli import options as o
from clockeye_cli.cli.faces import examples
from clockeye_cli.cli.parameters import Argument, Option
from clockeye_cli.context import Context
from clockeye_cli.core.typing import Annotated


@examples(
    "clockeye prompt",
    "PS1='$(clockeye prompt --shell bash) \\$ '",
    "clockeye prompt --format '{project} {elapsed}'",
)
def prompt(
    run: Context,
    template: Annotated[
        str,
        Option(
            "--format",
            metavar="TEMPLATE",
            help="A template with {project}, {description}, {work}, {elapsed}, {today} or {attention}.",
        ),
    ] = "",
    shell: Annotated[
        str,
        Option(
            "--shell",
            metavar="SHELL",
            help="Escape the text for the prompt of this shell: bash, zsh or fish.",
        ),
    ] = "",
) -> None:
    """Prints nothing if no timer is running, and nothing that a shell would expand."""
    from clockeye_cli.commands.prompt import prompt

    prompt(o.in_a_hurry(run), template=template, shell=shell)


@examples(
    "clockeye completion bash --install",
    "clockeye completion bash --install --alias c",
    "clockeye completion fish",
)
def completion(
    run: Context,
    shell: Annotated[str, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")],
    install: Annotated[
        bool, Option("--install", help="Install the script in the shell's completion folder.")
    ] = False,
    alias: Annotated[
        str,
        Option(
            "--alias", metavar="WORD", help="Also make this word a shell alias of clockeye, with completion."
        ),
    ] = "",
    force: Annotated[bool, Option("--force", help="Overwrite a file that clockeye did not create.")] = False,
) -> None:
    """Once installed, TAB completes commands, options, projects and recent descriptions."""
    from clockeye_cli.cli.completion import script
    from clockeye_cli.commands.completion import install_completion, print_completion

    text = script(shell, alias)
    if install:
        install_completion(run, shell, text, alias=alias, force=force)
    else:
        print_completion(run, shell, text)
