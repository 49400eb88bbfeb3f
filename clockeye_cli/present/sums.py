"""Sums as cells and tables: one row per group, with its labels and its share."""

from __future__ import annotations

from clockeye_cli.core import period
from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.measures import MEASURES, USUAL
from clockeye_cli.core.totals import OF_TIME
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Subtotal, Sums
    from clockeye_cli.output.cells import Row

LABELS: dict[str, tuple[Column, ...]] = {
    "project": (Column("project_id", "Project id", "id", is_detail=True), Column("project", "Project")),
    "tag": (Column("tag", "Tag"),),
    "day": (Column("day", "Day", "id"),),
    "week": (Column("week", "Week", "id"),),
    "month": (Column("month", "Month", "id"),),
    "quarter": (Column("quarter", "Quarter", "id"),),
    "year": (Column("year", "Year", "id"),),
    "weekday": (Column("weekday", "Weekday"),),
    "hour": (Column("hour", "Hour", "id"),),
    "user": (Column("user_id", "User id", "id", is_detail=True), Column("user", "User")),
    "description": (Column("description", "Description"),),
    "billable": (Column("billable", "Billable", "flag"),),
}


def sum_columns(measures: Sequence[str]) -> tuple[Column, ...]:
    """One column per measure."""
    return tuple(
        Column(name, MEASURES[name].title, MEASURES[name].kind, drop=MEASURES[name].drop) for name in measures
    )


SHARE = (
    Column("duration", "Total", "duration"),
    Column("share", "Share", "share", drop=2),
    Column("bar", "", "bar", drop=1),
)


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


def shares_table(
    ctx: Context, selection: Selection, keys: list[str], sums: Sums, measures: Sequence[str] = USUAL
) -> Table:
    """Sums with their share of the whole, for people, and with the measures that are not usual."""
    more = [name for name in measures if name not in USUAL and name != "unpriced_duration"]
    groups, whole = sums
    columns = [column for key in keys for column in LABELS[key] if not column.is_detail]
    shown = [
        number for number, column in enumerate(c for key in keys for c in LABELS[key]) if not column.is_detail
    ]
    most = max((group.sum.duration for group in groups), default=0)
    rows: list[Row] = []
    for group in groups:
        row = labels(ctx, keys, group, selection)
        seconds = group.sum.duration
        names = [label_text(row[number]) for number in shown]
        rows.append(
            (
                *names,
                seconds,
                seconds / whole.duration if whole.duration else 0.0,
                *(_unless_nothing(getattr(group.sum, name)) for name in more),
                seconds / most if most else 0.0,
            )
        )
    asked = [getattr(whole, name) for name in more]
    total = ("Total", *[""] * (len(columns) - 1), whole.duration, None, *asked, None)
    texts = tuple(
        column._replace(kind="text" if column.kind == "flag" else column.kind) for column in columns
    )
    figures = (*SHARE[:-1], *sum_columns(more), SHARE[-1])
    return Table((*texts, *figures), [Section("", rows)], total=total, heading=selection.period.name)


def _unless_nothing(value: Any) -> Any:
    """A value, or None in place of 0: what is not billable has no rounded time."""
    return None if value == 0 else value


def label_text(label: Any) -> str:
    """A label for people; a dash if it is empty."""
    if isinstance(label, bool):
        return "billable" if label else "not billable"
    return "–" if label in (None, "") else str(label)
