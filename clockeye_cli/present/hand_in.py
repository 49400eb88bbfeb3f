"""A report as a Document to hand in: its figures, charts, timesheet and entries."""

from __future__ import annotations

from clockeye_cli import __version__
from clockeye_cli.config.zone import name_of
from clockeye_cli.core.measures import MEASURES, USUAL
from clockeye_cli.core.phrases import stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.output.document import About, Chart, Document, Figure, Figures, Heading, Text
from clockeye_cli.present.calendar import calendars, timesheet
from clockeye_cli.present.sums import LABELS, label_text, labels, sum_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.measures import Sum
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.core.totals import Sums
    from clockeye_cli.output.document import Block
    from clockeye_cli.present.targets import Due

SHARE = Column("share", "Share", "share")
HEAT_DAYS = tuple(f"day{number}" for number in range(7))


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
    of_period: Due | None,
    notes: Sequence[str] = (),
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
        entries: The entries, or their sums (see `handed_entries.py`).
        slot: The slot of every project's colour, by its id.
        about: Who hands in, to whom.
        of_period: The time to work; None if none is set.
        notes: What must be known of it: days that were never read, how it was rounded.
    """
    project_ids = [group.labels[0] for group in by_project.groups]
    names = {project_id: selection.names.get(project_id or "", "No project") for project_id in project_ids}
    by_name = {names[project_id]: slot[project_id] for project_id in names if project_id in slot}
    # Where amounts are handed in, nothing lacks a rate.
    measures = [key for key in measures if key != "unpriced_duration"]
    wanted = _sums(ctx, keys, measures, sums, selection)
    shares = wanted if [*keys] == ["project"] else _sums(ctx, ["project"], USUAL, by_project, selection)
    target = of_period.about(sums.whole.duration) if of_period else {}
    blocks: list[Block] = [Figures(tuple(_figures(sums.whole._replace(**target), [*measures, *target])))]
    if by_day.groups:
        sheet = timesheet(ctx, selection.period, by_day, names, of_period)
        keyed = [column.key for column in sheet.columns]
        charted = tuple(keyed[1 : keyed.index("total")])
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
    blocks += [entries, *map(Text, notes)]
    return Document(selection.period.name, about, tuple(blocks))


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
