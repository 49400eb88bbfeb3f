"""Sums as cells and tables: one row per group, with its labels and its share."""

from __future__ import annotations

from clockeye_cli.core import period
from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.measures import COMPARED, MEASURES, USUAL, Sum
from clockeye_cli.core.period_titles import day_title, period_title, week_title
from clockeye_cli.core.totals import OF_TIME, Subtotal
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Marked, Section, Table
from clockeye_cli.store import projects

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.cells import Kind, Row

DAY = r"\d{4}-\d\d-\d\d"
"""The pattern of a day's label."""

LABELS: dict[str, tuple[Column, ...]] = {
    "project": (
        Column("project_id", "Project id", "id", is_detail=True, is_nullable=True),
        Column("project", "Project", is_nullable=True),
    ),
    "client": (
        Column("client_id", "Client id", "id", is_detail=True, is_nullable=True),
        Column("client", "Client", is_nullable=True),
    ),
    "tag": (Column("tag", "Tag", is_nullable=True),),
    "day": (Column("day", "Day", "id", is_nullable=True, pattern=DAY),),
    "week": (Column("week", "Week", "id", is_nullable=True, pattern=rf"\d{{4}}-W\d\d|week of {DAY}"),),
    "month": (Column("month", "Month", "id", is_nullable=True, pattern=r"\d{4}-\d\d"),),
    "quarter": (Column("quarter", "Quarter", "id", is_nullable=True, pattern=r"\d{4}-Q[1-4]"),),
    "year": (Column("year", "Year", "id", is_nullable=True, pattern=r"\d{4}"),),
    "weekday": (Column("weekday", "Weekday", is_nullable=True, values=WEEKDAYS),),
    "hour": (Column("hour", "Hour", "id", is_nullable=True, pattern=r"\d\d:00"),),
    "user": (
        Column("user_id", "User id", "id", is_detail=True, is_nullable=True),
        Column("user", "User", is_nullable=True),
    ),
    "description": (Column("description", "Description", is_nullable=True),),
    "billable": (Column("billable", "Billable", "flag", is_nullable=True),),
}


def sum_columns(measures: Sequence[str]) -> tuple[Column, ...]:
    """One column per measure."""
    return tuple(
        Column(name, MEASURES[name].title, MEASURES[name].kind, drop=MEASURES[name].drop) for name in measures
    )


SHARE = (
    Column("duration", "Total", "duration"),
    Column("share", "Share", "share", drop=1),
    Column("bar", "", "bar", drop=2),
)

LOOKS: dict[str, Kind] = {"project": "marked", "billable": "text"}
"""How people see the labels of some keys, where it is not the kind of their column."""

TITLES = {"day": day_title, "week": week_title}
"""The labels of time that people read in words."""


def sum_row(labels: Sequence[Any], total: Sum, measures: Sequence[str] = USUAL) -> Row:
    """The row of a sum: its labels, then one value for each of some measures."""
    return (*labels, *(getattr(total, name) for name in measures))


def sums_table(
    keys: Sequence[str],
    rows: Sequence[Row],
    whole: Sum,
    meta: dict[str, Any],
    empty: str,
    measures: Sequence[str] = USUAL,
) -> Table:
    """The sums of a report as a list, with their total; the rows are those of `sum_row`."""
    columns = (*(column for key in keys for column in LABELS[key]), *sum_columns(measures))
    first = next(number for number, column in enumerate(columns) if not column.is_detail)
    labels = ["Total" if number == first else None for number in range(len(columns) - len(measures))]
    return Table(columns, [Section("", list(rows))], meta, sum_row(labels, whole, measures), empty=empty)


def labels(ctx: Context, keys: Sequence[str], group: Subtotal, selection: Selection) -> list[Any]:
    """The labels of a group as cells: two for keys that have both an id and a name."""
    cells: list[Any] = []
    for key, label in zip(keys, group.labels, strict=True):
        if key == "project":
            cells += [label, selection.names.get(label)]
        elif key == "client":
            cells += (label.id, label.name) if label else (None, None)
        elif key == "user":
            cells += selection.user_of(label)
        elif label is None:
            cells.append(None)
        elif key == "weekday":
            cells.append(WEEKDAYS[(label + ctx.rule.week_start) % 7])
        elif key == "hour":
            cells.append(f"{label:02}:00")
        else:
            cells.append(period.label(key, label) if key in OF_TIME else label)
    return cells


