"""Draws a day as a strip: its hours, and below them what was tracked in each part of one."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.streams import for_people
from clockeye_cli.output.terminal.paper import DIM, Cell

if TYPE_CHECKING:
    from clockeye_cli.core.strip import Stretch, Strip
    from clockeye_cli.output.terminal.paper import Paper

INDENT = 6
PARTS = (12, 8, 4, 2, 1)
"""How many cells an hour may have."""

LABEL = 2
"""The width of the label of an hour."""

FULL, LEFT, RIGHT, NOTHING = "█", "▌", "▐", "·"


def draw(strip: Strip, paper: Paper) -> None:
    """Draw a strip: in colours where the terminal has them, otherwise in the marks of the projects."""
    room = paper.options.width - INDENT - LABEL
    parts = next((each for each in PARTS if each * len(strip.hours) <= room), PARTS[-1])
    has_blocks = for_people(FULL + LEFT + RIGHT, paper.options.encoding) == FULL + LEFT + RIGHT
    paper.draw_whole(Text(" " * INDENT + labels(strip, parts), DIM))
    is_colored = paper.options.colors and has_blocks
    paper.draw_whole(_colored(strip, parts, paper) if is_colored else _marked(strip, parts, paper))


def labels(strip: Strip, parts: int) -> str:
    """The hours above the cells at which they begin, as many as there is room for, and last the end."""
    line = ""
    clocks = [hour for _, hour in strip.hours]
    for number, hour in enumerate([*clocks, (clocks[-1] + 1) % 24]):
        if not line or number * parts > len(line):
            line = line.ljust(number * parts) + str(hour)
    return line


def _marked(strip: Strip, parts: int, paper: Paper) -> Text:
    gap = NOTHING if for_people(NOTHING, paper.options.encoding) == NOTHING else "."
    cell = Cell(" " * INDENT)
    for each in strip.pieces(parts):
        cell.append(each.mark if each else gap, (paper.color(each.slot) if each else DIM))
    return cell


def _colored(strip: Strip, parts: int, paper: Paper) -> Text:
    cell = Cell(" " * INDENT)
    halves = strip.pieces(2 * parts)
    for left, right in zip(halves[::2], halves[1::2], strict=True):
        cell.append(*_block(left, right, paper))
    return cell


def _block(left: Stretch | None, right: Stretch | None, paper: Paper) -> tuple[str, Style | None]:
    """A cell of two halves; that of two projects has the colour of the second as its background."""
    if left is None and right is None:
        return NOTHING, DIM
    if left == right or right is None or left is None:
        letter = FULL if left == right else LEFT if left else RIGHT
        one = left or right
        return letter, paper.color(one.slot) if one else None
    foreground, background = paper.color(left.slot), paper.color(right.slot)
    behind = background.color if background else None
    return LEFT, Style(color=foreground.color if foreground else None, bgcolor=behind)
