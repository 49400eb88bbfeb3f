"""Text from outside: what is stored of it, and what is safe to show on a terminal.

Whatever people write, in an option, an editor, a file or the environment, goes through `tidy`; bytes go
through `decoded` first. What an account says is kept as it came, but for what no store can hold (`storable`).
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DANGEROUS = (
    (0x00, 0x1F),  # C0: escape sequences, carriage returns, bells
    (0x7F, 0x9F),  # DEL, and C1: 0x9B is a CSI in one character
    (0xAD, 0xAD),  # soft hyphen: one column in some terminals, none in others
    (0x061C, 0x061C),  # Arabic letter mark
    (0x180E, 0x180E),  # Mongolian vowel separator: no width
    (0x200B, 0x200B),  # zero width space
    (0x200E, 0x200F),  # left-to-right and right-to-left mark
    (0x2028, 0x202E),  # line and paragraph separator, bidi embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, bidi isolates, deprecated controls
    (0xD800, 0xDFFF),  # lone surrogates: no encoding has them
    (0xFDD0, 0xFDEF),  # noncharacters
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotations
    (0x1D173, 0x1D17A),  # musical controls
    (0xE0000, 0xE007F),  # tag characters: invisible ASCII
)
"""Ranges of code points (first, last) that are never shown as they are; the last two of each plane neither.

The zero width joiner and non-joiner are allowed: Persian, Indic scripts and emoji need them.
"""

LAST_TWO = 0xFFFE  # of each plane: noncharacters
MOST_ASCII = 0x7F
SHORT = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}


def is_dangerous(code: int) -> bool:
    """Whether a code point could control a terminal, reorder a line or hide in it."""
    return code & LAST_TWO == LAST_TWO or any(first <= code <= last for first, last in DANGEROUS)


def escape(code: int) -> str:
    r"""The visible form of a code point: `\n`, `\x1b`, `\u202e`, `\U000e0041`."""
    if code in SHORT:
        return SHORT[code]
    # Python's notation, so that it can be pasted into a string.
    return chr(code).encode("ascii", "backslashreplace").decode() if code > MOST_ASCII else f"\\x{code:02x}"


class _DangerousEscapes(dict[int, "int | str"]):
    """A table for `str.translate` that adds characters as it meets them."""

    def __missing__(self, code: int) -> int | str:
        shown = self[code] = escape(code) if is_dangerous(code) else code
        return shown


_ESCAPED_LINES = _DangerousEscapes()
_LINES = _DangerousEscapes({0x09: 0x09, 0x0A: 0x0A})


def safe(text: str, *, keep_newlines: bool = False) -> str:
    r"""The text with a visible escape in place of each dangerous character.

    Not reversible: a text that already contains a backslash and `x1b` looks the same as one with an ESC.

    Args:
        text: Any text.
        keep_newlines: Keep newlines and tabs, for text of several lines; otherwise they become `\n` and `\t`.
    """
    # isprintable() runs in C without a table and is false for everything in DANGEROUS (a test checks that),
    # so almost every text ends here; str.translate looks each character up.
    if text.isprintable():
        return text
    return text.translate(_LINES if keep_newlines else _ESCAPED_LINES)


MEANINGLESS = "\ufeff\u200b"
"""The byte order mark and the zero width space: at the ends of a text they are white space nobody sees."""

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
"""The bytes that some editors put before a text, and the encoding that they stand for."""


def storable(text: str) -> str:
    """The text with U+FFFD in place of NUL and of each lone surrogate; all else is as it came."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in text
    )


def tidy(text: str) -> str:
    """A text that a person wrote, as it is stored: with plain line ends and no white space around it."""
    if text.isprintable() and text[:1] != " " != text[-1:]:
        return text
    text = with_plain_lines(storable(text))
    while (stripped := text.strip().strip(MEANINGLESS)) != text:
        text = stripped
    return text


def with_plain_lines(text: str) -> str:
    r"""The text with `\n` at the end of each line, as it is written on Unix, in place of `\r\n` and `\r`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decoded(content: bytes) -> str:
    """The text of a file, with plain line ends: UTF-8, or what its byte order mark says, which is left out.

    Raises:
        ValueError: It is in another encoding.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return with_plain_lines(content[len(mark) :].decode(encoding))
    return with_plain_lines(content.decode())


def variable(environ: Mapping[str, str], name: str) -> str:
    """The value of an environment variable, tidy; empty if it is not set.

    Raises:
        UsageError: It is not UTF-8.
    """
    text = environ.get(name, "")
    if any("\ud800" <= letter <= "\udfff" for letter in text):  # how Python passes on other bytes
        raise UsageError(
            f"The environment variable {name} is not UTF-8.",
            hint="Set it again, with the locale set to UTF-8.",
        )
    return tidy(text)


def one_line(text: str) -> str:
    """A text of several lines with a blank between them, for views of one line."""
    if text.isprintable():
        return text
    return " ".join(filter(None, [line.strip(" \t") for line in with_plain_lines(text).split("\n")]))
