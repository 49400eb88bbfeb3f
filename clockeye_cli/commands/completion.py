"""`clockeye completion`: print the completion script for a shell, or put it where the shell looks for it."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from clockeye_cli.config import paths
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.output.cells import Column, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("shell", "Shell"), Column("file", "File"))

MARK = "made by `clockeye completion"
"""Stands in each of our scripts; a file without it is somebody else's."""


def print_completion(ctx: Context, shell: str, script: str) -> None:
    """Print the script.

    Args:
        ctx: What the command works with.
        shell: Whose.
        script: It.
    """
    ctx.out.result(script.splitlines(), Record((COLUMNS[0], Column("script", "Script")), (shell, script)))


def install_completion(ctx: Context, shell: str, script: str, *, force: bool = False) -> None:
    """Write the script into the user's folder for it, and say what else is to be done, if anything is.

    Args:
        ctx: What the command works with.
        shell: Whose.
        script: It.
        force: Overwrite a file that clockeye has not made.

    Raises:
        UsageError: There is such a file.
        StorageError: The folder or the file cannot be written.
    """
    from clockeye_cli.output.save import save

    path = paths.completion_file(ctx.world.environ, shell)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        is_ours = _is_ours(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be saved: {error.strerror}.") from error
    if os.path.lexists(path) and not (is_ours or force):
        raise UsageError(f"{path} is not of clockeye's making.", hint="Add --force to overwrite it.")
    save(path, script.encode(), force=is_ours or force)
    ctx.out.done([f"Saved to {path}.", *_what_is_left(shell, path)], Record(COLUMNS, (shell, path)))


def _is_ours(path: str) -> bool:
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return MARK in file.read(1_000)


def _what_is_left(shell: str, path: str) -> list[str]:
    if shell == "zsh":
        folder = shlex.quote(os.path.dirname(path))
        return [
            f"In ~/.zshrc, before compinit: fpath=({folder} $fpath)",
            "Without a line there that says compinit: autoload -Uz compinit && compinit",
        ]
    if shell == "bash":
        return [
            "New shells have it where the package bash-completion is installed.",
            f"Elsewhere, in ~/.bashrc: . {shlex.quote(path)}",
        ]
    if shell == "powershell":
        quoted = path.replace("'", "''")
        return [f"In the file that $PROFILE names: . '{quoted}'"]
    return ["New shells have it."]
