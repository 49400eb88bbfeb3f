"""The elements of a JSON array, one after the other, however long the file is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clockeye_cli.importers.incoming import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_ELEMENT = 2 * 1024 * 1024
"""Characters of an element; a longer one is no time entry."""

ROWS = "data"
"""The member of an object that has the rows: lists of the API are such objects."""

_PIECE = 64 * 1024
_BLANK = " \t\r\n"


class _Text:
    """The text of a file, of which only the part is kept that is still to be read."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._decoder = json.JSONDecoder(parse_constant=_no_constant)
        self.text, self.at = "", 0

    def more(self) -> bool:
        """Read on; whether there was anything."""
        lines: list[str] = []
        size = 0
        for piece in self._pieces:
            lines.append(piece)
            size += len(piece)
            if size >= _PIECE:
                break
        self.text = self.text[self.at :] + "".join(lines)
        self.at = 0
        return bool(lines)

    def peek(self) -> str:
        """The next character that is not blank; empty at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in _BLANK:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, sign: str) -> bool:
        """Whether the next character is this one; then it is passed."""
        if self.peek() != sign:
            return False
        self.at += 1
        return True

    def value(self) -> Any:
        """The next value.

        Raises:
            ValueError: It is none, or too long.
        """
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.at)
            except RecursionError:
                raise ValueError("is nested too deeply") from None
            except ValueError:
                if len(self.text) - self.at > LONGEST_ELEMENT or not self.more():
                    raise
                continue
            if end == len(self.text) and self.more():
                continue  # a number may go on
            self.at = end
            return value


def elements(pieces: Iterator[str]) -> Iterator[Any]:
    """The elements of a text that is a JSON array, or an object whose member ROWS is one.

    Args:
        pieces: The text.

    Yields:
        Each element; a Problem, as the last one, where the text is no JSON.
    """
    text = _Text(pieces)
    number = 0
    try:
        if text.peek() == "\ufeff":
            text.take("\ufeff")
        if text.take("{") and not _is_at_rows(text):
            return
        if not text.take("["):
            raise ValueError("is not a list")
        if text.take("]"):
            return
        while True:
            number += 1
            yield text.value()
            if text.take("]"):
                return
            if not text.take(","):
                raise ValueError("ends before its list does")
    except ValueError as error:
        reason = str(error).partition(":")[0]
        yield Problem(number, "bad_json", f"from here on it is not JSON ({reason})")


def _is_at_rows(text: _Text) -> bool:
    """Whether an object has a member ROWS that is a list; the text then stands at that list."""
    if text.take("}"):
        return False
    while True:
        name = text.value()
        if not text.take(":"):
            raise ValueError("is not an object")
        if name == ROWS and text.peek() == "[":
            return True
        text.value()
        if text.take("}"):
            return False
        if not text.take(","):
            raise ValueError("is not an object")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
