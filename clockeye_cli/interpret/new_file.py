"""The name of a new file, checked before any work is done for it."""

from __future__ import annotations

import os

from clockeye_cli.errors import StorageError, UsageError


def check_new(path: str) -> None:
    """Check that a new file can be made.

    Raises:
        UsageError: The file exists.
        StorageError: Its folder does not exist.
    """
    if os.path.lexists(path):
        raise UsageError(
            f"{path} already exists.", hint="Choose another name; a backup never overwrites a file."
        )
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise StorageError(
            f"Cannot create {path}: no such folder: {folder}.", hint=f"Create it: mkdir -p {folder}"
        )
