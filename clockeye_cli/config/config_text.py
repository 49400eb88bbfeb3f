"""The text of the config file: its lock, and how it is read and replaced as a whole."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager

from clockeye_cli import files
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.files import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_SECONDS = 10.0
"""How long a command waits for another one that changes the settings."""


def replace(path: str, before: str, text: str) -> None:
    """Replace the whole text of the file, durably.

    Args:
        path: The file; where it is a symbolic link, its target.
        before: The text that is replaced; empty for a new file.
        text: The new text.

    Raises:
        StorageError: The file has changed, or cannot be written; it is left unchanged.
    """
    with locked(path):
        put(path, before, text)


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold the lock of the config file and of all that it names; it is released when its holder ends.

    Raises:
        StorageError: Another command holds it for too long, or the folder cannot be written.
    """
    with ExitStack() as stack:
        try:
            make_folder(os.path.dirname(path))
            is_ours = stack.enter_context(files.locked(f"{path}.lock", seconds=LOCK_SECONDS))
        except OSError as error:
            raise _not_written(path, error) from error
        if not is_ours:
            raise StorageError(
                f"Another command has locked {path} for more than {LOCK_SECONDS:.0f} seconds.",
                hint="The settings were not changed. Try again.",
                code="config",
            )
        yield


def write_text(path: str, text: str) -> None:
    """Write a private file, durably; of a symbolic link, its target.

    Raises:
        StorageError: It cannot be written; the file is left unchanged.
    """
    try:
        make_folder(os.path.dirname(path))
        files.write(os.path.realpath(path), [text.encode()], over=True, is_private=True)
    except OSError as error:
        raise _not_written(path, error) from error


def text_of(path: str) -> str:
    """The text of the file, damaged or not; empty if it is missing."""
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        return file.read()


def put(path: str, before: str, text: str) -> None:
    """The same as `replace`, for a caller that holds the lock."""
    # An editor knows nothing of our lock.
    if text_of(path) != before:
        raise StorageError(
            f"{path} was changed by another program at the same moment.",
            hint="Its changes were kept; yours were not stored. Try again.",
            code="config_changed",
        )
    write_text(path, text)


def _not_written(path: str, error: OSError) -> StorageError:
    return StorageError(
        f"{path} cannot be written: {error.strerror}.", hint="It was not changed.", code="config"
    )
