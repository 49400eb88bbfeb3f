"""An error as people see it: what happened, then what to do next, dimmed."""

from __future__ import annotations

from clockeye_cli.core.safe_text import safe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output import streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from clockeye_cli.errors import ClockeyeError


def complaint(error: ClockeyeError, stream: TextIO | None, environ: Mapping[str, str], color: str) -> str:
    """The lines of an error and its hint; all but the first are indented.

    Args:
        error: The error.
        stream: Where it will be written.
        environ: The environment, for the width and the styles.
        color: `auto`, `always` or `never`.
    """

    def lines(text: str) -> str:
        return streams.fitted([safe(line) for line in text.split("\n")], stream, environ)

    message = lines(f"clockeye: {error.message}".replace("\n", "\n  "))
    hint = lines(f"  {error.hint}".replace("\n", "\n  ")) if error.hint else ""
    if streams.has_styles(stream, environ, color):
        message = f"{streams.BOLD}clockeye:{streams.USUAL}{message.removeprefix('clockeye:')}"
        hint = "".join(f"{streams.DIM}{line}{streams.USUAL}\n" for line in hint.splitlines())
    return message + hint
