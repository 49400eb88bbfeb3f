"""Sums by several keys for people: a line for each group, with its share, and below it its rows."""

from __future__ import annotations

from itertools import groupby

from clockeye_cli.core.measures import Sum
from clockeye_cli.core.totals import OF_TIME, Subtotal, Sums
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Marked, Section, Table
from clockeye_cli.present.sums import (
    LABELS,
    figure_columns,
    figures,
    folded,
    heading,
    more,
    names,
    slots_of,
    totals,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.output.cells import Row

ROOM_FOR_SHARES = 100
"""Terminal columns from which on the rows of a group have a share, too."""


def grouped_table(
    ctx: Context,
    selection: Selection,
    keys: Sequence[str],
    sums: Sums,
    measures: Sequence[str],
    *,
    top: int | None,
    width: int,
) -> Table:
    """The sums of a report by two or more keys.

    Args:
        ctx: For the rule of days.
        selection: What the sums are of.
        keys: The keys; the first one makes the groups.
        sums: The sums.
        measures: The measures of the report.
        top: How many groups, and how many rows of each, are shown; None for all.
        width: Terminal columns.
    """
    whole = sums.whole.duration
    groups = [
        (Subtotal(first, Sum.of(row.sum for row in rows)), rows)
        for first, rows in (
            (first, [*rows]) for first, rows in groupby(sums.groups, key=lambda row: row.labels[:1])
        )
    ]
    by_group = {group.labels: rows for group, rows in groups}
    heads, rest = folded([group for group, _ in groups], None if keys[0] in OF_TIME else top)
    most = max((group.sum.duration for group in heads), default=0)
    slots = slots_of(ctx) if keys[0] == "project" else {}
    sections = []
    for head in heads:
        shown, others = folded(by_group[head.labels], top)
        rows = [(names(ctx, keys[1:], _below(row), selection), row.sum) for row in shown]
        cells = [
            (" / ".join(texts), *_inner(total, whole, measures, width))
            for texts, total in [*rows, *more(others)]
        ]
        (name,) = names(ctx, keys[:1], head, selection)
        label = Marked(name, slots.get(head.labels[0]))
        sections.append(Section("", cells, (label, *figures(head.sum, whole, most, measures)), is_group=True))
    for (name,), total in more(rest):
        sections.append(Section("", [], (name, *figures(total, whole, 0, measures)), is_group=True))
    titles = [each.title for key in keys for each in LABELS[key] if not each.is_detail]
    title = " / ".join([titles[0], *(each.lower() for each in titles[1:])])
    columns = (Column("label", title, "marked"), *figure_columns(measures))
    grand = ("Total", *totals(sums.whole, measures))
    return Table(columns, sections, total=grand, heading=heading(ctx, selection))


def _below(row: Subtotal) -> Subtotal:
    """A row without the label of its group."""
    return row._replace(labels=row.labels[1:])


def _inner(total: Sum, whole: int, measures: Sequence[str], width: int) -> Row:
    """The figures of a row of a group: its share only where there is room, and no bar."""
    cells = [*figures(total, whole, 0, measures)]
    if width < ROOM_FOR_SHARES:
        cells[[column.key for column in figure_columns(measures)].index("share")] = None
    return (*cells[:-1], None)