def names(ctx: Context, keys: Sequence[str], group: Subtotal, selection: Selection) -> list[str]:
    """The labels of a group for people: one for each key, and a dash for an empty one."""
    texts: list[str] = []
    today = ctx.rule.day_of(ctx.now)
    for key, label in zip(keys, group.labels, strict=True):
        if key in TITLES and label is not None:
            texts.append(TITLES[key](label, today))
        else:
            texts.append(label_text(labels(ctx, [key], Subtotal((label,), group.sum), selection)[-1]))
    return texts


def shares_table(
    ctx: Context,
    selection: Selection,
    keys: Sequence[str],
    sums: Sums,
    measures: Sequence[str] = USUAL,
    top: int | None = None,
) -> Table:
    """Sums with their share of the whole, for people, and with the measures that are not usual.

    Args:
        ctx: For the rule of days.
        selection: What the sums are of.
        keys: The keys; the table has a column for each.
        sums: The sums.
        measures: The measures of the report.
        top: How many of the longest are shown, the others as one row; None for all.
    """
    shown, rest = folded(sums.groups, top)
    slots = slots_of(ctx) if "project" in keys else {}
    rows: list[tuple[list[Any], Sum]] = []
    for group in shown:
        texts: list[Any] = [*names(ctx, keys, group, selection)]
        for place, key in enumerate(keys):
            if key == "project":
                texts[place] = Marked(texts[place], slots.get(group.labels[place]))
        rows.append((texts, group.sum))
    rows += [([*texts], total) for texts, total in more(rest, len(keys))]
    most = max((total.duration for _, total in rows), default=0)
    columns = [column for key in keys for column in LABELS[key] if not column.is_detail]
    looks = [column._replace(kind=LOOKS.get(column.key, column.kind)) for column in columns]
    cells = [(*texts, *figures(total, sums.whole.duration, most, measures)) for texts, total in rows]
    total = ("Total", *[""] * (len(columns) - 1), *totals(sums.whole, measures))
    return Table(
        (*looks, *figure_columns(measures)),
        [Section("", cells)],
        total=total,
        heading=heading(ctx, selection),
    )


def figure_columns(measures: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a total, what it is compared with, its share, the other measures, and a bar."""
    beside, others = _unusual(measures)
    return (SHARE[0], *sum_columns(beside), SHARE[1], *sum_columns(others), SHARE[2])


def figures(total: Sum, whole: int, most: int, measures: Sequence[str]) -> Row:
    """The cells of these columns, for a whole and a longest row of so many seconds."""
    seconds = total.duration
    beside, others = _of(total, measures)
    shown = [None if value == 0 else value for value in others]  # what is not billable has no rounded time
    share, bar = (seconds / each if each else 0.0 for each in (whole, most))
    return (seconds, *beside, share, *shown, bar)


def totals(whole: Sum, measures: Sequence[str]) -> Row:
    """The cells of these columns, for the sum of everything."""
    beside, others = _of(whole, measures)
    return (whole.duration, *beside, None, *others, None)


def _unusual(measures: Sequence[str]) -> tuple[list[str], list[str]]:
    """The measures that a total is compared with, and the others that are not usual."""
    others = [name for name in measures if name not in (*USUAL, *COMPARED, "unpriced_duration")]
    return [name for name in measures if name in COMPARED], others


def _of(total: Sum, measures: Sequence[str]) -> tuple[list[Any], list[Any]]:
    beside, others = ([getattr(total, name) for name in names] for names in _unusual(measures))
    return beside, others


def slots_of(ctx: Context) -> dict[str, int]:
    """The slot of every project in the palette, by its id."""
    with ctx.store.read() as connection:
        return projects.colors(connection)


def heading(ctx: Context, selection: Selection) -> str:
    """The heading of a report: its period."""
    return period_title(selection.period, ctx.rule.day_of(ctx.now))


def folded(groups: Sequence[Subtotal], top: int | None) -> tuple[list[Subtotal], list[Subtotal]]:
    """The longest groups, in their order, and the others; all of them without a limit."""
    if top is None:
        return [*groups], []
    longest = sorted(range(len(groups)), key=lambda place: -groups[place].sum.duration)[:top]
    return [groups[place] for place in sorted(longest)], [
        group for place, group in enumerate(groups) if place not in longest
    ]


def more(groups: Sequence[Subtotal], columns: int = 1) -> list[tuple[list[str], Sum]]:
    """The labels and the sum of a row for groups that are not shown; none if all are."""
    texts = [f"{len(groups)} more", *[""] * (columns - 1)]
    return [(texts, Sum.of(group.sum for group in groups))] if groups else []


def label_text(label: Any) -> str:
    """A label for people; a dash if it is empty."""
    if isinstance(label, bool):
        return "billable" if label else "not billable"
    return "–" if label in (None, "") else str(label)
