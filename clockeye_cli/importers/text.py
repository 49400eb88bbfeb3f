"""Reads text: encodings, byte order marks, text that was decoded wrongly before, and long lines."""

from __future__ import annotations

import codecs
import io
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.core.duration import quoted
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 64 * 1024
"""Bytes by which a file is recognised."""

LONGEST_LINE = 1024 * 1024
"""Characters of a line; a longer one is read in pieces, so that rubbish never fills the memory."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8, BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
MOJIBAKE = "ï»¿"
"""The byte order mark of UTF-8, read as Latin-1: the whole text was, and is written as UTF-8 once more."""


class Encoding:
    """How the bytes of a file become text.

    Args:
        head: Its first bytes.
        chosen: The encoding that the user has named; empty to recognise it.

    Attributes:
        name: Python's name.
        title: For people: `UTF-8`, `UTF-8, BOM`.
        is_twice: The text was decoded as Latin-1 once, and is put right.

    Raises:
        UsageError: The user's encoding is unknown.
    """

    def __init__(self, head: bytes, chosen: str = "") -> None:
        self.name, self.title = _recognised(head, chosen)
        self.is_twice = self.decoded(head).startswith(MOJIBAKE)
        if self.is_twice:
            self.title += ", put right: it was read as Latin-1 before"

    def decoded(self, head: bytes) -> str:
        """The text of a head, with a sign in place of what is not text."""
        return head.decode(self.name, "replace")

    def lines(self, file: BinaryIO) -> Iterator[str]:
        r"""The lines of the whole file, with their ends as they are; `\r` and `\r\n` end a line, too.

        Raises:
            UsageError: It is not in this encoding.
        """
        file.seek(0)
        text = io.TextIOWrapper(file, self.name, newline="")
        try:
            lines: Iterator[str] = iter(partial(text.readline, LONGEST_LINE), "")
            if self.is_twice:
                lines = (put_right(line) for line in lines)
                yield next(lines, "").removeprefix("\ufeff")
            yield from lines
        except UnicodeError:
            text.detach()
            raise self._refusal(file) from None
        finally:
            if text.buffer is not None:
                text.detach()

    def _refusal(self, file: BinaryIO) -> UsageError:
        file.seek(0)
        decoder = codecs.getincrementaldecoder(self.name)()
        number = 1
        while piece := file.readline(LONGEST_LINE):
            try:
                text = decoder.decode(piece)
            except UnicodeError:
                break
            number += text.count("\n")
        name = self.title.partition(",")[0]
        return UsageError(
            f"The text is not {name} at line {number}.",
            hint="Nothing was stored. Name its encoding, such as --encoding latin-1",
            code="bad_encoding",
        )


def put_right(text: str) -> str:
    """A text that was UTF-8, read as Latin-1 or Windows-1252; unchanged if it cannot have been."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        pass
    try:
        return b"".join(_byte(letter) for letter in text).decode()
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeError:
        return letter.encode("latin-1")


def _recognised(head: bytes, chosen: str) -> tuple[str, str]:
    if chosen:
        try:
            name = codecs.lookup(chosen).name
            "".encode(name)  # not one from bytes to bytes, such as hex
        except (LookupError, ValueError, TypeError):
            raise UsageError(
                f"The encoding {quoted(chosen)} is unknown.",
                hint="Common ones: --encoding utf-8, latin-1, cp1252, utf-16",
                code="bad_encoding",
            ) from None
        return ("utf-8-sig" if name == "utf-8" else name), chosen
    for mark, name, title in _MARKS:
        if head.startswith(mark):
            return name, title
    ascii_places = head[:400]
    if ascii_places[1::2].count(0) > len(ascii_places) // 3 and not ascii_places[::2].count(0):
        return "utf-16-le", "UTF-16"
    if ascii_places[::2].count(0) > len(ascii_places) // 3 and not ascii_places[1::2].count(0):
        return "utf-16-be", "UTF-16"
    return "utf-8", "UTF-8"


def opened(file: BinaryIO, chosen: str = "") -> Encoding:
    """The encoding of a file that can be read from its start."""
    file.seek(0)
    return Encoding(file.read(HEAD), chosen)
