"""What charts consist of.

Across, everything is a fraction of the width, so that text keeps its size when a page becomes narrow; down,
it is in pixels.
"""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.output.cells import Row
    from clockeye_cli.output.document import Chart

PLAIN = "plain"
"""The look of a bar without a colour of its own."""

LEFT = 0.07
"""Where bars and fields begin, right of the labels at the edge."""

TOP = 16
"""The room above them, in pixels."""


class Shape(NamedTuple):
    """A rectangle.

    Attributes:
        x: Its left edge, 0 to 1 of the width.
        y: Its upper edge, in pixels.
        width: 0 to 1 of the width.
        height: In pixels.
        look: `p0` to `p7` for a colour of the palette, `h0` to `h4` for a shade, or PLAIN.
        title: What it stands for, with its value.
        mark: A letter to show in it; empty for none.
    """

    x: float
    y: float
    width: float
    height: float
    look: str
    title: str
    mark: str = ""


class Label(NamedTuple):
    """A text at a point: `x` is 0 to 1 of the width, `y` the base line in pixels.

    Attributes:
        anchor: Which part of the text is at the point: `start`, `middle` or `end`.
        text: What is written.
        is_minor: Whether it is left out where there is little room.
    """

    x: float
    y: float
    anchor: str
    text: str
    is_minor: bool = False


class Diagram(NamedTuple):
    """A chart, ready to be drawn.

    Attributes:
        title: What it shows.
        about: The same in a sentence, with the most important values, for those who do not see it.
        height: In pixels.
        lines: The heights, in pixels, of lines across.
        shapes: The bars or fields.
        labels: The texts.
        legend: Looks and marks with their meaning; empty where labels say it.
    """

    title: str
    about: str
    height: int
    lines: list[int]
    shapes: list[Shape]
    labels: list[Label]
    legend: list[tuple[str, str, str]]


def columns(chart: Chart) -> tuple[list[Row], int, list[int]]:
    """The rows of a chart's table, the place of its labels, and those of its values."""
    places = {column.key: place for place, column in enumerate(chart.of.columns)}
    return [*chart.of.rows], places[chart.label], [places[key] for key in chart.values]


def look(chart: Chart, name: str) -> str:
    """The look of a column or row, by the key or the label that the chart's colours have."""
    slot = chart.colors.get(name)
    return PLAIN if slot is None else f"p{slot}"


def day_text(day: date) -> str:
    """A day as a table names it, under a title that says the year: `Fri 20 Nov`."""
    return f"{day:%a} {day.day} {day:%b}"
