"""The whole terminal as a page that is drawn again and again, and the keys that are pressed meanwhile.

Whatever ends it (a key, Ctrl-C, a signal, an error), the terminal is as it was before; while it is stopped
by Ctrl-Z, too.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
from typing import TYPE_CHECKING, Any

from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

# The second page of the terminal, without a cursor, and lines that are cut instead of wrapped.
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?25h\x1b[?1049l"
HOME, TO_LINE_END, TO_END = "\x1b[H", "\x1b[K", "\x1b[J"
USUAL_HEIGHT = 24
LONGEST_KEY = 64
SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?")
"""What an arrow or a function key sends, which is no key of ours."""
ENDING = ("SIGTERM", "SIGHUP")


class Screen:
    """The terminal, while it is a page. Use it as a context manager.

    Args:
        stdin: The terminal's keys.
        stdout: The terminal's page.
        environ: Its size, if it does not know it.
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
            if hasattr(signal, name):  # not every system has both
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
        """Lines that can be drawn."""
        return streams.height_of(self._stdout, self._environ) or USUAL_HEIGHT

    def draw(self, lines: list[str]) -> None:
        """Put lines in the place of what is on the page; what is too tall is left out below."""
        # What is erased is erased first: after a line as wide as the page that would be its last character.
        *above, last = lines[: self.height]
        self._write(HOME + "".join(f"{TO_LINE_END}{line}\n" for line in above) + TO_END + last)

    def key(self, seconds: float) -> str:
        """The key that is pressed within so many seconds, else nothing; `q` if the terminal is gone.

        A key that sends several characters (an arrow) is nothing.
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
        with contextlib.suppress(OSError):  # a terminal that is gone needs nothing any more
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
        """Ctrl-Z: give the terminal back, stop, and take it again when the shell lets us go on."""
        self._leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._pause)
        self._enter()

    def _write(self, text: str) -> None:
        # Past Python's buffer, which a signal must not find half-filled.
        encoding = streams.encoding_of(self._stdout)
        left = streams.for_people(text, encoding).encode(encoding)
        while left:
            left = left[os.write(self._stdout.fileno(), left) :]


def _windows_key(seconds: float) -> str:
    import msvcrt
    import time

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore] # only Windows has it
            return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore] # only Windows has it
        time.sleep(0.05)
    return ""
