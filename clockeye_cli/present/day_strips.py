"""The strips of `log --chart`: when each project was worked on, and how much of the day was not tracked."""

from __future__ import annotations

from collections import Counter

from clockeye_cli.core.day import ONE_DAY, local
from clockeye_cli.core.duration import duration_form
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.strip import Stretch, Strip, letters, untracked, window
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Marked, Table
from clockeye_cli.present.sums import slots_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.output.cells import Row

NO_PROJECT = "-"
"""The mark of time without a project."""


def stretches(ctx: Context, selection: Selection) -> dict[date, list[Stretch]]:
    """What was tracked on each day, by day; an entry over midnight is in both days with its parts."""
    seconds: Counter[str] = Counter()
    parts: dict[date, list[tuple[int, int, str | None]]] = {}
    for entry in selection.entries:
        start, end = max(entry.started_at, selection.span.start), min(entry.ended_at, selection.span.end)
        for day, lasts in ctx.rule.parts(start, max(start, end)):
            begin = max(start, ctx.rule.start(day))
            parts.setdefault(day, []).append((begin, begin + lasts, entry.project_id))
            seconds[selection.names.get(entry.project_id or "", "")] += lasts
    marks = letters(name for name, _ in seconds.most_common() if name)
    slots = slots_of(ctx)
    names = selection.names
    return {
        day: [
            Stretch(start, end, marks.get(names.get(project or "", ""), NO_PROJECT), slots.get(project or ""))
            for start, end, project in parts[day]
        ]
        for day in sorted(parts)
    }


def strips_of(ctx: Context, by_day: Mapping[date, Sequence[Stretch]]) -> dict[date, Strip]:
    """The strips of some days, all of the same hours, so that they can be compared."""
    hours = {day: ctx.rule.hours(ctx.rule.start(day), ctx.rule.start(day + ONE_DAY)) for day in by_day}
    windows = [window(hours[day], tracked) for day, tracked in by_day.items()]
    first, last = min(first for first, _ in windows), max(last for _, last in windows)
    return {
        day: Strip.of(hours[day], ctx.rule.start(day + ONE_DAY), first, last, tracked)
        for day, tracked in by_day.items()
    }


def with_strips(ctx: Context, selection: Selection, table: Table) -> Table:
    """The entries of `days.by_day` with a strip for each day, marks of projects, and a foot for each day."""
    by_day = stretches(ctx, selection)
    strips = strips_of(ctx, by_day)
    place = next(number for number, each in enumerate(table.columns) if each.key in {"project", "work"})

    def marked(row: Row, each: Stretch) -> Row:
        return (*row[:place], Marked(row[place] or "", each.slot, each.mark), *row[place + 1 :])

    sections = [
        section._replace(
            rows=[marked(row, each) for row, each in zip(section.rows, by_day[day], strict=True)],
            total=_foot(ctx, by_day[day], place, len(table.columns)),
            title_total=section.title_total if section.title_target is not None else None,
            strip=strips[day],
        )
        for day, section in zip(by_day, table.sections, strict=True)
    ]
    columns = [each._replace(kind="marked") if n == place else each for n, each in enumerate(table.columns)]
    total = table.total and (*table.total[:place], Marked(table.total[place]), *table.total[place + 1 :])
    return table._replace(columns=tuple(columns), sections=sections, total=total)


def legend_of(selection: Selection, by_day: Mapping[date, Sequence[Stretch]]) -> str:
    """The marks of the projects with their names: `a acme  w website`."""
    seconds: Counter[str] = Counter()
    of_each = selection.span.counted(selection.entries)
    for entry, of_entry in zip(selection.entries, of_each, strict=True):
        seconds[selection.names.get(entry.project_id or "", "")] += of_entry
    marks = letters(name for name, _ in seconds.most_common() if name)
    names = [f"{mark} {name}" for name, mark in marks.items()]
    has_none = any(each.mark == NO_PROJECT for tracked in by_day.values() for each in tracked)
    return "  ".join([*names, *([f"{NO_PROJECT} no project"] if has_none else [])])


def _foot(ctx: Context, tracked: Sequence[Stretch], place: int, columns: int) -> Row:
    """The sum of a day, how many entries it has, and how long nothing was tracked between them."""
    text = counted(len(tracked), "entry", "entries")
    if seconds := untracked(tracked):
        first, last = min(each.started_at for each in tracked), max(each.ended_at for each in tracked)
        begin, end = (f"{local(instant, ctx.zone):%H:%M}" for instant in (first, last))
        form = duration_form([seconds], decimal_hours=ctx.listing.decimal)
        text += f"; {form(seconds)} not tracked between {begin} and {end}"
    sums = sum(each.ended_at - each.started_at for each in tracked)
    blanks = [""] * (place - 3)
    names = [Marked(text)] if columns == place + 1 else [Marked(""), text]
    return ("", "", sums, *blanks, *names)
