"""Generate the pictures of docs/: the real output of the program in a made-up week.

    python docs/picture.py

needs the dependencies of the tests. Clock, time zone and ids are fixed, so that the pictures change only when
the output does; a test keeps the two in step.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clockeye_cli.core.palette import PALETTE  # noqa: E402 (after the path is set)
from tests.app import App  # noqa: E402 (after the path is set)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

COLUMNS = 96
BEFORE = (
    # The week before the picture begins.
    ("2026-11-16 19:00:00", "clockeye add Sprint planning -p team --from 9 --to 10:30"),
    ("2026-11-16 19:00:00", "clockeye add Login form -p website --from 10:30 --to 12:45"),
    ("2026-11-16 19:00:00", "clockeye add Review -p website --from 13:30 --to 17:10"),
    ("2026-11-17 19:00:00", "clockeye add Pricing page -p website --from 8:45 --to 12"),
    ("2026-11-17 19:00:00", "clockeye add Quarterly figures -p acme --from 13 --to 16:30"),
    ("2026-11-18 19:00:00", "clockeye add Data model -p acme --from 9:10 --to 12:20"),
    ("2026-11-18 19:00:00", "clockeye add Migration script -p acme --from 13:20 --to 18:05"),
    ("2026-11-19 19:00:00", "clockeye add Fix the login bug +bug -p website --from 9 --to 11:40"),
    ("2026-11-19 19:00:00", "clockeye add Interview -p team --from 11:40 --to 12:30"),
    ("2026-11-19 19:00:00", "clockeye add Migration script -p acme --from 13:15 --to 17:45"),
    ("2026-11-20 09:00:00", "clockeye start Standup -p team"),
)
SHOWN = (
    ("2026-11-20 09:20:00", "clockeye start Fix the login bug +bug -p website"),
    ("2026-11-20 12:05:00", "clockeye stop"),
    ("2026-11-20 12:05:00", "clockeye log"),
    ("2026-11-20 12:05:00", "clockeye report --week"),
)
CHARTS = (
    ("2026-11-20 12:05:00", "clockeye start Fix the login bug +bug -p website --at 9:20 --overlap -q"),
    ("2026-11-20 12:05:00", "clockeye log --from yesterday --chart"),
    ("2026-11-20 12:05:00", "clockeye report --month --chart"),
)
PICTURES = {
    "terminal.svg": (
        "A terminal: a timer is started and stopped, then the day's log and the week's timesheet are shown",
        SHOWN,
    ),
    "charts.svg": (
        "A terminal: the log of two days with strips of their hours, and a month as weeks and days",
        CHARTS,
    ),
}
"""The file of each picture, what it shows, and its commands."""

CELL, LINE, SIZE = 8.4, 21, 14
LEFT, TOP, BOTTOM = 22, 68, 20
EIGHTHS, RIGHT_HALF = " ▏▎▍▌▋▊▉█", "▐"
COLORS = {
    "": "#c9d1d9",
    "1": "#ffffff",
    "2": "#8b949e",
    "36": "#4cc2d0",
    "prompt": "#7ee787",
}

Run = tuple[int, str, str]
"""A piece of a line: its first column, its style, its text."""


def fixed_ids(app: App) -> mock._patch[Callable[[int], bytes]]:
    """A patch under which ids depend only on the app's clock and the number of ids created so far."""
    real, counts = os.urandom, dict[int, int]()

    def urandom(size: int) -> bytes:
        if size != 12:  # noqa: PLR2004 (the letters of an id; other sizes name files)
            return real(size)
        counts[app.now] = counts.get(app.now, 0) + 1
        return hashlib.sha256(f"{app.now} {counts[app.now]}".encode()).digest()[:size]

    return mock.patch("os.urandom", urandom)


