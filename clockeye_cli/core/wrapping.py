"""Lines that break between words: a word, and a command in backticks, always stays whole."""

from __future__ import annotations


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each no longer than `width` unless a single piece is.

    A command in backticks is one piece, because a shell would run the first half of one that is pasted with a
    line break in it. So is a long path.
    """
    lines: list[str] = []
    for piece in _pieces(text):
        if lines and len(lines[-1]) + 1 + len(piece) <= width:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines or [""]


def _pieces(text: str) -> list[str]:
    """The words of a text, with those between two backticks as one."""
    pieces: list[str] = []
    is_open = False
    for word in text.split(" "):
        if is_open:
            pieces[-1] += f" {word}"
        elif word or pieces:
            pieces.append(word)
        is_open ^= word.count("`") % 2 == 1
    # A lone backtick opens nothing.
    return text.split() if is_open else [piece for piece in pieces if piece]
