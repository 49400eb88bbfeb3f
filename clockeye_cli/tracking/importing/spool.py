"""The rows of a file between its survey and its storing: what is needed of them, in a file without a name.

So a source is read only once, memory does not grow with it, and what was shown is what is stored, even if the
source changes meanwhile.
"""

from __future__ import annotations

import marshal
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from clockeye_cli.errors import StorageError
from clockeye_cli.importers.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.tracking.importing.rows import Read

AT_ONCE = 1000
IN_MEMORY = 1 << 20
"""Bytes of a spool that are kept in memory: a folder may have hundreds of small files."""


FROM, UNTIL = Incoming._fields.index("description"), Incoming._fields.index("more") + 1


class PlainRow(NamedTuple):
    """What storing needs of a row, in plain values: fields of `Incoming`, then of `RowSpan` and `Read`."""

    description: str
    project: str
    client: str
    task: str
    tags: tuple[str, ...]
    billable: bool | None
    person: str
    external_id: str
    is_clock_made: bool
    invoice: str
    more: tuple[tuple[str, str], ...]
    duration: int | None
    started_at: int | None
    ended_at: int | None
    seconds: int
    start: str
    end: str
    content: bytes

    @property
    def day(self) -> date:
        """Its day, if the source has no clock times for it."""
        return date.fromisoformat(self.start)


class RowSpool:
    """Rows in their order, added one by one and then read from the first one on."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed below
        finalize(self, self._file.close)  # with the survey that has it
        self._pieces: list[int] = []
        self._rows: list[tuple[object, ...] | None] = []

    def add(self, item: Read) -> None:
        """Add a row that was read; None stands for one that is not taken.

        Raises:
            StorageError: There is no room for it.
        """
        row, span = item.row, item.span
        self._rows.append(
            (*row[FROM:UNTIL], row.duration, *span[:3], item.start, item.end, item.content)
            if item.is_taken
            else None
        )
        if len(self._rows) >= AT_ONCE:
            self._flush()

    def __iter__(self) -> Iterator[PlainRow | None]:
        """The rows, as often as is wished."""
        self._flush()
        self._file.seek(0)
        for size in self._pieces:
            for row in marshal.loads(self._file.read(size)):  # noqa: S302 - our own file, which has no name
                yield row and PlainRow._make(row)

    def _flush(self) -> None:
        piece = marshal.dumps(self._rows)
        try:
            self._pieces.append(self._file.write(piece))
            self._file.flush()
        except OSError as error:
            raise StorageError(
                f"Cannot write a temporary file: {error.strerror}.",
                hint="Nothing was stored. TMPDIR=FOLDER names a folder with more room.",
            ) from error
        self._rows.clear()
