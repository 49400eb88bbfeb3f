"""Aliases: the user's own words for a command and its first arguments, from the config file."""

from __future__ import annotations

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

SECTION = "alias"
PREFIX = f"{SECTION}."
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
EXAMPLE = 'Example: `clockeye config set alias.w "report --week"`'


def aliases(config: Mapping[str, Any]) -> dict[str, str]:
    """The aliases of a config file, with what they stand for as text."""
    section = config.get(SECTION)
    pairs = section.items() if isinstance(section, dict) else ()
    return {name: text for name, text in pairs if isinstance(text, str)}


def check(config: Mapping[str, Any], commands: Collection[str]) -> None:
    """Check every alias of a config file.

    Raises:
        UsageError: One cannot be used; the hint is the command that removes it.
    """
    for name, text in aliases(config).items():
        try:
            words_of(name, text, commands)
        except UsageError as error:
            raise UsageError(error.message, hint=f"clockeye config unset {PREFIX}{name}") from error


def words_of(name: str, text: str, commands: Collection[str]) -> list[str]:
    """The words that an alias stands for, split as a POSIX shell does.

    Args:
        name: The alias.
        text: What it stands for.
        commands: The names of all commands.

    Raises:
        UsageError: The name is a command's or cannot be typed, or the text does not begin with a command.
    """
    import shlex  # late: only those who have aliases need it

    if name in commands:
        raise UsageError(f"{name!r} is a command, so it cannot be an alias.", hint="Choose another name.")
    if not name or name[0] == "-" or not LETTERS.issuperset(name):
        raise UsageError(
            f"Invalid alias {quoted(name)}.", hint="An alias has letters, digits, hyphens and underscores."
        )
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"Invalid alias {name}: {quoted(text)}: {error}.", hint=EXAMPLE) from error
    if not words:
        raise UsageError(f"The alias {name} stands for nothing.", hint=EXAMPLE)
    if words[0] not in commands:
        raise unknown("command", words[0], commands, hint=f"An alias begins with a command. {EXAMPLE}")
    return words
