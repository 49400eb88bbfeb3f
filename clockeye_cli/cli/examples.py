"""What a face is: a function that Typer can read, and the examples that stand under its help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


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
