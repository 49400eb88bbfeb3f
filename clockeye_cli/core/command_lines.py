"""Command lines of clockeye in messages, so that what is copied into a shell does what the message says."""

from __future__ import annotations


def command_line(*words: str) -> str:
    """A command line in backticks, each word quoted as a POSIX shell needs it.

    Args:
        words: The words after `clockeye`. A value that begins with a hyphen needs `--` or `=` before it.
    """
    import shlex  # late: no command needs it unless something is to be explained

    return f"`{shlex.join(['clockeye', *words])}`"
