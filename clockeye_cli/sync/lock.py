"""One sender per profile: a lock of the operating system, which is released when its holder ends.

A command can hand the lock over to a process in the background, whose id is then in the lock file until it is
done. So others see from the file that somebody may be sending, and need not try the lock to know: whoever
finds it taken leaves his changes to the holder, and must not be misled by somebody who only looks.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.files import lock

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def sender_lock(path: str, inherited: int | None = None) -> Iterator[int | None]:
    """Take the lock without waiting; yields its descriptor, or None if somebody else has it.

    A copy of the descriptor that another process has inherited keeps the lock. The file is never deleted.

    Args:
        path: The lock file.
        inherited: The descriptor of a lock that the process that started this one has handed over.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600) if inherited is None else inherited
    try:
        yield descriptor if inherited is not None or lock(descriptor) else None
    finally:
        if inherited is not None:
            os.ftruncate(descriptor, 0)
            _unlock(descriptor)
        os.close(descriptor)


def note_sender(held: int, process: int) -> None:
    """Note the process that the lock was handed over to."""
    with suppress(OSError):  # a full disk: then others say that changes wait, while they are being sent
        os.ftruncate(held, 0)
        os.pwrite(held, str(process).encode(), 0)


def is_sending(path: str) -> bool:
    """Whether a process in the background is sending."""
    try:
        if not os.path.getsize(path):
            return False
    except OSError:
        return False
    with sender_lock(path) as held:
        if held is not None:
            os.ftruncate(held, 0)  # it was killed
    return held is None


def _unlock(descriptor: int) -> None:
    """Release a lock even if the process that handed it over has not closed its copy yet."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_UN)
