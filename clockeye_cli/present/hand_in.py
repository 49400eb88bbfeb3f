"""A report as a Document to hand in: its figures, charts, timesheet and entries."""

from __future__ import annotations

from clockeye_cli import __version__
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.entry import folded
from clockeye_cli.core.measures import MEASURES, USUAL
from clockeye_cli.core.palette import slots
from clockeye_cli.core.phrases import counted, stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import About, Chart, Document, Figure, Figures, Heading, Text
from clockeye_cli.present.calendar import calendars, timesheet
from clockeye_cli.present.sums import LABELS, label_text, labels, sum_columns
from clockeye_cli.store import projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.cells import Row
    from clockeye_cli.output.document import Block
    from clockeye_cli.store.database import Connection

SHARE = Column("share", "Share", "share")
ENTRY = (
    Column("start", "Start", "clock"),
    Column("end", "End", "clock"),
    Column("duration", "Duration", "duration"),
    Column("project", "Project"),
    Column("description", "Description"),
)
BILLABLE, USER = Column("billable", "Billable", "flag"), Column("user", "User")
BY_DAY = (Column("project", "Project"), Column("duration", "Duration", "duration"))
DAYS_WITHOUT_HEAT = 31


def about(ctx: Context, person: str | None, recipient: Sequence[str] = ()) -> About:
    """Who hands in, to whom, and how the document was made.

    Args:
        ctx: For the settings, the clock and the zone.
        person: The profile's own user, who hands in if the settings name nobody; None if it is unknown.
        recipient: The lines of the client: the name, then the address.
    """
    zone = name_of(ctx.zone)
    made = f"Made with clockeye {__version__} on {stamp(ctx.now, ctx.zone)}. Times in {zone}."
    seconds = ctx.rule.day_start
    if seconds:
        made += f" Days begin at {seconds // 3600:02}:{seconds % 3600 // 60:02}."
    sender = ctx.settings.sender or ([person] if person else [])
    return About(tuple(sender), tuple(recipient), made, ctx.now, zone)


def colors(connection: Connection) -> dict[str, int]:
    """The slot of every project's colour, by its id."""
    return slots((each.id, folded(each.name), None) for each in projects.every(connection))


def hand_in(
    ctx: Context,
    selection: Selection,
    keys: Sequence[str],
    measures: Sequence[str],
    sums: Sums,
    by_project: Sums,
    by_day: Sums,
    entries: Table,
    slot: Mapping[str, int],
    *,
    about: About,
    target: Mapping[str, Any],
    rounding: str = "",
) -> Document:
    """A report as a Document.

    Args:
        ctx: For the rule of days and the clock.
        selection: Its period, and the names of projects and users.
        keys: What `sums` are grouped by.
        measures: The measures of `sums`.
        sums: The sums that were asked for.
        by_project: The sums by project.
        by_day: The sums by day and project.
        entries: The entries by day (`entries_by_day`), or their sums (`sums_by_day`).
        slot: The slot of every project's colour, by its id.
        about: Who hands in, to whom.
        target: The seconds of the target and of the balance by the measures' names; empty if none is set.
        rounding: How it was rounded, in a sentence; empty if it was not.
    """
    project_ids = [group.labels[0] for group in by_project.groups]
    names = {project_id: selection.names.get(project_id or "", "No project") for project_id in project_ids}
    by_name = {names[project_id]: slot[project_id] for project_id in names if project_id in slot}
    # Where amounts are handed in, nothing lacks a rate.
    measures = [key for key in measures if key != "unpriced_duration"]
    wanted = _sums(ctx, keys, measures, sums, selection)
    shares = wanted if [*keys] == ["project"] else _sums(ctx, ["project"], USUAL, by_project, selection)
    blocks: list[Block] = [Figures(tuple(_figures(sums.whole._replace(**target), [*measures, *target])))]
    if by_day.groups:
        sheet = timesheet(ctx, selection.period, by_day, names)
        charted = tuple(column.key for column in sheet.columns[1:-1])
        of_columns = {key: slot[key] for key in charted if key in slot}
        heats = calendars(ctx, selection.period, by_day)
        blocks += [
            Chart("days", sheet.heading, sheet, "time", charted, of_columns),
            Chart("shares", "Shares", shares, "project", ("duration",), by_name),
            *(Chart("heat", each.heading, each, "week", HEAT_DAYS) for each in heats),
            Heading("Totals"),
            wanted,
            *([] if shares is wanted else [shares]),
            Heading("Timesheet"),
            sheet,
            *heats,
            Heading("Entries"),
        ]
    blocks.append(entries)
    if rounding:
        blocks.append(Text(rounding))
    return Document(selection.period.name, about, tuple(blocks))


