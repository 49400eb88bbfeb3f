"""The survey of a file: it is read once, and what the plan needs of each row is kept in a few bytes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.entry import folded
from clockeye_cli.errors import UsageError
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.tracking.importing.rows import Read, rows
from clockeye_cli.tracking.importing.spool import CLOSED, TAKEN, UNTIMED, KeySpool, RowSpool

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.tracking.importing.times import RowSpan, WallClock
    from clockeye_cli.tracking.importing.wishes import ImportFile, Wishes

MOST_BAD = 100
"""Bad rows that stop the reading: it is another kind of file."""

MOST_LISTED = 10_000
"""Problems that are listed; of others only the number is known."""

WORST = 5
LONG = 12 * 3600


class Difference(NamedTuple):
    """A row whose times are not as long as it says itself."""

    seconds: int
    line: int
    understood: int
    source: int


class NameGroup(NamedTuple):
    """The names that say which project a row has: its tags count only if it names none."""

    client: str
    project: str
    task: str
    tags: tuple[str, ...]


class Survey:
    """What is known of a file after it was read once.

    Attributes:
        file: The file.
        rows: How many rows it has that can be read.
        untimed: How many of them have no clock times.
        taken: How many are to be taken; the others are only looked at.
        lines: For each row of the closed period its line.
        spool: The rows themselves; None for one that is not taken.
        keyed: What matching needs of each row.
        first: The first start, in the source's own time.
        last: The last one.
        encoding: The encoding, for people.
        dates: The order of dates; empty if they were not read by one.
        dates_from: What proves it.
        ignored: The columns that are not read.
        notes: Sentences about how the file is read.
        people: The number of rows by person.
        project_ids: The ids that projects have in a file of our own, by client and project.
        tags: All tags.
        has_wall_times: Whether a zone is needed.
        proofs: How many rows prove the zone.
        source_total: The seconds that the file adds up, or its rows say; None if neither.
        understood: The seconds of the rows that say how long they are.
        seconds: The seconds of all rows that are taken.
        tolerance: By how many seconds the lengths may be rounded in all.
        worst: The rows that differ most from what they say.
        problems: What there is to say about rows.
        bad: How many rows are bad.
        skipped: How many are left out.
        days: Of rows without clock times, the seconds by day.
    """

    def __init__(self, file: ImportFile) -> None:
        self.file = file
        self.rows = self.untimed = self.taken = 0
        self.lines: dict[int, int] = {}
        self.spool, self.keyed = RowSpool(), KeySpool()
        self.first, self.last = "", ""
        self.encoding, self.dates, self.dates_from = "", "", ""
        self.ignored: list[str] = []
        self.notes: list[str] = []
        self.people: Counter[str] = Counter()
        self._sums: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
        self.project_ids: dict[tuple[str, str], str] = {}
        self.tags: set[str] = set()
        self.has_wall_times, self.proofs = False, 0
        self.declared: int | None = None
        self.stated = self.understood = self.seconds = self.tolerance = self.timed = 0
        self.worst: list[Difference] = []
        self.problems: list[Problem] = []
        self.bad = self.skipped = 0
        self.days: Counter[date] = Counter()

    @property
    def groups(self) -> dict[NameGroup, list[int]]:
        """The number of rows, and seconds, of all rows with the same names."""
        return {NameGroup._make(names): sums for names, sums in self._sums.items()}

    @property
    def folded_people(self) -> set[str]:
        """The people whose rows it has, as they are compared."""
        return set(map(folded, self.people))

    @property
    def source_total(self) -> int | None:
        """The seconds of the file's own account; None if it gives none."""
        return self.declared if self.declared is not None else self.stated if self.timed else None

    @property
    def differs(self) -> bool:
        """Whether what was understood is not what the file adds up to."""
        if abs(self.stated - self.understood) > self.tolerance:
            return True
        is_whole = not (self.bad or self.skipped or self.taken < self.rows)
        return self.declared is not None and is_whole and abs(self.declared - self.seconds) > self.tolerance

    def add(self, problem: Problem) -> None:
        """Take down a problem.

        Raises:
            UsageError: So many rows are bad that it must be another kind of file.
        """
        self.bad += problem.weight == "bad"
        self.skipped += problem.weight == "skipped"
        if len(self.problems) < MOST_LISTED:
            self.problems.append(problem)
        if self.bad >= MOST_BAD:
            raise UsageError(
                f"{self.file.name}: {MOST_BAD} rows up to line {problem.line} cannot be read."
                f" The last one: {problem.text}",
                hint=f"Nothing was stored. It was read as {self.file.source}: correct the file, or read it as"
                " one of another source with --as NAME.",
                code="bad_rows",
            )

    def hear(self, remark: Remark) -> None:
        """Record the remarks on the whole file."""
        if remark.about == "total":
            self.declared = int(remark.text)
        elif remark.about == "ignored":
            self.ignored.append(remark.text)
        elif remark.about == "note":
            self.notes.append(remark.text)
        else:
            setattr(self, remark.about, remark.text)

    def count(self, item: Read) -> None:
        """Take down a row."""
        row, span, start, _, key, content, is_taken, is_left_out, is_closed = item
        marks = TAKEN if is_taken else 0
        if is_closed:
            self.lines[self.rows] = row.line
            marks += CLOSED
        if row.start is None:
            self.untimed += 1
            marks += UNTIMED
        self.keyed.add((key, self.rows, content, marks))
        self.spool.add(item)
        self.rows += 1
        self.people[row.person] += 1
        if start < self.first or not self.first:
            self.first = start
        self.last = max(self.last, start)
        if is_taken or is_left_out:
            names = (row.client, row.project, row.task, () if row.project else row.tags)
            sums = self._sums.get(names)
            if sums is None:
                sums = self._sums[names] = [0, 0]
            sums[0] += 1
            sums[1] += span.duration
        if is_taken:
            self._take(row, span)

    def _take(self, row: Incoming, span: RowSpan) -> None:
        """Take down what only counts of a row that is taken."""
        seconds = span.duration
        self.taken += 1
        self.seconds += seconds
        if row.project_id:
            self.project_ids.setdefault((row.client, row.project), row.project_id)
        if row.tags:
            self.tags.update(row.tags)
        if not self.has_wall_times and not isinstance(row.start, int):
            self.has_wall_times = True
        if span.is_proof:
            self.proofs += 1
        if row.start is None and row.day is not None:
            self.days[row.day] += seconds
        if row.duration is not None:
            self._compare(row, seconds)
        if span.warning:
            self.add(Problem(row.line, "repeated_hour", span.warning, "warning"))
        elif not seconds:
            self.add(Problem(row.line, "no_length", "has no duration", "warning"))
        elif seconds > LONG:
            self.add(Problem(row.line, "long", f"is {timedelta(seconds=seconds)} long", "warning"))

    def _compare(self, row: Incoming, seconds: int) -> None:
        stated = row.duration or 0
        self.timed += 1
        self.stated += stated
        self.understood += seconds
        self.tolerance += row.tolerance
        if abs(stated - seconds) > row.tolerance:
            push = heappush if len(self.worst) < WORST else heappushpop
            push(self.worst, Difference(abs(stated - seconds), row.line, seconds, stated))


def survey(file: ImportFile, wishes: Wishes, clock: WallClock, progress: Callable[[int], None]) -> Survey:
    """Read a whole file once.

    Args:
        file: The file.
        wishes: What the user wishes.
        clock: What the clocks of the source's zone show.
        progress: Called with the place in the file, in bytes, now and then.

    Raises:
        UsageError: It cannot be read, or not in one way only.
    """
    result = Survey(file)
    for number, item in enumerate(rows(file, wishes, clock)):
        if isinstance(item, Read):
            result.count(item)
        elif isinstance(item, Problem):
            result.add(item)
        else:
            result.hear(item)
        if not number % 1000:
            progress(file.content.tell())
    return result
