"""Standard output, and what a stream can take: its encoding, its width, colours.

Imports next to nothing: every command passes here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TextIO

NARROWEST = 40
WIDEST = 200
UNKNOWN_WIDTH = 80


class Stdout:
    """Standard output: what it can take, and the only place that writes to it.

    Args:
        stream: The stream; None if it was closed before we began.
        environ: What says its width and whether it has colours.
        color: `auto`, `always` or `never`.
    """

    def __init__(self, stream: TextIO | None, environ: Mapping[str, str], color: str) -> None:
        self.stream = stream
        self.environ = environ
        self.color = color

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads it."""
        return is_terminal(self.stream)

    @property
    def encoding(self) -> str:
        """Its encoding."""
        return encoding_of(self.stream)

    @property
    def width(self) -> int:
        """Columns to draw in, from 40 to 200."""
        return width_of(self.stream, self.environ)

    @property
    def height(self) -> int:
        """Lines of the terminal; 0 where unknown."""
        return height_of(self.stream, self.environ) if self.is_terminal else 0

    @property
    def has_color(self) -> bool:
        """Whether escape sequences may be written to it."""
        return has_color(self.color, self.environ, on_terminal=self.is_terminal)

    def write(self, text: str) -> None:
        """Writes a text for people, with `?` for each character that the encoding lacks.

        Raises:
            StorageError: It is closed, or cannot be written (a full disk).
            BrokenPipeError: Its reader has gone (`| head`).
        """
        if text:
            self._hand_over(lambda stream: stream.write(for_people(text, self.encoding)))

    def write_bytes(self, document: bytes) -> None:
        """Writes a document as it is, after what was written before; raises what `write` does."""

        def hand_over(stream: TextIO) -> None:
            stream.flush()
            stream.buffer.write(document)
            if self.is_terminal:
                stream.flush()  # a notice on standard error comes after it

        if document:
            self._hand_over(hand_over)

    def flush(self) -> None:
        """Hands everything to the system; raises what `write` does. A closed stream has nothing to give."""
        if self.stream is not None:
            self._hand_over(lambda stream: stream.flush())

    def _hand_over(self, write: Callable[[TextIO], object]) -> None:
        if self.stream is None:
            raise StorageError("Standard output cannot be written: it is closed.")
        try:
            write(self.stream)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StorageError(f"Standard output cannot be written: {error.strerror}.") from error


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
