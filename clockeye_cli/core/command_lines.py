"""Command lines of clockeye in messages, so that what is copied into a shell does what the message says."""

from __future__ import annotations


def command_line(*words: str) -> str:
    """A command line in backticks, each word quoted as a POSIX shell needs it.

    Args:
        words: The words after `clockeye`. A value that begins with a hyphen needs `--` or `=` before it.
    """
    import shlex  # late: no command needs it unless something is to be explained

    return f"`{shlex.join(['clockeye', *words])}`"


def in_profile(text: str, profile: str) -> str:
    """A message whose command lines work in the profile that `-P` has chosen, when they are pasted.

    Args:
        text: The message, with command lines in backticks. Those of all profiles stay as they are.
        profile: The name of the profile.
    """
    import re
    import shlex

    others = r"(?!(?:help|man|profiles|completion|skill|schema)\b)(?![^`]* (?:-P|--profile|--help)\b)(?!-P\b)"
    return re.sub(rf"`clockeye {others}", f"`clockeye -P {shlex.quote(profile)} ", text)
