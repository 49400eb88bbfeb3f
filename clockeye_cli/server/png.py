"""PNG pictures, written with nothing but zlib (W3C, Portable Network Graphics, third edition)."""

from __future__ import annotations

import struct
import zlib

Colour = tuple[int, int, int]


class Canvas:
    """A picture of rectangles.

    Args:
        width: Pixels.
        height: Pixels.
        colour: The initial colour of all pixels.
    """

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self._width = width
        self._rows = [bytearray(bytes(colour) * width) for _ in range(height)]

    def fill(self, left: int, top: int, width: int, height: int, colour: Colour) -> None:
        """Fill a rectangle; parts outside the picture are ignored."""
        right = min(left + width, self._width)
        if right > left:
            for row in self._rows[top : top + height]:
                row[left * 3 : right * 3] = bytes(colour) * (right - left)

    def png(self) -> bytes:
        """The content of a PNG file: 8 bits per channel, no transparency."""
        header = struct.pack(">IIBBBBB", self._width, len(self._rows), 8, 2, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self._rows), 9)
        return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
