"""Holds long documents until they are complete, so that a failure never leaves half of one, and lists."""

from __future__ import annotations

import io
from contextlib import contextmanager, suppress

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from typing_extensions import Buffer

    from clockeye_cli.output.cells import Row

IN_MEMORY = 1 << 20
"""Bytes that are kept in memory; what is longer goes into a temporary file without a name."""


class Spool(io.BufferedIOBase):
    """A complete document: a file for the function that writes it. Iterating gives its bytes, once.

    Args:
        write: Writes the whole document into the file that it is given, which it may read and seek, too.

    Raises:
        StorageError: The temporary file cannot be written.
    """

    def __init__(self, write: Callable[[BinaryIO], None]) -> None:
        self._file: BinaryIO = io.BytesIO()
        self._in_memory = True
        try:
            write(self)  # type: ignore[arg-type] # it has all methods of a BinaryIO
            self.flush()
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        self.seek(0)
        try:
            while piece := self.read(IN_MEMORY):
                yield piece
        finally:
            self.close()

    def write(self, content: Buffer, /) -> int:
        """Write at the current position."""
        with _storage_errors():
            if self._in_memory and self._file.tell() + memoryview(content).nbytes > IN_MEMORY:
                self._leave_memory()
            return self._file.write(content)

    def flush(self) -> None:
        """Write what is still in a buffer."""
        with _storage_errors():
            self._file.flush()

    def read(self, size: int | None = -1, /) -> bytes:
        """Read from the current position."""
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a position."""
        with _storage_errors():
            return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The current position."""
        return self._file.tell()

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Throw the document away."""
        with suppress(OSError):  # of the bytes that a full disk did not take
            self._file.close()

    def _leave_memory(self) -> None:
        import tempfile  # late: most documents are short

        position = self._file.tell()
        self._file.seek(0)
        memory, self._in_memory = self._file, False
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the spool, which closes it)
        while piece := memory.read(IN_MEMORY):
            self._file.write(piece)
        self._file.seek(position)


class SpooledRows:
    """Rows of a long list, read once and kept until they are read from here.

    Args:
        pieces: The rows, many at a time.

    Raises:
        StorageError: The temporary file cannot be written.
    """

    def __init__(self, pieces: Iterable[list[Row]]) -> None:
        import pickle  # late: few formats read their rows twice

        self._lengths: list[int] = []

        def keep(file: BinaryIO) -> None:
            self._lengths += [file.write(pickle.dumps(rows)) for rows in pieces]

        self._spool = Spool(keep)

    def __iter__(self) -> Iterator[Row]:
        import pickle

        self._spool.seek(0)
        for length in self._lengths:
            yield from pickle.loads(self._spool.read(length))  # noqa: S301 (nobody else can write the file)


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(f"Cannot write a temporary file: {error.strerror}.") from error
