"""`clockeye skill`: print the skill file for agents, or install it in their folder of skills."""

from __future__ import annotations

import os

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.files import make_folder
from clockeye_cli.output.cells import Column, JsonShape, Record

if TYPE_CHECKING:
    from clockeye_cli.context import Context

OURS = b"---\nname: clockeye\n"
"""How each of our skill files begins."""

PRINTED = (Column("skill", "Skill"),)
INSTALLED = (Column("file", "File"),)

PRINTED_SHAPE = JsonShape(PRINTED)
INSTALLED_SHAPE = JsonShape(INSTALLED)


def print_skill(ctx: Context, text: str) -> None:
    """Print the skill file.

    Args:
        ctx: The run.
        text: The file, as Markdown with front matter.
    """
    ctx.out.result(text.splitlines(), Record(PRINTED, (text,)))


def install_skill(ctx: Context, text: str, folder: str) -> None:
    """Write the skill file as `clockeye/SKILL.md` into a folder of skills; replace only one of clockeye's.

    Args:
        ctx: The run.
        text: The file, as Markdown with front matter.
        folder: The folder of skills, which is created if necessary.

    Raises:
        UsageError: Another program's file has that name.
        StorageError: The folder or the file cannot be written.
    """
    from clockeye_cli.output.save import save

    path = os.path.join(folder, "clockeye", "SKILL.md")
    try:
        make_folder(os.path.dirname(path), is_private=False)
        exists = os.path.lexists(path)
        if exists and not _is_ours(path):
            raise UsageError(f"{path} was not created by clockeye.", hint="Choose another folder.")
    except OSError as error:
        raise StorageError(f"Cannot save {path}: {error.strerror}.") from error
    save(path, [text.encode()], force=exists)
    ctx.out.done(f"Saved to {path}.", Record(INSTALLED, (path,)))


def _is_ours(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(len(OURS)) == OURS