def lines(commands: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The lines on the terminal, with their colours; the output of quiet commands is no line."""
    with tempfile.TemporaryDirectory() as folder:
        app = App(Path(folder) / "home")
        app.environ |= {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
        with fixed_ids(app):
            for at, command in BEFORE:
                app.at(at).ok(*shlex.split(command)[1:], terminal=True)
            for number, (at, command) in enumerate(commands):
                if command.endswith(" -q"):
                    app.at(at).ok(*shlex.split(command)[1:])
                    continue
                yield from [""] * bool(number)
                yield f"\x1b[promptm$\x1b[0m \x1b[1m{command}\x1b[0m"
                result = app.at(at).ok(*shlex.split(command)[1:], terminal=True)
                yield from (result.out + result.err).splitlines()


def svg(name: str) -> str:
    """A picture, by the name of its file."""
    title, commands = PICTURES[name]
    drawn = list(lines(commands))
    width = round(2 * LEFT + COLUMNS * CELL)
    height = TOP + (len(drawn) - 1) * LINE + 8 + BOTTOM
    body = [f"  {piece}" for number, line in enumerate(drawn) for piece in _line(line, TOP + number * LINE)]
    dots = [
        f'  <circle cx="{LEFT + 6 + 20 * number}" cy="20" r="6" fill="{color}"/>'
        for number, color in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" role="img">',
            f"  <title>{title}</title>",
            "  <style>text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono',"
            f" 'Liberation Mono', monospace; font-size: {SIZE}px; white-space: pre }}</style>",
            f'  <rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10" fill="#161b22"'
            ' stroke="#444c56"/>',
            f'  <path d="M1 40V10.5A9.5 9.5 0 0 1 10.5 1H{width - 10.5}A9.5 9.5 0 0 1 {width - 1} 10.5V40Z"'
            ' fill="#22272e"/>',
            *dots,
            *body,
            "</svg>",
            "",
        ]
    )


def _line(line: str, y: int) -> Iterator[str]:
    for column, style, text in _runs(line):
        x, end = LEFT + column * CELL, round(len(text) * CELL, 1)
        color, behind = _colors(style)
        if set(text) <= set(EIGHTHS + RIGHT_HALF):
            # Drawn as rectangles: in some fonts, block characters leave gaps.
            if behind:
                yield _block(x, end, y, behind)
            if text == RIGHT_HALF:
                yield _block(x + CELL / 2, CELL / 2, y, color)
            else:
                yield _block(x, sum(EIGHTHS.index(letter) for letter in text) * CELL / 8, y, color)
        elif set(text) == {"─"}:
            yield f'<path d="M{x:.1f} {y - 4.5}h{end}" stroke="{color}" stroke-opacity="0.6"/>'
        else:
            weight = ' font-weight="600"' if style == "1" else ""
            yield (
                f'<text x="{x:.1f}" y="{y}" textLength="{end}" lengthAdjust="spacingAndGlyphs"'
                f' fill="{color}"{weight}>{escape(text, quote=False)}</text>'
            )


def _block(x: float, wide: float, y: int, color: str) -> str:
    return f'<rect x="{x:.1f}" y="{y - 11}" width="{wide:.1f}" height="13" fill="{color}"/>'


def _colors(style: str) -> tuple[str, str]:
    """The colour of a style, and that behind it, if any: of the palette, or that of a plain style."""
    fore, _, back = style.partition(";48;5;")
    by_code = {f"38;5;{color.code}": color.hex for color in PALETTE}
    behind = by_code[f"38;5;{back}"] if back else ""
    return by_code.get(fore) or COLORS.get(fore, COLORS[""]), behind


def _runs(line: str) -> Iterator[Run]:
    """The pieces of a line that stand together, cut where the style changes and at wide gaps."""
    column, style = 0, ""
    for part in re.split(r"(\x1b\[(?:[\d;]+|prompt)m)", line):
        if part.startswith("\x1b["):
            style = part[2:-1]
            style = "" if style == "0" else style
            continue
        for match in re.finditer(r"\S+(?: \S+)*", part):
            yield column + match.start(), style, match[0]
        column += len(part)


if __name__ == "__main__":
    for name in PICTURES:
        (ROOT / "docs" / name).write_text(svg(name), encoding="utf-8")
