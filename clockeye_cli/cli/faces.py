"""What faces are made of: a function that Typer reads with its examples, or a Typer of several commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import typer
import typer.core

from clockeye_cli.core.nearest import unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.errors import ClockeyeError

SHARED = (
    "Options for all commands, before the command or after it: -P/--profile NAME, -o/--output FORMAT, --json,"
    " -q/--quiet, --no-input, --debug, --color WHEN. `clockeye --help` explains them."
)


class Face(NamedTuple):
    """A command as people see it.

    Attributes:
        run: What Typer calls; its parameters are the command's.
        examples: Command lines that do something real.
    """

    run: Callable[..., None]
    examples: tuple[str, ...]

    @property
    def about(self) -> str:
        """What the help says after its first line."""
        return self.run.__doc__ or ""


def examples(*lines: str) -> Callable[[Callable[..., Any]], Face]:
    """Make a face of a function, with its examples."""
    return lambda run: Face(run, lines)


class Group(typer.core.TyperGroup):
    """Commands behind a word."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the first argument names; for a slip, the nearest one is named."""
        if args[0] not in self.list_commands(ctx):
            raise unknown_command(args[0], self.list_commands(ctx), ctx.command_path)
        return super().resolve_command(ctx, args)


def unknown_command(word: str, known: list[str], path: str) -> ClockeyeError:
    """What to raise for a command that is not among those behind `path`."""
    return unknown("command", word, known, form=f"`{path} {{}}`", hint=f"`{path} --help` lists them all.")


def new_typer(*, cls: type[Group] = Group, **settings: Any) -> typer.Typer:
    """A Typer without what we do otherwise: markup, completion, tracebacks full of values."""
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        **settings,
    )


def epilog(examples: tuple[str, ...]) -> str:
    """What stands under a command's help; the backspace keeps Typer from filling the lines."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}\n\n{SHARED}"


def subcommand(
    group: typer.Typer, name: str, about: str, *examples: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command of a group, with its help and its examples."""
    return group.command(name, help=about, short_help=about, epilog=epilog(examples))
