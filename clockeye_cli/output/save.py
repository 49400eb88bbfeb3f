"""Saves a document in a file, whole or not at all."""

from __future__ import annotations

import os

from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.files import write


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
    try:
        write(target, document, over=force, is_private=False)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise StorageError(f"{path} cannot be saved: {error.strerror}.") from error


def _exists(path: str) -> UsageError:
    return UsageError(f"{path} exists already.", hint="Add --force to overwrite it.")
