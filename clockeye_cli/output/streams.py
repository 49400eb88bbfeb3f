"""Standard output, and the capabilities of a stream: encoding, width, colours.

Imports next to nothing, because every command uses it.
"""

from __future__ import annotations

import io
import os
import sys

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO

    from typing_extensions import Buffer

BOLD, DIM, USUAL = "\x1b[1m", "\x1b[2m", "\x1b[0m"
NARROWEST = 40
WIDEST = 200
UNKNOWN_WIDTH = 80
SIGNS = {"−": "-", "±": "+-", "↑": "+", "↓": "-"}
"""What stands for the signs of differences on a terminal that lacks them."""


class Stdout:
    """Standard output, its capabilities, and the only code that writes to it.

    Args:
        stream: The stream; None if it was closed when the process started.
        environ: The environment, for its width and colours.
        color: `auto`, `always` or `never`.
    """

    def __init__(self, stream: TextIO | None, environ: Mapping[str, str], color: str) -> None:
        self.stream = stream
        self.environ = environ
        self.color = color

    @property
    def is_terminal(self) -> bool:
        """Whether it is a terminal."""
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
        """Lines of the terminal; 0 if unknown."""
        return height_of(self.stream, self.environ) if self.is_terminal else 0

    @property
    def colors(self) -> int:
        """How many colours it shows: 0 (no escape sequences at all), 16 or 256."""
        if not has_color(self.color, self.environ, on_terminal=self.is_terminal):
            return 0
        return 256 if "256color" in self.environ.get("TERM", "") or self.environ.get("COLORTERM") else 16

    def write(self, text: str) -> None:
        """Write a text for people, with `?` for each character that the encoding lacks.

        Raises:
            StorageError: The stream is closed or cannot be written (a full disk).
            BrokenPipeError: Its reader has exited (`| head`).
        """
        if text:
            self._hand_over(lambda stream: stream.write(for_people(text, self.encoding)))

    def write_bytes(self, document: bytes) -> None:
        """Write a document unchanged, after earlier output; raises the same errors as `write`."""

        def hand_over(stream: TextIO) -> None:
            stream.flush()
            stream.buffer.write(document)
            if self.is_terminal:
                stream.flush()  # so that a later notice on standard error follows it

        if document:
            self._hand_over(hand_over)

    def flush(self) -> None:
        """Flush the stream; raises the same errors as `write`, but not for a closed stream."""
        if self.stream is not None:
            self._hand_over(lambda stream: stream.flush())

    def _hand_over(self, write: Callable[[TextIO], object]) -> None:
        if self.stream is None:
            raise StorageError("Cannot write to standard output: it is closed.")
        try:
            write(self.stream)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StorageError(f"Cannot write to standard output: {error.strerror}.") from error


class WaitingFile(io.RawIOBase):
    """A file that is written to the end: it waits where the reader is slow and the file does not block.

    Args:
        descriptor: An open file, which stays open.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: Buffer, /) -> int:
        """Write all of the content, and return its length."""
        rest = view = memoryview(content).cast("B")
        while rest:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                import select

                select.select([], [self._descriptor], [])
        return len(view)


def buffered(stream: TextIO) -> TextIO:
    """A stream to the same file, with a buffer and complete writes.

    With `PYTHONUNBUFFERED`, Python's own stream drops what the system did not take at once; with a file that
    does not block, it fails.
    """
    return io.TextIOWrapper(
        io.BufferedWriter(WaitingFile(stream.fileno())),
        encoding=stream.encoding,
        errors=stream.errors,
        newline="\n" if os.name != "nt" else None,
        line_buffering=stream.isatty() or stream is sys.stderr,
    )


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; None is a stream that was closed when the process started (`>&-`)."""
    return stream is not None and stream.isatty()


def encoding_of(stream: TextIO | None) -> str:
    """The stream's encoding; UTF-8 for text streams without one."""
    return getattr(stream, "encoding", None) or "utf-8"


def is_utf8(encoding: str) -> bool:
    """Whether an encoding has every character."""
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8"}


def for_people(text: str, encoding: str) -> str:
    """The text with `?` for each character that the encoding lacks; `text` has no lone surrogates.

    A minus sign becomes a hyphen; see SIGNS.
    """
    if is_utf8(encoding) or text.isascii():
        return text
    for sign, plain in SIGNS.items():
        if sign in text and sign.encode(encoding, "ignore") == b"":
            text = text.replace(sign, plain)
    return text.encode(encoding, "replace").decode(encoding)


def has_color(choice: str, environ: Mapping[str, str], *, on_terminal: bool) -> bool:
    """Whether escape sequences may be written.

    The first that applies decides: `--color`, `NO_COLOR` (https://no-color.org), `FORCE_COLOR` and
    `CLICOLOR_FORCE` (set and not `0`), `TERM=dumb`, and finally whether the stream is a terminal.

    Args:
        choice: `always`, `never` or `auto`.
        environ: The environment.
        on_terminal: Whether the stream is a terminal.
    """
    if choice in {"always", "never"}:
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return on_terminal and environ.get("TERM") != "dumb"


def has_styles(stream: TextIO | None, environ: Mapping[str, str], choice: str) -> bool:
    """Whether words of messages may be bold or dim: as colours, but not on a terminal without a `TERM`."""
    is_named = choice == "always" or bool(environ.get("TERM"))
    return is_named and has_color(choice, environ, on_terminal=is_terminal(stream))


def width_of(stream: TextIO | None, environ: Mapping[str, str]) -> int:
    """Columns to draw in, from 40 to 200: `COLUMNS`, else the terminal's, else 80."""
    columns = _number(environ.get("COLUMNS", "")) or _size(stream)[0] or UNKNOWN_WIDTH
    return max(NARROWEST, min(WIDEST, columns))


def height_of(stream: TextIO | None, environ: Mapping[str, str]) -> int:
    """Lines of the terminal: `LINES`, else the terminal's; 0 if unknown."""
    return _number(environ.get("LINES", "")) or _size(stream)[1]


def fitted(lines: Sequence[str], stream: TextIO | None, environ: Mapping[str, str]) -> str:
    """Lines as text; where a person reads them on a terminal, those that are too long break between words."""
    width = (_number(environ.get("COLUMNS", "")) or _size(stream)[0]) if is_terminal(stream) else 0
    whole: list[str] = []
    for line in lines:
        if not width or len(line) * 2 <= width or (line.isascii() and len(line) <= width):
            whole.append(line)
            continue
        from clockeye_cli.core.wrapping import wrapped  # late: most lines are short

        whole += wrapped(line, width)
    return "".join(f"{line}\n" for line in whole)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _size(stream: TextIO | None) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno() if stream is not None else -1)
    except (OSError, ValueError, AttributeError):  # no terminal, or a stream without a file descriptor
        return (0, 0)
