"""Holds a long document until it is complete, so that a failure never leaves half of one."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

IN_MEMORY = 1 << 20
"""Bytes that are kept in memory; what is longer goes into a temporary file without a name."""


class Spool:
    """A complete document. Iterating gives its bytes, piece by piece, once.

    Args:
        pieces: The document; all of it is read.

    Raises:
        StorageError: The temporary file cannot be written.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._start: list[bytes] = []
        self._rest: BinaryIO | None = None
        size = 0
        try:
            for piece in pieces:
                size += len(piece)
                if size <= IN_MEMORY:
                    self._start.append(piece)
                else:
                    self._write(piece)
        except BaseException:
            self._close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._start
            if self._rest is not None:
                self._rest.seek(0)
                while piece := self._rest.read(IN_MEMORY):
                    yield piece
        finally:
            self._close()

    def _write(self, piece: bytes) -> None:
        import tempfile  # late: most documents are short

        try:
            if self._rest is None:
                self._rest = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the spool)
            self._rest.write(piece)
        except OSError as error:
            raise StorageError(f"Cannot write a temporary file: {error.strerror}.") from error

    def _close(self) -> None:
        if self._rest is not None:
            self._rest.close()
