"""One sender per profile: a lock of the operating system, which is released when its holder ends."""

from __future__ import annotations

import os
from contextlib import contextmanager

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def sender_lock(path: str) -> Iterator[bool]:
    """Take the lock without waiting; yields whether we have it. The file is never deleted.

    Args:
        path: The lock file, next to the store: `local.sender.lock`.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
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
