"""Draws a year as a field for each day: weeks from left to right, or if narrow a line for a month."""

from __future__ import annotations

from datetime import timedelta

from rich.style import Style
from rich.text import Text

from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.day_names import MONTHS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.spelling import fields
from clockeye_cli.output.terminal.paper import DIM, Cell

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.output.cells import Table
    from clockeye_cli.output.terminal.paper import Paper

INDENT = 5
NARROW = 60
"""With fewer terminal columns a line is a month."""

SHADES = (None, 24, 31, 38, 45)
"""The colours of the levels, where there are 256: one hue, lighter for more."""


def draw(table: Table, paper: Paper) -> None:
    """Draw a table of days, their durations and levels, whose `stack` is `heat`."""
    levels = {day: level for day, _, level in table.rows}
    if paper.options.width < NARROW:
        for month in dict.fromkeys((day.year, day.month) for day in levels):
            of_month = [levels[day] for day in levels if (day.year, day.month) == month]
            skipped = next(day for day in levels if (day.year, day.month) == month).day - 1
            name = f"{MONTHS[month[1] - 1][:3]}  ".ljust(INDENT + skipped)
            paper.draw_whole(_line(name, of_month, 1, paper))
    else:
        _draw_weeks(levels, table.meta["week_start"], paper)
    signs = fields(paper.options.encoding)
    legend = "  ".join(f"{sign} {text}" for sign, text in zip(signs, table.meta["legend"], strict=True))
    paper.draw(Text(" " * INDENT + legend if paper.options.width >= NARROW else legend, DIM))


def _draw_weeks(levels: dict[date, int], week_start: int, paper: Paper) -> None:
    first, last = min(levels), max(levels)
    begin = first - timedelta(days=(first.weekday() - week_start) % 7)
    weeks = (last - begin).days // 7 + 1
    wide = 2 if INDENT + 2 * weeks <= paper.options.width else 1
    titles = ""
    for day in levels:
        place = (day - begin).days // 7 * wide
        if (day.day == 1 or day == first) and (not titles or place > len(titles)):
            titles = titles.ljust(place) + MONTHS[day.month - 1][:3]
    paper.draw_whole(Text(" " * INDENT + titles, DIM))
    for row in range(7):
        name = WEEKDAYS[(row + week_start) % 7][:3] if row % 2 == 0 else ""
        days = [begin + timedelta(days=7 * number + row) for number in range(weeks)]
        paper.draw_whole(_line(name.ljust(INDENT), [levels.get(day) for day in days], wide, paper))


def _line(name: str, levels: list[int | None], wide: int, paper: Paper) -> Text:
    signs = fields(paper.options.encoding)
    cell = Cell().append(name, DIM)
    for level in levels:
        if level is None:
            cell.append(" " * wide)
            continue
        shade = SHADES[level] if paper.options.colors > 16 else None  # noqa: PLR2004 - where there are more
        style = Style(color=f"color({shade})") if shade else DIM if not level else None
        cell.append(signs[level] * wide, style)
    return cell
