"""How a file is written: under a temporary name beside its own, flushed to the disk, then given its name.

So a file is whole from the moment that it exists, and whoever reads one that is being replaced gets all of
the old content or all of the new.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PRIVATE = 0o600
"""Permissions of a file that only its owner can read."""

NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS)
"""What `link` says on file systems without hard links: FAT, as on most memory sticks."""


def write(path: str, content: bytes, *, over: bool, is_private: bool) -> None:
    """Write a whole file.

    Args:
        path: Its name; a symbolic link of that name is replaced, not followed.
        content: All of it.
        over: Replace a file that exists.
        is_private: Only its owner can read it. Otherwise it keeps the permissions of the file that it
            replaces; a new one has those that the umask leaves.

    Raises:
        FileExistsError: Something has the name, and `over` is not given.
        OSError: It cannot be written; what was there is as it was.
    """
    with _draft(path, PRIVATE if is_private else 0o666) as (draft, descriptor):
        _fill(descriptor, content)
        if not over:
            give_name(draft, path)
            return
        if not is_private and os.path.exists(path):
            os.chmod(draft, os.stat(path).st_mode & 0o777)
        replace(draft, path)


def temporary_file(text: str, prefix: str, suffix: str) -> str:
    """Write a text into a new private file in the system's temporary folder. Returns its path.

    Raises:
        OSError: It cannot be written.
    """
    import tempfile  # late: it takes a millisecond

    descriptor, path = tempfile.mkstemp(prefix=prefix, suffix=suffix)
    try:
        _fill(descriptor, text.encode())
    except BaseException:
        os.unlink(path)
        raise
    return path


@contextmanager
def draft_file(path: str) -> Iterator[str]:
    """Give the name of an empty private file beside `path`, which is deleted after the block.

    If it cannot be deleted, it stays: nothing takes it for anything else, and the work is done. An error
    about it names `path`, since nobody has heard of the draft.
    """
    with _draft(path, PRIVATE) as (draft, descriptor):
        os.close(descriptor)  # now: closing a file drops the locks that SQLite holds on it
        yield draft


def give_name(draft: str, path: str) -> None:
    """Let `path` name what `draft` names, durably; never in the place of something else.

    Raises:
        FileExistsError: Something has the name already.
    """
    try:
        os.link(draft, path)  # unlike a rename, this fails if the name is taken
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # An empty file takes the name, the draft takes its place. Others may see the empty one, and fail.
        os.close(_open_new(path, PRIVATE))
        os.replace(draft, path)
    sync_folder(os.path.dirname(path))


def replace(draft: str, path: str) -> None:
    """Put a draft in the place of a file, durably."""
    os.replace(draft, path)
    sync_folder(os.path.dirname(path))


def second_name(path: str, file: BinaryIO, name: str) -> None:
    """Give a file another name too; where there are no hard links, a private copy gets it.

    Args:
        path: The file.
        file: The same, opened for reading.
        name: The other name.

    Raises:
        FileExistsError: Something has that name already.
    """
    try:
        os.link(path, name)
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        with open(_open_new(name, PRIVATE), "wb") as copied:
            file.seek(0)
            while part := file.read(1 << 20):
                copied.write(part)
            copied.flush()
            os.fsync(copied.fileno())


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
    try:
        descriptor = os.open(folder or ".", os.O_RDONLY)
    except PermissionError:
        return  # a folder in which one may write and not look
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # file systems that have nothing to do here
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _draft(path: str, mode: int) -> Iterator[tuple[str, int]]:
    # Of a length of its own: the name of the file may be as long as names can be.
    draft = os.path.join(os.path.dirname(path), f".clockeye-{os.urandom(6).hex()}.new")
    try:
        yield draft, _open_new(draft, mode)
    except OSError as error:
        if error.filename == draft:
            error.filename = path
        raise
    finally:
        for name in (draft, f"{draft}-journal"):  # the second is SQLite's, and there only if it failed
            with suppress(OSError):
                os.unlink(name)


def _open_new(path: str, mode: int) -> int:
    # O_EXCL follows no link; O_BINARY is Windows' own.
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)


def _fill(descriptor: int, content: bytes) -> None:
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
