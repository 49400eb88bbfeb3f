"""The terminal as a full-screen page that is redrawn, and the keys pressed meanwhile.

However it ends (a key, Ctrl-C, a signal, an error), the terminal is restored, and also while it is stopped by
Ctrl-Z.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TextIO

# The alternate screen, without a cursor, with lines that are cut instead of wrapped.
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
HOME, TO_LINE_END, TO_END = "\x1b[H", "\x1b[K", "\x1b[J"
USUAL_HEIGHT = 24
LONGEST_KEY = 64
SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?")
"""The sequence of an arrow or function key, which is ignored."""
ENDING = ("SIGTERM", "SIGHUP")


class Screen:
    """The terminal as a full-screen page; a context manager.

    Args:
        stdin: The terminal, for keys.
        stdout: The terminal, for drawing.
        environ: The environment, for the size if the terminal does not report it.
    """

    def __init__(self, stdin: TextIO, stdout: TextIO, environ: Mapping[str, str]) -> None:
        self._stdin = stdin
        self._stdout = stdout
        self._environ = environ
        self._keys: Any = None
        self._pressed = ""
        self._signals: dict[int, Any] = {}

    def __enter__(self) -> Screen:
        self._stdout.flush()
        for name in ENDING:
            if hasattr(signal, name):  # not all systems have both
                self._on(getattr(signal, name), self._end)
        if hasattr(signal, "SIGTSTP"):
            self._on(signal.SIGTSTP, self._pause)
        self._enter()
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()
        for number, before in self._signals.items():
            signal.signal(number, before)

    @property
    def height(self) -> int:
        """The number of lines on the screen."""
        return streams.height_of(self._stdout, self._environ) or USUAL_HEIGHT

    def draw(self, lines: list[str]) -> None:
        """Replace the content of the page with lines; lines below the bottom are dropped."""
        # Erase before writing: after a line as wide as the page, erasing would remove its last character.
        *above, last = lines[: self.height]
        self._write(HOME + "".join(f"{TO_LINE_END}{line}\n" for line in above) + TO_END + last)

    def key(self, seconds: float) -> str:
        """The key pressed within the given seconds; empty for none, `q` if the terminal is gone.

        Keys that send several characters (an arrow) are ignored.
        """
        if not self._pressed:
            self._pressed = _windows_key(seconds) if os.name == "nt" else self._read(seconds)
        first, self._pressed = self._pressed[:1], self._pressed[1:]
        return first

    def _read(self, seconds: float) -> str:
        number = self._stdin.fileno()
        if not select.select([number], [], [], seconds)[0]:
            return ""
        pressed = os.read(number, LONGEST_KEY)
        return SEQUENCE.sub(b"", pressed).decode(errors="replace") if pressed else "q"

    def _enter(self) -> None:
        if os.name != "nt":
            import termios
            import tty

            number = self._stdin.fileno()
            self._keys = termios.tcgetattr(number)
            tty.setcbreak(number)
        self._write(ENTER)

    def _leave(self) -> None:
        with contextlib.suppress(OSError):  # the terminal may be gone
            self._write(LEAVE)
        if self._keys is not None:
            import termios

            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._stdin.fileno(), termios.TCSADRAIN, self._keys)

    def _on(self, number: int, action: Any) -> None:
        self._signals[number] = signal.signal(number, action)

    def _end(self, *_: object) -> None:
        raise KeyboardInterrupt

    def _pause(self, number: int, _: object) -> None:
        """Ctrl-Z: restore the terminal, stop, and take it over again when the shell continues us."""
        self._leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._pause)
        self._enter()

    def _write(self, text: str) -> None:
        # Bypasses Python's buffer, which a signal could interrupt half-filled.
        encoding = streams.encoding_of(self._stdout)
        remaining = streams.for_people(text, encoding).encode(encoding)
        while remaining:
            remaining = remaining[os.write(self._stdout.fileno(), remaining) :]


def _windows_key(seconds: float) -> str:
    import msvcrt
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore] # only Windows has it
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore] # only Windows has it
        time.sleep(0.05)
    return ""
