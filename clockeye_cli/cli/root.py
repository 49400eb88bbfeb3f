"""The command itself: the global options, and what `clockeye` does without a command."""

from clockeye_cli.cli.faces import Face
from clockeye_cli.cli.options import COLORS
from clockeye_cli.cli.parameters import Option, parameters
from clockeye_cli.context import Context, Options
from clockeye_cli.core.typing import Annotated
from clockeye_cli.errors import UsageError
from clockeye_cli.output.formats import EXPORTS, FORMATS, check, check_stream


def root(
    run: Context,
    profile: Annotated[str, Option("--profile", "-P", metavar="NAME", help="Use this profile.")] = "",
    output: Annotated[
        str,
        Option("--output", "-o", metavar="FORMAT", help=f"The output format: {', '.join(FORMATS)}."),
    ] = "",
    json: Annotated[bool, Option("--json", help="The same as -o json.")] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Print no success messages and no notices.")] = False,
    no_input: Annotated[bool, Option("--no-input", help="Never ask questions.")] = False,
    color: Annotated[str, Option("--color", metavar="WHEN", help="Colours: auto, always or never.")] = "auto",
    debug: Annotated[bool, Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[bool, Option("--version", help="Print the version.")] = False,
) -> bool:
    """Give the run its options.

    Returns:
        Whether a command follows; False once the version has been printed.

    Raises:
        UsageError: A value is unknown, two formats were given, or one that is not for terminals.
    """
    if output:
        if output not in EXPORTS:
            check(output)
        if not any(word.startswith("--save") for word in run.args):
            check_stream(output, run.world.stdout)
    if json and output not in ("", "json"):
        raise UsageError(f"--json and -o {output} cannot be used together.", hint="Leave one of them out.")
    if color not in COLORS:
        raise UsageError(f"Unknown value for --color: {color[:40]!r}.", hint=f"Known: {', '.join(COLORS)}.")
    run.choose(Options(profile, quiet, no_input, debug, color, "json" if json else output))
    if version:
        from clockeye_cli.commands.version import version as print_version

        print_version(run.world.stdout)
    return not version


GLOBAL = parameters(root)
"""The global options by the name of the parameter."""


def alone(run: Context) -> None:
    """Show the timer, and how to go on."""
    from clockeye_cli.commands.status import status

    status(run, with_hint=True)


ALONE = Face(alone, {}, "")
