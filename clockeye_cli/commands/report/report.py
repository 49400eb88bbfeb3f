"""`clockeye report`: a period summed up, as a timesheet or by what is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.duration import clock, decimal
from clockeye_cli.core.measures import Sum
from clockeye_cli.core.selection import EVERYBODY
from clockeye_cli.core.timesheet import timesheet
from clockeye_cli.core.totals import KEYS, Group, Sums, needs_texts, summed
from clockeye_cli.errors import UsageError
from clockeye_cli.interpret.selection import meta, nothing, say_elsewhere, say_running, select
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.entries import SUM, sum_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Asked, Filter, Reading
    from clockeye_cli.core.timesheet import Timesheet
    from clockeye_cli.interpret.selection import Selection
    from clockeye_cli.output.cells import Row

DAYS_OF_A_TIMESHEET = 7
SHORTEST_NAME = 10
"""Characters that a project's name gets at least; below, a timesheet is shown in two tables instead."""

LABELS: dict[str, tuple[Column, ...]] = {
    "project": (Column("project_id", "Project id", "id", is_detail=True), Column("project", "Project")),
    "tag": (Column("tag", "Tag"),),
    "day": (Column("day", "Day", "id"),),
    "week": (Column("week", "Week", "id"),),
    "month": (Column("month", "Month", "id"),),
    "user": (Column("user_id", "User id", "id", is_detail=True), Column("user", "User")),
    "description": (Column("description", "Description"),),
    "billable": (Column("billable", "Billable", "flag"),),
}
SHARE = (
    Column("duration", "Total", "duration"),
    Column("share", "Share", "share", drop=2),
    Column("bar", "", "bar", drop=1),
)


def report(
    ctx: Context,
    asked: Asked,
    filters: Filter,
    *,
    by: str = "",
    source: str = "entries",
    how: Reading = "usual",
) -> None:
    """Sum up a period.

    Args:
        ctx: What the command works with.
        asked: The period; silent for this week.
        filters: What entries must be like.
        by: Keys with commas between; empty for projects, and on a terminal for a timesheet of up to a week.
        source: `entries`, or `summary` for what ClockEye itself has added up.
        how: Whether the account is asked.

    Raises:
        UsageError: A key or the period is not understood.
    """
    ctx.out.check_save()
    keys = _keys(by)
    if source == "summary":
        from clockeye_cli.commands.report.summary import summary

        summary(ctx, asked, filters, keys, how)
        return
    if source != "entries":
        raise UsageError(f"A report has no source {source[:40]!r}.", hint="It can be entries or summary.")
    found = select(ctx, asked, filters, "week", how, with_texts=needs_texts(keys))
    sums = summed(found.entries, keys, ctx.rule, found.span)
    if "user" in keys and filters.user == EVERYBODY:
        sums.groups.extend(_with_nothing(found, keys, sums.groups))
    rows = [sum_row(_labels(ctx, keys, group, found), group.sum) for group in sums.groups]
    said = meta(ctx, found.period, sums.whole, as_of=found.as_of)
    table = sums_table(keys, rows, sums.whole, said, nothing(found, filters))
    ctx.out.table(table, look=lambda width: _look(ctx, found, keys, sums, width, is_plain=not by))
    say_running(ctx, found)
    say_elsewhere(ctx, found)
    if "tag" in keys and sums.whole.entries:
        ctx.out.notice(
            "An entry counts under each of its tags, so the rows can add up to more than the total."
        )


def sums_table(
    keys: Sequence[str], rows: Sequence[Row], whole: Sum, said: dict[str, Any], empty: str
) -> Table:
    """The sums of a report as a list, with their total."""
    columns = (*(column for key in keys for column in LABELS[key]), *SUM)
    first = next(number for number, column in enumerate(columns) if not column.is_detail)
    labels = ["Total" if number == first else None for number in range(len(columns) - len(SUM))]
    return Table(columns, [Section("", list(rows))], said, sum_row(labels, whole), empty=empty)


def _with_nothing(found: Selection, keys: Sequence[str], groups: Sequence[Group]) -> list[Group]:
    """A group for each user of whom there is nothing, so that a missing week is seen."""
    place = keys.index("user")
    there = {group.labels[place] or found.me for group in groups}
    missing = [user_id for user_id in found.people if user_id not in there]
    return [Group(tuple(user_id if key == "user" else None for key in keys), Sum()) for user_id in missing]


def _keys(by: str) -> list[str]:
    keys = [key.strip().lower() for key in by.split(",")] if by else ["project"]
    for key in keys:
        if key not in KEYS:
            raise UsageError(f"A report cannot be by {key[:40]!r}.", hint=f"It can be by {', '.join(KEYS)}.")
    if len(set(keys)) < len(keys):
        raise UsageError(f"--by {by[:60]} names a key twice.", hint="Name each once.")
    return keys


