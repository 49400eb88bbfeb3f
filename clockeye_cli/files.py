"""Writing files atomically: under a temporary name in the same folder, flushed to the disk, then renamed.

A file is therefore complete from the moment it exists, and the reader of a file that is being replaced sees
either the old content or the new.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import contextmanager, suppress

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

DRAFT_START = ".clockeye-"
"""The beginning of the names of drafts."""

PRIVATE = 0o600
"""Mode of a file that only its owner can read."""

NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS)
"""Errors of `link` on file systems without hard links, such as FAT on most memory sticks."""


def write(path: str, content: Iterable[bytes], *, over: bool, is_private: bool) -> None:
    """Write a file atomically.

    Args:
        path: Its path; a symbolic link is replaced, not followed.
        content: The whole content, in pieces.
        over: Replace an existing file.
        is_private: Only the owner can read the file. Otherwise it keeps the permissions of the file it
            replaces; those of a new file depend on the umask.

    Raises:
        FileExistsError: The path exists and `over` is false.
        OSError: The file cannot be written; an existing file is unchanged.
    """
    with _draft(path, PRIVATE if is_private else 0o666) as (draft, descriptor):
        _fill(descriptor, content)
        if not over:
            give_name(draft, path)
            return
        if not is_private and os.path.exists(path):
            os.chmod(draft, os.stat(path).st_mode & 0o777)
        replace(draft, path)


def temporary_file(content: str | bytes, prefix: str, suffix: str) -> str:
    """Write a text, or bytes, to a new private file in the system's temporary folder, and return its path.

    Raises:
        OSError: The file cannot be written.
    """
    import tempfile  # late: the import takes a millisecond

    descriptor, path = tempfile.mkstemp(prefix=prefix, suffix=suffix)
    try:
        _fill(descriptor, [content.encode() if isinstance(content, str) else content])
    except BaseException:
        os.unlink(path)
        raise
    return path


@contextmanager
def draft_file(path: str) -> Iterator[str]:
    """Yield the path of an empty private file in the folder of `path`, which is deleted after the block.

    If it cannot be deleted, it stays: nothing mistakes it for another file, and the work is done. Errors name
    `path`, since the user does not know of the draft.
    """
    with _draft(path, PRIVATE) as (draft, descriptor):
        os.close(descriptor)  # now: closing a file drops the locks that SQLite holds on it
        yield draft


def give_name(draft: str, path: str) -> None:
    """Make a draft durably available as `path`, without replacing anything.

    Raises:
        FileExistsError: The path exists.
    """
    try:
        os.link(draft, path)  # unlike a rename, this fails if the name is taken
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        # An empty file reserves the name, and the draft replaces it. Others may see the empty file, and fail.
        os.close(_open_new(path, PRIVATE))
        os.replace(draft, path)
    sync_folder(os.path.dirname(path))


def replace(draft: str, path: str) -> None:
    """Replace a file with a draft, durably."""
    os.replace(draft, path)
    sync_folder(os.path.dirname(path))


def move(path: str, target: str) -> None:
    """Durably rename a file that is in no use, in the same file system, without replacing anything.

    Raises:
        FileExistsError: The target exists.
        OSError: The file cannot be renamed.
    """
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    os.rename(path, target)
    sync_folder(os.path.dirname(target))
    sync_folder(os.path.dirname(path))


def remove(path: str) -> bool:
    """Durably delete a file. Returns whether it existed."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    sync_folder(os.path.dirname(path))
    return True


@contextmanager
def locked(path: str, *, seconds: float) -> Iterator[bool]:
    """Take a lock of the operating system, which is released when its holder ends; yield whether we have it.

    Args:
        path: The lock file, which is created and never deleted.
        seconds: How long to wait for another holder.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        deadline = time.monotonic() + seconds
        while not (is_ours := lock(descriptor)) and time.monotonic() < deadline:
            time.sleep(0.01)
        yield is_ours
    finally:
        os.close(descriptor)


def lock(descriptor: int) -> bool:
    """Take the lock of an open file without waiting, until it is closed. Returns whether we have it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined] # only there
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def second_name(path: str, file: BinaryIO, name: str) -> None:
    """Hard-link a file under a second name; on file systems without hard links, make a private copy.

    Args:
        path: The file.
        file: The same file, opened for reading.
        name: The second path.

    Raises:
        FileExistsError: The second path exists.
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


def make_folder(folder: str, *, is_private: bool = True) -> None:
    """Create a folder, and missing folders above it, so that they survive a power failure.

    Args:
        folder: Its path; a folder that exists is left as it is.
        is_private: Only the owner can use the folder; otherwise the umask decides.
    """
    missing: list[str] = []
    above = os.path.abspath(folder)
    while not os.path.lexists(above):
        missing.append(above)
        above = os.path.dirname(above)
    os.makedirs(folder, mode=0o700 if is_private else 0o777, exist_ok=True)
    for folder_made in missing:
        sync_folder(os.path.dirname(folder_made))


def sync_folder(folder: str) -> None:
    """Make the names in a folder durable. On Windows, which cannot open folders, this is not necessary."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder or ".", os.O_RDONLY)
    except PermissionError:
        return  # a folder that may be written but not read
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # file systems that do not support it
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _draft(path: str, mode: int) -> Iterator[tuple[str, int]]:
    # Not derived from the name of the file, which may already have the maximum length.
    draft = os.path.join(os.path.dirname(path), f"{DRAFT_START}{os.urandom(6).hex()}.new")
    try:
        yield draft, _open_new(draft, mode)
    except OSError as error:
        if error.filename == draft:
            error.filename = path
        raise
    finally:
        for name in (draft, f"{draft}-journal"):  # the second is SQLite's, and exists only after a failure
            with suppress(OSError):
                os.unlink(name)


def _open_new(path: str, mode: int) -> int:
    # O_EXCL does not follow links; O_BINARY exists on Windows only.
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)


def _fill(descriptor: int, content: Iterable[bytes]) -> None:
    with open(descriptor, "wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
