"""The entries of a hand-in: by day, in one list, or only the time of each project on each day."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from clockeye_cli.core.measures import Sum
from clockeye_cli.core.phrases import counted
from clockeye_cli.core.totals import Sums
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.output.cells import Column, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.core.selection import Selection
    from clockeye_cli.output.cells import Row

ENTRY = (
    Column("start", "Start", "clock"),
    Column("end", "End", "clock"),
    Column("duration", "Duration", "duration"),
    Column("project", "Project"),
    Column("description", "Description"),
)
BILLABLE, USER = Column("billable", "Billable", "flag"), Column("user", "User")
BY_DAY = (Column("project", "Project"), Column("duration", "Duration", "duration"))
KINDS = ("billable", "user")
"""The keys of the sums that say which columns differ."""


by_days, by_starts = attrgetter("day"), attrgetter("start")


class DayPart(NamedTuple):
    """The part of an entry on a day.

    Attributes:
        day: The day.
        start: Instant.
        seconds: Its length.
        entry: The entry.
        selection: What the entry was selected with.
    """

    day: date
    start: int
    seconds: int
    entry: TimeEntry
    selection: Selection


class HandedEntries:
    """Entries for a hand-in, one over midnight on each of its days with that day's part.

    A user or whether it is billable has a column only if it differs.

    Args:
        ctx: For the rule of days.
        selections: The entries, by time; read as they are taken.
        kinds: The sums of the same entries by KINDS.
    """

    def __init__(self, ctx: Context, selections: Iterable[Selection], kinds: Sums) -> None:
        self._ctx = ctx
        self._selections = selections
        self._is_mixed, self._has_users = (
            len({group.labels[place] for group in kinds.groups}) > 1 for place in range(len(KINDS))
        )
        self._columns = (*ENTRY, *[BILLABLE] * self._is_mixed, *[USER] * self._has_users)
        self._total = ("Total", None, kinds.whole.duration, *[None] * (len(self._columns) - 3))

    def by_day(self) -> Table:
        """A section for each day, with its sum."""
        sections = []
        # The running timer is the last entry, whenever it was started.
        for day, of_day in groupby(sorted(self._parts(), key=by_days), key=by_days):
            parts = [*of_day]
            seconds = sum(part.seconds for part in parts)
            sections.append(Section(day_name(day), [*map(self._row, parts)], title_total=seconds, day=day))
        return self._table(sections, "Entries by day")

    def in_one_list(self) -> Table:
        """One section, whose rows are read while a format writes them."""
        return self._table([Section("", map(self._row, self._parts()))], heading="")

    def _table(self, sections: list[Section], heading: str) -> Table:
        return Table(self._columns, sections, total=self._total, heading=heading, empty="No entries.")

    def _parts(self) -> Iterator[DayPart]:
        """The parts in the order of their starts; those of days to come wait for the entries before them."""
        waiting: list[DayPart] = []
        rule = self._ctx.rule
        begin = after = 0  # of the day of the entry before
        for selection in self._selections:
            since, until = selection.span
            for entry in selection.entries:
                at, end = max(entry.started_at, since), min(entry.ended_at, until)
                while waiting and waiting[0].start <= at:
                    yield waiting.pop(0)
                if not begin <= at < after:
                    day = rule.day_of(at)
                    begin, after = rule.starts(day, day)
                if end <= after:
                    yield DayPart(day, at, max(end - at, 0), entry, selection)
                    continue
                for of_day, seconds in rule.parts(at, end):
                    waiting.append(DayPart(of_day, at, seconds, entry, selection))
                    at += seconds
                waiting.sort(key=by_starts)
        yield from waiting

    def _row(self, part: DayPart) -> Row:
        entry, selection = part.entry, part.selection
        return (
            part.start,
            part.start + part.seconds,
            part.seconds,
            selection.names.get(entry.project_id or ""),
            entry.description,
            *([entry.billable] if self._is_mixed else []),
            *([selection.user_of(entry.user_id)[1]] if self._has_users else []),
        )


def of_user(kinds: Sums, user_id: str | None) -> Sums:
    """Those of some sums by KINDS that are of a user."""
    groups = [group for group in kinds.groups if group.labels[KINDS.index("user")] == user_id]
    return Sums(groups, Sum.of(group.sum for group in groups))


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