def _labels(ctx: Context, keys: Sequence[str], group: Group, found: Selection) -> list[Any]:
    labels: list[Any] = []
    for key, label in zip(keys, group.labels, strict=True):
        if key == "project":
            labels += [label, found.names.get(label)]
        elif key == "user":
            labels += found.user_of(label)
        elif label is None:
            labels.append(None)
        elif key == "week":
            labels.append(_week(label, ctx.rule.week_start))
        elif key == "month":
            labels.append(f"{label:%Y-%m}")
        else:
            labels.append(label.isoformat() if key == "day" else label)
    return labels


def _week(first: date, week_start: int) -> str:
    """`2026-W47`, by ISO 8601 for weeks that begin on Monday; otherwise the ISO week of its Thursday."""
    thursday = first + timedelta(days=(3 - week_start) % 7)
    year, number, _ = thursday.isocalendar()
    return f"{year}-W{number:02}"


def _look(
    ctx: Context, found: Selection, keys: list[str], sums: Sums, width: int, *, is_plain: bool
) -> list[Table]:
    first, last = found.period.first, found.period.last
    if is_plain and first and last and 1 <= (last - first).days < DAYS_OF_A_TIMESHEET:
        return _timesheet(ctx, found, first, last, width)
    return [_shares(ctx, found, keys, sums)]


def _shares(ctx: Context, found: Selection, keys: list[str], sums: Sums) -> Table:
    groups, whole = sums
    columns = [column for key in keys for column in LABELS[key] if not column.is_detail]
    shown = [
        number for number, column in enumerate(c for key in keys for c in LABELS[key]) if not column.is_detail
    ]
    most = max((group.sum.duration for group in groups), default=0)
    rows: list[Row] = []
    for group in groups:
        labels = _labels(ctx, keys, group, found)
        seconds = group.sum.duration
        names = [_named(labels[number]) for number in shown]
        rows.append(
            (
                *names,
                seconds,
                seconds / whole.duration if whole.duration else 0.0,
                seconds / most if most else 0.0,
            )
        )
    sum_row = ("Total", *[""] * (len(columns) - 1), whole.duration, None, None)
    texts = tuple(
        column._replace(kind="text" if column.kind == "flag" else column.kind) for column in columns
    )
    return Table((*texts, *SHARE), [Section("", rows)], total=sum_row, heading=found.period.name)


def _named(label: Any) -> str:
    if isinstance(label, bool):
        return "billable" if label else "not billable"
    return "–" if label in (None, "") else str(label)


def _timesheet(ctx: Context, found: Selection, first: date, last: date, width: int) -> list[Table]:
    sheet = timesheet(found.entries, ctx.rule, found.span, first, last)
    if _width(ctx, sheet) > width:
        sheet = sheet.without_empty_days()
    if _width(ctx, sheet) > width:
        return _narrow(ctx, found, sheet)
    titles = _titles(sheet)
    columns = (
        Column("project", "Project"),
        *(Column(day.isoformat(), title, "duration") for day, title in zip(sheet.days, titles, strict=True)),
        Column("total", "Total", "duration"),
        *SHARE[1:],
    )
    most = max((line.total for line in sheet.lines), default=0)
    rows = [
        (
            _named(found.names.get(line.project_id or "")),
            *(seconds or None for seconds in line.days),
            line.total,
            line.total / sheet.total if sheet.total else 0.0,
            line.total / most if most else 0.0,
        )
        for line in sheet.lines
    ]
    sums = ("Total", *(seconds or None for seconds in sheet.sums), sheet.total, None, None)
    return [Table(columns, [Section("", rows)], total=sums, heading=found.period.name)]


def _titles(sheet: Timesheet) -> list[str]:
    return [f"{day:%a} {day.day}" for day in sheet.days]


def _width(ctx: Context, sheet: Timesheet) -> int:
    """Columns that a timesheet takes at least; a narrow table's columns stand one blank apart."""
    said = decimal if ctx.listing.decimal else clock
    pairs = zip(sheet.sums, _titles(sheet), strict=True)
    days = [max(len(said(seconds)) if seconds else 0, len(title)) for seconds, title in pairs]
    return SHORTEST_NAME + sum(days) + len(days) + 1 + len(said(sheet.total))


def _narrow(ctx: Context, found: Selection, sheet: Timesheet) -> list[Table]:
    """What fits where a timesheet does not: its two totals, one under the other."""
    by_project = _shares(ctx, found, ["project"], summed(found.entries, ["project"], ctx.rule, found.span))
    days = [
        (f"{day:%a} {day}", seconds) for day, seconds in zip(sheet.days, sheet.sums, strict=True) if seconds
    ]
    columns = (Column("day", "Day"), Column("duration", "Total", "duration"))
    return [by_project, Table(columns, [Section("", list(days))], total=("Total", sheet.total))]
