"""Who runs a command: a person, a script, a hook, or whoever CLOCKEYE_ACTOR names. The history records it."""

from __future__ import annotations

from clockeye_cli.core.safe_text import variable
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

PERSON, SCRIPT, HOOK = "person", "script", "hook"

UNKNOWN = ""
"""The actor of commands that were stored before the history kept one."""

LONGEST_NAME = 100


class Actor(NamedTuple):
    """Who runs a command.

    Attributes:
        name: As the history keeps it.
        is_named: Whether CLOCKEYE_ACTOR names the actor: then only that actor's own commands count.
    """

    name: str
    is_named: bool = False

    @property
    def own(self) -> tuple[str, ...]:
        """The actors whose commands are this actor's own, for `it`."""
        return (self.name,) if self.is_named else (self.name, UNKNOWN)

    @property
    def undoable(self) -> tuple[str, ...]:
        """The actors whose commands `undo` and `redo` consider."""
        return (self.name,) if self.is_named else (PERSON, SCRIPT, UNKNOWN)

    def is_known_by(self, name: str) -> bool:
        """Whether a command of the actor `name` is no surprise to this one: a script works for a person."""
        return name in (self.name, UNKNOWN) or (name == PERSON and not self.is_named)


SOMEBODY = Actor(UNKNOWN)


def actor(environ: Mapping[str, str], *, at_terminal: bool) -> Actor:
    """The actor of this process.

    Raises:
        UsageError: The name in CLOCKEYE_ACTOR is too long or not UTF-8.
    """
    name = " ".join(variable(environ, "CLOCKEYE_ACTOR").split())
    if not name:
        return Actor(PERSON if at_terminal else SCRIPT)
    if len(name) > LONGEST_NAME:
        raise UsageError(
            f"The name in CLOCKEYE_ACTOR is longer than {LONGEST_NAME} characters: {name[:40]!r}…",
            hint="Shorten it.",
        )
    return Actor(name, is_named=True)


def in_words(name: str) -> str:
    """`a person`, `a script`, `a hook`, or the name of another actor; `somebody` if it is unknown."""
    if name in (PERSON, SCRIPT, HOOK):
        return f"a {name}"
    return name or "somebody"
