"""What a stream can take: its encoding, its width, colours. Imports nothing: every command passes here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

NARROWEST = 40
WIDEST = 200
UNKNOWN_WIDTH = 80


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads this stream; a stream that was closed before we began (`>&-`) is None."""
    return stream is not None and stream.isatty()


def encoding_of(stream: TextIO | None) -> str:
    """The stream's encoding; UTF-8 for streams of text that have none."""
    return getattr(stream, "encoding", None) or "utf-8"


def is_utf8(encoding: str) -> bool:
    """Whether an encoding has every character."""
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8"}


def for_people(text: str, encoding: str) -> str:
    """The text with `?` for each character that the encoding lacks; `text` has no lone surrogates."""
    if is_utf8(encoding) or text.isascii():
        return text
    return text.encode(encoding, "replace").decode(encoding)


def for_programs(text: str, encoding: str) -> str:
    r"""The text as it is, but `\ud800` or `\u4f60` for each character that the encoding lacks."""
    if text.isascii():
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    return text


def has_color(choice: str, environ: Mapping[str, str], *, on_terminal: bool) -> bool:
    """Whether escape sequences may be written.

    In this order: `--color`, `NO_COLOR` (https://no-color.org), `FORCE_COLOR` and `CLICOLOR_FORCE` (set and
    not `0`), `TERM=dumb`, and then only a terminal has colours.

    Args:
        choice: `always`, `never`, or `auto` for what the environment says.
        environ: The environment.
        on_terminal: Whether a person reads the stream.
    """
    if choice in {"always", "never"}:
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return on_terminal and environ.get("TERM") != "dumb"


def width_of(stream: TextIO | None, environ: Mapping[str, str]) -> int:
    """Columns to draw in, from 40 to 200: `COLUMNS`, else the terminal's, else 80."""
    columns = _number(environ.get("COLUMNS", "")) or _size(stream)[0] or UNKNOWN_WIDTH
    return max(NARROWEST, min(WIDEST, columns))


def height_of(stream: TextIO | None, environ: Mapping[str, str]) -> int:
    """Lines of the terminal: `LINES`, else its own; 0 where unknown."""
    return _number(environ.get("LINES", "")) or _size(stream)[1]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _size(stream: TextIO | None) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno() if stream is not None else -1)
    except (OSError, ValueError, AttributeError):  # no terminal, or a stream without a file
        return (0, 0)
