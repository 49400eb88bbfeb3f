"""The width of text on a terminal, and text that has the same width on every terminal.

Terminals disagree about emoji made of several characters. For a heart with a variation selector, Rich 15
measures 2 columns and tmux 3.3a draws 1; for a thumb with a skin tone, 2 and 4; for a family joined by zero
width joiners, both use 2, and terminals that do not join use 6. No width is right everywhere, so in a table,
where columns must be straight, such an emoji is shown in parts: the heart without its selector, the thumb
without its tone, the family as three people.
"""

from __future__ import annotations

from rich.cells import cell_len

from clockeye_cli.core.safe_text import escape, one_line, safe
from clockeye_cli.output.streams import for_people

LONGEST = 1000
"""Characters of a cell that are processed: more than any terminal shows, so that a megabyte stays cheap."""

JOINS = (0x200D, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400))
"""Zero width joiner, the selectors of text and emoji style, skin tones."""

FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Two of these make a flag."""

FILLERS = (0x115F, 0x1160, 0x3164, 0xFFA0)
"""Hangul fillers: blank letters whose width differs between terminals."""

_STEADY = {**dict.fromkeys(JOINS, ""), **{code: escape(code) for code in FILLERS}}


def steady(text: str, encoding: str) -> str:
    """The text as one safe line, of the same width on all terminals, in characters that the encoding has."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    shown = safe(one_line(text))
    if not shown.isascii():
        shown = for_people(shown.translate(_STEADY), encoding)
    return shown.rstrip()


def width(text: str) -> int:
    """The number of columns of a text."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """The text, or as much of its beginning as fits before an ellipsis (one column wide)."""
    if width(text) <= columns:
        return text
    room = columns - 1
    kept = 0
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept += 1
    return _whole(text[:kept]).rstrip() + ellipsis


def _whole(text: str) -> str:
    """The text without half a flag at its end, whose width differs between terminals."""
    letters = len(text) - len(text.rstrip(FLAG_LETTERS))
    return text[:-1] if letters % 2 else text