HEAT_DAYS = tuple(f"day{number}" for number in range(7))


def entries_by_day(ctx: Context, selections: Iterable[Selection]) -> Table:
    """Entries by day, one over midnight on each of its days with that day's part.

    A project, a user or whether it is billable has a column only if it differs.
    """
    days: dict[date, list[tuple[TimeEntry, int, int]]] = {}
    selection = None
    for selection in selections:
        for entry in selection.entries:
            at, end = max(entry.started_at, selection.span.start), min(entry.ended_at, selection.span.end)
            for day, seconds in ctx.rule.parts(at, max(at, end)):
                days.setdefault(day, []).append((entry, at, seconds))
                at += seconds
    entries = [entry for parts in days.values() for entry, _, _ in parts]
    has_users = len({entry.user_id for entry in entries}) > 1
    is_mixed = len({entry.billable for entry in entries}) > 1
    columns = (*ENTRY, *([BILLABLE] if is_mixed else []), *([USER] if has_users else []))

    def row(entry: TimeEntry, at: int, seconds: int) -> Row:
        name = selection.names.get(entry.project_id or "") if selection else None
        user = selection.user_of(entry.user_id)[1] if selection and has_users else None
        return (
            at,
            at + seconds,
            seconds,
            name,
            entry.description,
            *([entry.billable] if is_mixed else []),
            *([user] if has_users else []),
        )

    sections = [
        Section(
            day_name(day),
            [row(*part) for part in parts],
            title_total=sum(seconds for _, _, seconds in parts),
            day=day,
        )
        for day, parts in sorted(days.items())
    ]
    whole = sum(section.title_total or 0 for section in sections)
    total = ("Total", None, whole, *[None] * (len(columns) - 3))
    return Table(columns, sections, total=total, heading="Entries by day", empty="No entries.")


def sums_by_day(by_day: Sums, names: Mapping[str, str], count: int) -> Table:
    """The time of each project by day, for more entries than a page lists."""
    days: dict[date, list[Row]] = {}
    for group in by_day.groups:
        day, project_id = group.labels
        days.setdefault(day, []).append((names.get(project_id or "", "No project"), group.sum.duration))
    sections = [
        Section(day_name(day), rows, title_total=sum(row[1] for row in rows), day=day)
        for day, rows in sorted(days.items())
    ]
    heading = f"{counted(count, 'entry', 'entries')} by day and project"
    whole = sum(section.title_total or 0 for section in sections)
    return Table(BY_DAY, sections, total=("Total", whole), heading=heading)


def day_name(day: date) -> str:
    """A day as a hand-in names it: `Fri 20 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def _figures(whole: Sum, measures: Sequence[str]) -> Iterator[Figure]:
    for key in measures:
        value, title = getattr(whole, key), "Total" if key == "duration" else MEASURES[key].title
        if MEASURES[key].kind == "money":
            yield from (Figure(f"{key}_{each.currency.lower()}", title, [each], "money") for each in value)
        else:
            yield Figure(key, title, value, "balance" if key == "balance" else MEASURES[key].kind)


def _sums(
    ctx: Context, keys: Sequence[str], measures: Sequence[str], sums: Sums, selection: Selection
) -> Table:
    columns = [column for key in keys for column in LABELS[key]]
    kept = [number for number, column in enumerate(columns) if not column.is_detail]
    texts = [columns[number]._replace(kind="text") for number in kept]
    rows = []
    for group in sums.groups:
        row = labels(ctx, keys, group, selection)
        share = group.sum.duration / sums.whole.duration if sums.whole.duration else 0.0
        rows.append(
            (
                *(label_text(row[number]) for number in kept),
                *(getattr(group.sum, key) for key in measures),
                share,
            )
        )
    total = ("Total", *[""] * (len(kept) - 1), *(getattr(sums.whole, key) for key in measures), None)
    heading = f"By {' and '.join(keys)}"
    return Table((*texts, *sum_columns(measures), SHARE), [Section("", rows)], total=total, heading=heading)
