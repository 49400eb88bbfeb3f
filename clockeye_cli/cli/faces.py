"""Building faces: a function that Typer reads, with examples, or a Typer group of several commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import typer
import typer.core

from clockeye_cli.core.nearest import unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.errors import ClockeyeError

SHARED = (
    "Global options, before or after the command: -P/--profile NAME, -o/--output FORMAT, --json,"
    " -q/--quiet, --no-input, --debug, --color WHEN. `clockeye --help` explains them."
)


class Face(NamedTuple):
    """The user's view of a command.

    Attributes:
        run: Called by Typer; its parameters are those of the command.
        examples: Command lines that do something useful.
    """

    run: Callable[..., None]
    examples: tuple[str, ...]

    @property
    def about(self) -> str:
        """The text of the help after its first line."""
        return self.run.__doc__ or ""


def examples(*lines: str) -> Callable[[Callable[..., Any]], Face]:
    """Decorate a function as a face with these examples."""
    return lambda run: Face(run, lines)


class Group(typer.core.TyperGroup):
    """A command with subcommands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named by the first argument; the error for a typo suggests the nearest one."""
        if args[0] not in self.list_commands(ctx):
            raise unknown_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)


def unknown_command(word: str, names: list[str], path: str) -> ClockeyeError:
    """The error for a word that is not among the commands `names` of `path`."""
    return unknown("command", word, names, form=f"`{path} {{}}`", hint=f"`{path} --help` lists them all.")


def new_typer(*, cls: type[Group] = Group, **settings: Any) -> typer.Typer:
    """A Typer without its markup, completion and tracebacks, which we replace."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )


def epilog(examples: tuple[str, ...]) -> str:
    """The text below a command's help; the backspace keeps Typer from rewrapping the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}\n\n{SHARED}"


def subcommand(
    group: typer.Typer, name: str, about: str, *examples: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Decorate a function as a command of a group, with its help and examples."""
    return group.command(name, help=about, short_help=about, epilog=epilog(examples))
