"""Reads the records of a damaged SQLite file from its pages one by one, without the tree above them.

SQLite finds a row through the header, the schema and the pages above it, and fails if one of them is damaged.
A page alone is enough: it lists where its cells begin, and each cell is a record with the types of its values
(https://www.sqlite.org/fileformat.html). `salvage` recognizes a record's table by its shape.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PAGE_SIZE = 4096
"""SQLite's default, which all state files have; used if the header is damaged."""

FILE_HEADER = 100
MAGIC = b"SQLite format 3\0"

INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE = 2, 10, 13
"""The kinds of pages with rows. A table WITHOUT ROWID is an index, whose interior pages contain rows too."""

SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"""The size in bytes of the values of each serial type."""

LONGEST_PAYLOAD = 8 * 1024 * 1024
"""No row of a state file is longer; a damaged length may be anything."""


class StoredRecord(NamedTuple):
    """A row as stored: its rowid (0 in a table WITHOUT ROWID) and its values."""

    rowid: int
    values: tuple[object, ...]


def records(file: BinaryIO) -> Iterator[StoredRecord]:
    """Every readable record of all tables and indexes, in no order; deleted ones only by accident."""
    pages = _Pages(file)
    free = set(pages.free())
    for number in range(1, pages.count + 1):
        if number not in free:
            yield from _records_of(pages, number)


class _Pages:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.header = file.read(FILE_HEADER).ljust(FILE_HEADER, b"\0")
        size = int.from_bytes(self.header[16:18])
        size = 65_536 if size == 1 else size
        is_sound = self.header.startswith(MAGIC) and size >= 512 and size & (size - 1) == 0  # noqa: PLR2004 (the format)
        self.size = size if is_sound else PAGE_SIZE
        self.usable = self.size - (self.header[20] if is_sound else 0)
        self.count = -(-file.seek(0, 2) // self.size)

    def read(self, number: int) -> bytes:
        if not 0 < number <= self.count:
            raise ValueError(number)
        self._file.seek((number - 1) * self.size)
        return self._file.read(self.size)

    def free(self) -> Iterator[int]:
        """The pages on the freelist, which still contain deleted rows."""
        if not self.header.startswith(MAGIC):
            return
        trunk, seen = int.from_bytes(self.header[32:36]), set[int]()
        while 0 < trunk <= self.count and trunk not in seen:
            seen.add(trunk)
            yield trunk
            page = self.read(trunk)
            listed = min(int.from_bytes(page[4:8]), self.usable // 4 - 2)
            yield from (_four(page, 8 + 4 * place) for place in range(listed))
            trunk = int.from_bytes(page[:4])


def _records_of(pages: _Pages, number: int) -> Iterator[StoredRecord]:
    page = pages.read(number)
    start = FILE_HEADER if number == 1 else 0
    kind = page[start] if len(page) > start else 0
    if kind not in (INTERIOR_INDEX, LEAF_INDEX, LEAF_TABLE):
        return
    places = start + (12 if kind == INTERIOR_INDEX else 8)
    count = int.from_bytes(page[start + 3 : start + 5])
    for place in range(places, min(places + 2 * count, len(page) - 1), 2):
        try:
            yield _record(pages, page, int.from_bytes(page[place : place + 2]), kind)
        except (ValueError, IndexError):
            continue  # this cell is damaged; the next may not be


def _record(pages: _Pages, page: bytes, at: int, kind: int) -> StoredRecord:
    if kind == INTERIOR_INDEX:
        at += 4  # the page below it
    length, at = _varint(page, at)
    rowid = 0
    if kind == LEAF_TABLE:
        rowid, at = _varint(page, at)
    return StoredRecord(rowid, _values(_payload(pages, page, at, length, kind)))


def _payload(pages: _Pages, page: bytes, at: int, length: int, kind: int) -> bytes:
    """The bytes of a record, collected from its page and its overflow pages."""
    if length > LONGEST_PAYLOAD:
        raise ValueError(length)
    usable = pages.usable
    most = usable - 35 if kind == LEAF_TABLE else (usable - 12) * 64 // 255 - 23
    least = (usable - 12) * 32 // 255 - 23
    here = length
    if length > most:
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
    parts = [page[at : at + here]]
    remaining = length - here
    following = _four(page, at + here) if remaining else 0
    while remaining > 0:
        over = pages.read(following)
        parts.append(over[4 : 4 + min(remaining, usable - 4)])
        remaining -= usable - 4
        following = _four(over, 0)
    payload = b"".join(parts)
    if len(payload) != length:
        raise ValueError(length)
    return payload


def _values(payload: bytes) -> tuple[object, ...]:
    end, at = _varint(payload, 0)
    body, values = end, list[object]()
    while at < end:
        serial, at = _varint(payload, at)
        size = SIZES[serial] if serial in SIZES else (serial - 12) // 2
        part = payload[body : body + size]
        if size < 0 or len(part) != size:
            raise ValueError(serial)
        values.append(_value(serial, part))
        body += size
    return tuple(values)


def _value(serial: int, part: bytes) -> object:
    if serial == 0:
        return None
    if serial in (8, 9):
        return serial - 8
    if serial in SIZES:
        return int.from_bytes(part, signed=True)  # no column of a saved table is a float
    return part.decode(errors="replace") if serial % 2 else part


def _four(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4])


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(at, at + 8):
        byte = content[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 (the bit that says that more follows)
            return value, place + 1
    return value << 8 | content[at + 8], at + 9
