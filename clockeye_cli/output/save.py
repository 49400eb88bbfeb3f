"""Saving a document to a file, atomically."""

from __future__ import annotations

import os

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.files import write

if TYPE_CHECKING:
    from collections.abc import Iterable


def check(path: str, *, force: bool) -> None:
    """Check early for errors that `save` would raise later.

    Raises:
        UsageError: The file exists and `force` is false.
        StorageError: The folder does not exist.
    """
    if os.path.lexists(path) and not force:
        raise _exists(path)
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        raise StorageError(f"Cannot save {path}: no such folder: {folder}.")


def save(path: str, document: Iterable[bytes], *, force: bool) -> None:
    """Write a document to a file.

    Args:
        path: The file; with `force`, symbolic links are followed and an existing file keeps its permissions.
        document: The whole content, in pieces.
        force: Overwrite an existing file.

    Raises:
        UsageError: The file exists, even if it was created just now, and `force` is false.
        StorageError: The file cannot be written; an existing file is unchanged.
    """
    target = os.path.realpath(path) if force else path
    try:
        write(target, document, over=force, is_private=False)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise StorageError(f"Cannot save {path}: {error.strerror}.") from error


def _exists(path: str) -> UsageError:
    return UsageError(f"{path} already exists.", hint="Add --force to overwrite it.")
