"""The rows of a file between its survey and its storing: what is needed of them, in files without a name.

So a source is read only once, memory does not grow with it, and what was shown is what is stored, even if the
source changes meanwhile.
"""

from __future__ import annotations

import marshal
from datetime import date
from heapq import merge
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from clockeye_cli.errors import StorageError
from clockeye_cli.importers.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from clockeye_cli.tracking.importing.rows import Read

    KeyedRow = tuple[str, int, bytes, int]
    """A row for matching: its key, its place in the file, its content, and its marks."""

VERSION = 2
"""Of marshal: later ones look for values that come again, which takes twice as long."""

AT_ONCE = 1000
IN_MEMORY = 1 << 20
"""Bytes of a spool that are kept in memory: a folder may have hundreds of small files."""

AT_ONCE_SORTED = 25_000
"""Rows that are sorted in memory: a few MiB."""

TAKEN, UNTIMED, CLOSED = 1, 2, 4
"""The marks of a row, added up: it is taken; it has no clock times; it is in the closed period."""

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
    key: str

    @property
    def day(self) -> date:
        """Its day, if the source has no clock times for it."""
        return date.fromisoformat(self.start)


class _Pieces:
    """Lists of plain values in a file without a name, each found again by its place and its size."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed below
        finalize(self, self._file.close)  # with the survey that has it
        self._end = 0

    def write(self, rows: list[Any]) -> tuple[int, int]:
        """Add a list.

        Raises:
            StorageError: There is no room for it.
        """
        place = self._end
        try:
            self._file.seek(place)
            size = self._file.write(marshal.dumps(rows, VERSION))
            self._file.flush()
        except OSError as error:
            raise StorageError(
                f"Cannot write a temporary file: {error.strerror}.",
                hint="Nothing was stored. TMPDIR=FOLDER names a folder with more room.",
            ) from error
        self._end += size
        return place, size

    def read(self, place: int, size: int) -> list[Any]:
        """The list at a place."""
        self._file.seek(place)
        rows: list[Any] = marshal.loads(self._file.read(size))  # noqa: S302 - our own file, which has no name
        return rows


class RowSpool:
    """Rows in their order, added one by one and then read from the first one on."""

    def __init__(self) -> None:
        self._written = _Pieces()
        self._places: list[tuple[int, int]] = []
        self._rows: list[tuple[object, ...] | None] = []

    def add(self, item: Read) -> None:
        """Add a row that was read; None stands for one that is not taken.

        Raises:
            StorageError: There is no room for it.
        """
        row, span = item.row, item.span
        self._rows.append(
            (*row[FROM:UNTIL], row.duration, *span[:3], item.start, item.end, item.content, item.key)
            if item.is_taken
            else None
        )
        if len(self._rows) >= AT_ONCE:
            self._flush()

    def __iter__(self) -> Iterator[PlainRow | None]:
        """The rows, as often as is wished."""
        self._flush()
        for place in self._places:
            for row in self._written.read(*place):
                yield row and PlainRow._make(row)

    def _flush(self) -> None:
        if self._rows:
            self._places.append(self._written.write(self._rows))
            self._rows = []


class KeySpool:
    """What matching needs of rows, added in any order and then read in the order of their keys."""

    def __init__(self) -> None:
        self._written = _Pieces()
        self._runs: list[list[tuple[int, int]]] = []
        self._rows: list[KeyedRow] = []

    def add(self, row: KeyedRow) -> None:
        """Add a row.

        Raises:
            StorageError: There is no room for it.
        """
        self._rows.append(row)
        if len(self._rows) >= AT_ONCE_SORTED:
            self._rows.sort()
            pieces = [self._rows[at : at + AT_ONCE] for at in range(0, len(self._rows), AT_ONCE)]
            self._runs.append([self._written.write(piece) for piece in pieces])
            self._rows = []

    def __iter__(self) -> Iterator[KeyedRow]:
        """The rows, as often as is wished."""
        self._rows.sort()
        return merge(self._rows, *map(self._run, self._runs))

    def _run(self, places: list[tuple[int, int]]) -> Iterator[KeyedRow]:
        for place in places:
            yield from self._written.read(*place)
