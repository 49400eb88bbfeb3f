"""Charts of bars: one for each day, divided among projects, or one for each project."""

from __future__ import annotations

from datetime import date

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.charts.shapes import LEFT, TOP, Diagram, Label, Shape, columns, day_text, look
from clockeye_cli.output.spelling import people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.output.document import Chart
    from clockeye_cli.output.formats import RenderOptions

BARS, BELOW = 180, 22
"""The height of the highest bar, and the room below it for the labels."""

TALL = 14
"""Pixels; a part of a bar that is less high has no room for its letter."""

FEW = 8
"""The most bars that have a whole label each."""

STEPS = (900, 1_800, 3_600, 7_200, 14_400, 28_800, 36_000, 72_000, 144_000, 288_000, 576_000)
"""Seconds between the lines across."""

MOST_LINES = 5

LINE, BAR_LINE, NAME = 34, 10, 28
"""The height of a row of shares, of its bar, and how many characters of a name there is room for."""

MOST_SHARES = 12


def marks(names: Sequence[str]) -> list[str]:
    """A letter for each name: the first one of it that no name before has; a blank if all are taken."""
    taken: list[str] = []
    for name in names:
        letters = [letter for letter in name.lower() if letter.isalnum()]
        taken.append(next((letter for letter in letters if letter not in taken), " "))
    return taken


def days(chart: Chart, options: RenderOptions) -> Diagram:
    """A bar for each row, divided into the columns of the values."""
    rows, label, values = columns(chart)
    spell = people("duration", options)
    most = max((sum(row[place] or 0 for place in values) for row in rows), default=0) or 1
    step = next((step for step in STEPS if most <= step * MOST_LINES), most)
    bottom, scale = TOP + BARS, BARS / most
    slot = (1 - LEFT) / max(len(rows), 1)
    keys = list(chart.values)
    titles = [chart.of.columns[place].title for place in values]
    letters = marks(titles)
    shapes: list[Shape] = []
    labels = [
        Label(0, bottom - at * scale - 3, "start", f"{at / 3600:g} h") for at in range(step, most + 1, step)
    ]
    for number, row in enumerate(rows):
        x, y = LEFT + slot * (number + 0.1), float(bottom)
        name = day_text(row[label]) if isinstance(row[label], date) else str(row[label])
        for key, place, title, letter in zip(keys, values, titles, letters, strict=True):
            if seconds := row[place] or 0:
                height = seconds * scale
                y -= height
                mark = letter if height >= TALL and letter.strip() else ""
                about = f"{name}, {title}: {spell(seconds)}"
                shapes.append(Shape(x, y, slot * 0.8, height, look(chart, key), about, mark))
        labels.append(Label(x + slot * 0.4, bottom + 15, "middle", *_short(row[label], number, len(rows))))
    legend = [
        (look(chart, key), letter.strip(), title)
        for key, letter, title in zip(keys, letters, titles, strict=True)
    ]
    total = sum(row[place] or 0 for row in rows for place in values)
    about = f"{spell(total)} in {len(rows)} rows, at most {spell(most if total else 0)} in one."
    lines = [round(bottom - at * scale) for at in range(0, most + 1, step)]
    return Diagram(chart.title, about, bottom + BELOW, lines, shapes, labels, legend)


def _short(label: Any, number: int, count: int) -> tuple[str, bool]:
    """The label under a bar, and whether it is left out where there is little room."""
    if isinstance(label, date):
        text = f"{label:%a} {label.day}" if count <= FEW else str(label.day)
        return text, count > FEW and label.weekday() != 0
    return str(label), count > FEW and number % 3 != 0


def shares(chart: Chart, options: RenderOptions) -> Diagram:
    """A bar for each of the first rows, with its value and, if the table has one, its share."""
    rows, label, (value,) = columns(chart)
    share = next((place for place, column in enumerate(chart.of.columns) if column.kind == "share"), None)
    spell, percent = people("duration", options), people("share", options)
    most = max((row[value] or 0 for row in rows), default=0) or 1
    shapes, labels = [], []
    for number, row in enumerate(rows[:MOST_SHARES]):
        name, seconds = str(row[label]), row[value] or 0
        y = number * LINE
        shown = spell(seconds) + ("" if share is None else f" · {percent(row[share])}")
        labels += [Label(0, y + 14, "start", _cut(name)), Label(1, y + 14, "end", shown)]
        shapes.append(
            Shape(0, y + 19, max(seconds / most, 0.002), BAR_LINE, look(chart, name), f"{name}: {shown}")
        )
    height = len(shapes) * LINE
    if (more := len(rows) - MOST_SHARES) > 0:
        labels.append(Label(0, height + 14, "start", f"and {more} more"))
        height += LINE
    about = "; ".join(shape.title for shape in shapes[:3])
    return Diagram(chart.title, f"{about}." if about else "Nothing.", height, [], shapes, labels, [])


def _cut(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"
