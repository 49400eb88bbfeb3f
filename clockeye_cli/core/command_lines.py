"""Command lines as text, quoted for a shell, as messages show them."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_")
"""The characters that a POSIX shell leaves alone, as in `shlex.quote`."""

OF_ALL_PROFILES = "help|man|profiles|completion|skill|schema"
"""The commands that are the same in all profiles, as a regular expression."""

PICK = "\0"
"""The value of `--project` without a name: the user picks one. No argument of a process can be this."""


def command_line(*words: str) -> str:
    """A command line in backticks, each word quoted as a POSIX shell needs it.

    Args:
        words: The words after `clockeye`. A value that begins with a hyphen needs `--` or `=` before it.
    """
    return f"`{joined(['clockeye', *words])}`"


def joined(words: Iterable[str]) -> str:
    """Words as one line for a POSIX shell, as `shlex.join` writes it; importing shlex takes 8 ms."""
    return " ".join([word if word and PLAIN.issuperset(word) else _quoted(word) for word in words])


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\"'\"'") + "'"


def in_profile(text: str, profile: str) -> str:
    """A message whose command lines work in the profile that `-P` has chosen, when they are pasted.

    Args:
        text: The message, with command lines in backticks. Those of all profiles stay as they are.
        profile: The name of the profile.
    """
    import re  # late: few commands name a profile

    chooses_none = rf"(?!(?:{OF_ALL_PROFILES})\b)(?!-P\b)(?![^`]* (?:-P|--profile|--help)\b)"
    return re.sub(rf"`clockeye {chooses_none}", f"`clockeye -P {joined([profile])} ", text)
