"""`clockeye completion`: print the completion script for a shell, or install it."""

from __future__ import annotations

import os
import shlex

from clockeye_cli.config import paths
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.files import make_folder, write
from clockeye_cli.output.cells import Column, JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

COLUMNS = (Column("shell", "Shell"), Column("file", "File"))
PRINTED = (COLUMNS[0], Column("script", "Script"))

MARK = "made by `clockeye completion"
"""In each of our scripts; a file without it is not ours."""

PRINTED_SHAPE = JsonShape(PRINTED)
INSTALLED_SHAPE = JsonShape(COLUMNS)


def print_completion(ctx: Context, shell: str, script: str) -> None:
    """Print the completion script.

    Args:
        ctx: The run.
        shell: The name of the shell.
        script: Its completion script.
    """
    ctx.out.result(script.splitlines(), Record(PRINTED, (shell, script)))


def install_completion(
    ctx: Context, shell: str, script: str, *, alias: str = "", force: bool = False
) -> None:
    """Install the script in the user's folder for completions, and print what is left to do.

    Args:
        ctx: The run.
        shell: The name of the shell.
        script: Its completion script.
        alias: The alias of clockeye that the script makes; it must be loaded when the shell starts.
        force: Overwrite a file that clockeye did not create.

    Raises:
        UsageError: Such a file exists, and `force` is not set.
        StorageError: The folder or the file cannot be written.
    """
    from clockeye_cli.output.save import save

    path = paths.completion_file(ctx.world.environ, shell)
    try:
        make_folder(os.path.dirname(path), is_private=False)
        is_ours = _is_ours(path)
    except OSError as error:
        raise StorageError(f"Cannot save {path}: {error.strerror}.") from error
    if os.path.lexists(path) and not (is_ours or force):
        raise UsageError(f"{path} was not created by clockeye.", hint="Add --force to overwrite it.")
    save(path, [script.encode()], force=is_ours or force)
    loaded = _load_at_start(ctx, shell, path, alias) if alias else ""
    steps = _next_steps(shell, path) if not loaded or shell == "zsh" else []
    ctx.out.done([f"Saved to {path}.", *filter(None, [loaded]), *steps], Record(COLUMNS, (shell, path)))


def _load_at_start(ctx: Context, shell: str, path: str, alias: str) -> str:
    """Add a line to the file that the shell reads when it starts, so that the alias exists; says so.

    The line is added at the end of the file, which stays as it is otherwise.
    """
    script = shlex.quote(path)
    loads = f"test -r {script} && . {script}"
    line = loads if shell in ("bash", "fish") else f"alias {alias}=clockeye"
    line += f"  # {MARK} {shell} --install --alias {alias}`"
    file = paths.startup_file(ctx.world.environ, shell)
    if not file:
        return ""
    try:
        make_folder(os.path.dirname(file), is_private=False)
        content = b""
        if os.path.exists(file):
            with open(file, "rb") as before:
                content = before.read()
        if line.encode() not in content.splitlines():
            gap = b"" if not content or content.endswith(b"\n") else b"\n"
            added = f"{line}\n".encode()
            write(os.path.realpath(file), [content, gap, added], over=True, is_private=False)
    except OSError as error:
        raise StorageError(f"Cannot change {file}: {error.strerror}.", hint=f"Add to it: {line}") from error
    return f"New shells have the alias {alias}, by a line in {file}."


def _is_ours(path: str) -> bool:
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return MARK in file.read(1_000)


def _next_steps(shell: str, path: str) -> list[str]:
    if shell == "zsh":
        folder = shlex.quote(os.path.dirname(path))
        return [
            f"Add to ~/.zshrc, before compinit: fpath=({folder} $fpath)",
            "If nothing there runs compinit, add: autoload -Uz compinit && compinit",
        ]
    if shell == "bash":
        return [
            "New shells load it if the package bash-completion is installed.",
            f"Otherwise, add to ~/.bashrc: . {shlex.quote(path)}",
        ]
    if shell == "powershell":
        quoted = path.replace("'", "''")
        return [f"Add to the file named by $PROFILE: . '{quoted}'"]
    return ["New shells load it."]
