"""Heat maps: a square for each day, in columns of weeks."""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.calendar_levels import levels
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.charts.shapes import LEFT, TOP, Diagram, Label, Shape, columns, day_text
from clockeye_cli.output.spelling import people

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.output.document import Chart
    from clockeye_cli.output.formats import RenderOptions

FIELD, GAP = 14, 2
"""The height of a day, and the gap below it, in pixels."""

DAYS_IN_WEEK = 7


def heat(chart: Chart, options: RenderOptions) -> Diagram:
    """A column for each row, a week; its values are the days, None for those outside of the period."""
    rows, label, values = columns(chart)
    spell = people("duration", options)
    of_days = levels([row[place] or 0 for row in rows for place in values], 0)
    slot = (1 - LEFT) / max(len(rows), 1)
    shapes: list[Shape] = []
    labels: list[Label] = []
    month = 0
    for number, row in enumerate(rows):
        week: date = row[label]
        x = LEFT + slot * number
        for day, place in enumerate(values):
            if row[place] is None:  # outside of the period
                continue
            y = TOP + day * (FIELD + GAP)
            on = week + timedelta(days=day)
            title = f"{day_text(on)} {on.year}: {spell(row[place])}"
            shapes.append(Shape(x, y, slot * 0.9, FIELD, f"h{of_days.of(row[place])}", title))
            if on.month != month and on.day <= DAYS_IN_WEEK:
                month = on.month
                labels.append(Label(x, 11, "start", f"{on:%b}"))
    for day, place in enumerate(values):
        if day % 2 == 0:
            name = chart.of.columns[place].title
            labels.append(Label(0, TOP + day * (FIELD + GAP) + 11, "start", name))
    about = f"{len(shapes)} days, {sum(1 for shape in shapes if shape.look != 'h0')} of them with time."
    legend = [(f"h{number}", "", text) for number, text in enumerate(of_days.legend())]
    height = TOP + len(values) * (FIELD + GAP)
    return Diagram(chart.title, about, height, [], shapes, labels, legend)
