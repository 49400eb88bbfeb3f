"""Writes a document to a file whole or not at all: made beside it, put on the disk, then given its name."""

from __future__ import annotations

import errno
import os

from clockeye_cli.errors import StorageError, UsageError


def check(path: str, *, force: bool) -> None:
    """Says early what would go wrong later; `save` decides.

    Raises:
        UsageError: Something of this name exists and `force` is not given.
        StorageError: The folder is not there.
    """
    if os.path.lexists(path) and not force:
        raise _exists(path)
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise StorageError(f"{path} cannot be saved: there is no folder {folder}.")


def save(path: str, document: bytes, *, force: bool) -> None:
    """Writes the document under its name.

    Args:
        path: Where to; with `force`, a symbolic link is followed and the file keeps its permissions.
        document: All of it.
        force: Overwrite what is there.

    Raises:
        UsageError: It exists and `force` is not given, even if it came into being this moment.
        StorageError: The folder or the disk refuses; nothing is left behind, what was there stays.
    """
    target = os.path.realpath(path) if force else path
    aside = os.path.join(os.path.dirname(target), f".clockeye-{os.urandom(6).hex()}.tmp")
    try:
        try:
            _write(aside, document)
            _move(aside, target, force=force)
        finally:
            if os.path.lexists(aside):
                os.unlink(aside)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise StorageError(f"{path} cannot be saved: {error.strerror}.") from error


def _exists(path: str) -> UsageError:
    return UsageError(f"{path} exists already.", hint="Add --force to overwrite it.")


def _write(path: str, document: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o666), "wb") as file:
        file.write(document)
        file.flush()
        os.fsync(file.fileno())


def _move(aside: str, target: str, *, force: bool) -> None:
    if force:
        if os.path.exists(target):
            os.chmod(aside, os.stat(target).st_mode & 0o777)
        os.replace(aside, target)
        return
    try:
        os.link(aside, target)  # unlike a rename, this fails if the name is taken
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS}:
            raise
        # A file system without hard links (FAT): an empty file takes the name, the document takes its place.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        os.replace(aside, target)
