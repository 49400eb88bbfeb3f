"""What a command takes: its options and arguments as plain values, which both readers share.

A face says of each parameter `Annotated[kind, Option(...)]` or `Annotated[kind, Argument(...)]`. A
`list[str]` may be repeated, or takes all remaining words; an option without a metavar is a flag.
"""

# No `from __future__ import annotations` in this room: the readers use the annotations of faces as objects.

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

REQUIRED = object()
"""The default of a parameter that must be given."""


class Declaration(NamedTuple):
    """An option or an argument, without the kind of its value.

    Attributes:
        names: `--project` and `-p`; empty for an argument.
        off_names: `--no-billable`, which turns a flag off.
        metavar: The placeholder of the value in the help; empty for a flag.
        help: What it does.
        read: Makes the value of its text, or raises ValueError with a sentence; None: by the kind.
        may_be_empty: Whether an empty text is a value.
        is_hidden: Whether help and completion leave it out: a form that stays for those who know it.
        is_joined: Whether its value is a list with commas, so that `--by day --by tag` is `--by day,tag`.
    """

    names: tuple[str, ...]
    off_names: tuple[str, ...]
    metavar: str
    help: str
    read: "Callable[[str], object] | None"
    may_be_empty: bool = False
    is_hidden: bool = False
    is_joined: bool = False


class Parameter(NamedTuple):
    """A parameter of a face.

    Attributes:
        kind: The type of its value.
        declaration: How it is written on the command line.
        default: Its value if it is not given, or REQUIRED.
    """

    kind: object
    declaration: Declaration
    default: object

    @property
    def names(self) -> tuple[str, ...]:
        """All its names on the command line; none for an argument."""
        return (*self.declaration.names, *self.declaration.off_names)

    @property
    def is_flag(self) -> bool:
        """Whether it is an option without a value."""
        return bool(self.names) and not self.declaration.metavar

    @property
    def is_list(self) -> bool:
        """Whether it may be given several times."""
        return self.kind in (list[str], list[str] | None)

    @property
    def is_joined(self) -> bool:
        """Whether its values are joined by commas if it is given several times."""
        return self.declaration.is_joined

    def value(self, text: str) -> object:
        """The value of a text, or one of its values.

        Raises:
            ValueError: The text is no such value, or empty: as in `--from "$T"`, where T is not set.
        """
        if not text and not self.declaration.may_be_empty:
            raise ValueError(
                f"an empty value.{' Leave the option out if it is not needed.' if self.names else ''}"
            )
        read = self.declaration.read or (int if self.kind is int else str)
        return read(text)


def Option(  # noqa: N802 (reads like the type that it declares)
    *names: str,
    metavar: str = "",
    help: str,  # noqa: A002 (Typer's word)
    read: "Callable[[str], object] | None" = None,
    may_be_empty: bool = False,
    is_hidden: bool = False,
    is_joined: bool = False,
) -> Declaration:
    """Declare an option; `--billable/--no-billable` is a flag with a name that turns it off."""
    pairs = [name.partition("/") for name in names]
    return Declaration(
        tuple(on for on, _, _ in pairs),
        tuple(off for _, _, off in pairs if off),
        metavar,
        help,
        read,
        may_be_empty,
        is_hidden,
        is_joined,
    )


def Argument(  # noqa: N802 (as for Option)
    *,
    metavar: str,
    help: str,  # noqa: A002 (as for Option)
    may_be_empty: bool = True,
) -> Declaration:
    """Declare an argument; the name of a file may not be empty, as in `backup "$FILE"`."""
    return Declaration((), (), metavar, help, None, may_be_empty)


def parameters(face: "Callable[..., object]", *, after: int = 1) -> dict[str, Parameter]:
    """The parameters of a face by name, in their order.

    Args:
        face: A function whose annotations are declarations.
        after: How many of its first parameters are no part of the command line.
    """
    code, defaults = face.__code__, face.__defaults__ or ()  # a function
    names = code.co_varnames[after : code.co_argcount]
    all_defaults = (*(REQUIRED for _ in names[len(defaults) :]), *defaults)
    pairs = (face.__annotations__[name] for name in names)
    return {
        name: Parameter(kind, declaration, default)
        for name, (kind, declaration), default in zip(names, pairs, all_defaults, strict=True)
    }
