"""Lines that break between words: a word, and a command in backticks, always stays whole."""

from __future__ import annotations


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each no wider than `width` columns unless a single piece is.

    A command in backticks is one piece, because a shell would run the first half of one that is pasted with a
    line break in it. So is a long path. White space at the beginning is that of every line.
    """
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines: list[str] = []
    for piece in _pieces(text.strip(" ")):
        if lines and columns(lines[-1]) + 1 + columns(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(indent + piece)
    return lines or [""]


def columns(text: str) -> int:
    """The columns that a text takes on a terminal; those of emoji of several characters are estimated."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in text)


def _pieces(text: str) -> list[str]:
    """The words of a text, with those between two backticks as one."""
    pieces: list[str] = []
    is_open = False
    for word in text.split(" "):
        if is_open:
            pieces[-1] += f" {word}"
        elif word:
            pieces.append(word)
        is_open ^= word.count("`") % 2 == 1
    return text.split() if is_open else pieces  # a lone backtick opens nothing
