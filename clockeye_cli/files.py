"""How a file is written: under a temporary name first, put on the disk, then given its name."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS)
"""What `link` says on file systems without hard links: FAT, as on most memory sticks."""


@contextmanager
def new_file(path: str) -> Iterator[str]:
    """Give the name of an empty draft beside `path`; it gets that name, for good, once the block is done.

    So a file is whole when it is there, and only its owner can read it.

    Raises:
        FileExistsError: Something has the name already; it is left alone.
        StorageError: The journal of another file lies there, which SQLite would play into this one.
    """
    with draft_file(path) as draft:
        yield draft
        give_name(draft, path)


@contextmanager
def draft_file(path: str) -> Iterator[str]:
    """Give the name of an empty file beside `path`, which is deleted after the block.

    Where it cannot be deleted, it stays: nobody takes it for anything, and what was to be done is done.
    """
    draft = f"{path}.{os.getpid()}-{os.urandom(4).hex()}.new"
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        for name in (draft, f"{draft}-journal"):
            with suppress(OSError):
                os.unlink(name)


def give_name(draft: str, path: str) -> None:
    """Let `path` name what `draft` names, on disk; never in the place of something else.

    Raises:
        FileExistsError: Something has the name already.
        StorageError: The journal of another file lies there.
    """
    if os.path.lexists(f"{path}-journal") and not os.path.lexists(path):
        raise StorageError(
            f"{path}-journal belongs to a store that is not there any more, and would damage a new one.",
            hint="Put the two together again; or, if that store is given up:"
            f" mv {path}-journal {path}-journal.old",
            code="storage_damaged",
        )
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # An empty file takes the name, the draft takes its place. Others may see the empty one, and fail.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.replace(draft, path)
    sync_folder(os.path.dirname(path))


def make_folder(folder: str) -> None:
    """Make a folder that only its owner can read, and those above it, so that they outlast a power cut."""
    missing: list[str] = []
    above = os.path.abspath(folder)
    while not os.path.lexists(above):
        missing.append(above)
        above = os.path.dirname(above)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    for made in missing:
        sync_folder(os.path.dirname(made))


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable; systems that cannot open a folder (Windows) do it by themselves."""
    if os.name == "nt":
        return
    descriptor = os.open(folder or ".", os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # file systems that have nothing to do here
            raise
    finally:
        os.close(descriptor)
