"""Faces: what the user sees of a command, as a function with its parameters, help and examples."""

from clockeye_cli.cli.parameters import Option, Parameter, parameters
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.output.formats import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from clockeye_cli.context import Context

DRY_RUN = {
    "dry_run": Parameter(
        bool,
        Option("--dry-run", help="Check everything and show the result, but store and send nothing."),
        False,
    )
}
"""The option of all commands that write the store."""


class Face(NamedTuple):
    """A command.

    Attributes:
        run: Takes the run's Context, and the values of the parameters by name.
        parameters: The parameters by name, in the order of the help.
        help: The help, without the examples.
        examples: Command lines that do something useful.
        formats: The values of `-o` that only this command has.
    """

    run: "Callable[..., None]"
    parameters: dict[str, Parameter]
    help: str
    examples: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    def carry_out(self, run: "Context", values: "dict[str, Any]") -> None:
        """Run the command with the values of its parameters.

        Raises:
            UsageError: `-o` names a format of another command.
        """
        chosen = run.options.format
        if chosen in EXPORTS and chosen not in self.formats:
            raise UsageError(
                f"Only `clockeye export` writes {chosen}.",
                hint=f"`clockeye export --save times{EXPORTS[chosen]}` writes all entries.",
            )
        if values.pop("dry_run", False):
            run.choose(run.options._replace(dry_run=True))
        self.run(run, **values)


class Family:
    """A command with subcommands.

    Args:
        help: Its help.
        examples: Command lines that do something useful.

    Attributes:
        alone: What it does without a subcommand; None if it needs one.
        members: The subcommands by name.
    """

    def __init__(self, help: str, *examples: str) -> None:  # noqa: A002 (the word of Face)
        self.help = help
        self.examples = examples
        self.alone: Face | None = None
        self.members: dict[str, Face | Family] = {}

    def run_alone(self, run: "Callable[..., None]") -> "Callable[..., None]":
        """Decorate the function that runs if no subcommand is given."""
        self.alone = Face(run, parameters(run), self.help)
        return run

    def command(
        self, name: str, about: str, *examples: str, is_alone: bool = False, writes: bool = False
    ) -> "Callable[[Callable[..., None] | Face], Callable[..., None] | Face]":
        """Decorate a function as a subcommand, with its help and examples.

        Args:
            name: What is typed.
            about: The help.
            examples: Command lines that do something useful.
            is_alone: Whether its arguments and options may also be typed without its name.
            writes: Whether it writes the store, and so has `--dry-run`.
        """

        def register(run: "Callable[..., None] | Face") -> "Callable[..., None] | Face":
            face = run if isinstance(run, Face) else Face(run, parameters(run), about)
            face = _with_dry_run(face, writes)._replace(help=about, examples=examples)
            self.members[name] = face
            if is_alone:
                self.alone = face
            return run

        return register

    @property
    def default(self) -> str:
        """The subcommand that is meant if none is named; empty if there is none, or `alone` is another."""
        return next((name for name, member in self.members.items() if member is self.alone), "")

    def faces(self) -> "Iterator[Face]":
        """What it does alone, and its subcommands at all levels."""
        if self.alone:
            yield self.alone
        for member in self.members.values():
            yield from member.faces() if isinstance(member, Family) else (member,)


def examples(
    *lines: str, formats: tuple[str, ...] = (), writes: bool = False
) -> "Callable[[Callable[..., None] | Face], Face]":
    """Decorate a function as a face with these examples, and with formats that only it has.

    One that writes the store has `--dry-run`.
    """

    def make(run: "Callable[..., None] | Face") -> Face:
        face = run if isinstance(run, Face) else Face(run, parameters(run), run.__doc__ or "")
        return _with_dry_run(face, writes)._replace(examples=lines, formats=formats)

    return make


def _with_dry_run(face: Face, writes: bool) -> Face:
    return face._replace(parameters=face.parameters | DRY_RUN) if writes else face
