"""Stores the plan of an import: in one transaction, row by row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.customer import Customer
from clockeye_cli.core.entry import Project, TimeEntry, folded, new_id
from clockeye_cli.core.identity import external_id, is_id
from clockeye_cli.core.json_text import json_text
from clockeye_cli.core.safe_text import storable
from clockeye_cli.store import bills, clients, entries, imported, origins, projects, runs
from clockeye_cli.store.batches import Batches
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.runs import StoredRun
from clockeye_cli.tracking.importing.matching import CHANGED, NEW
from clockeye_cli.tracking.importing.rows import OWN
from clockeye_cli.tracking.importing.was import made_entry, stored_as, was_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.importing.plan import Plan
    from clockeye_cli.tracking.importing.project_plans import Names
    from clockeye_cli.tracking.importing.spool import PlainRow
    from clockeye_cli.tracking.importing.times import WallClock
    from clockeye_cli.tracking.importing.wishes import Wishes


class Stored(NamedTuple):
    """What an import has stored.

    Attributes:
        run: The number of the run; None if nothing was stored.
        entries: How many new entries.
        updated: How many entries that have changed at the source.
        kept: Entries that have changed at the source, and were edited or billed here, or are in the closed
            period: they stay.
        overlapping: How many of the new ones overlap another entry.
    """

    run: int | None
    entries: int
    updated: int
    kept: list[str]
    overlapping: int


class _Storing:
    """An import that is being stored."""

    def __init__(self, write: Write, plan: Plan, wishes: Wishes, clock: WallClock, run_id: int) -> None:
        self.batches = Batches(write)
        self.write, self.plan, self.wishes, self.clock, self.run_id = write, plan, wishes, clock, run_id
        self.project_ids: dict[Names, str | None] = {}
        self.billable: dict[str | None, bool] = {}
        self.new = self.updated = 0
        self.kept: list[str] = []
        self.bill_ids: dict[str, int] = {}
        self._free: dict[date, int] = {}

    def make_projects(self) -> None:
        """Make the clients and the projects that are missing."""
        client_ids = {
            folded(name): client_id for client_id, name in clients.names(self.write.connection).items()
        }
        for client in self.plan.clients:
            if folded(client.name) not in client_ids:
                made = Customer(new_id("cl"), client.name)
                self.write.change(None, made)
                client_ids[folded(client.name)] = made.id
        made_ids: dict[str, str] = {}
        owners = {
            folded(each.name): folded(each.client_name)
            for each in self.plan.projects.values()
            if each.client_name
        }
        for names, each in self.plan.projects.items():
            project_id = each.project_id or made_ids.get(folded(each.name))
            if project_id is None and each.action == "make":
                project_id = self._project_id(names)
                made_ids[folded(each.name)] = project_id
                client_id = client_ids.get(owners.get(folded(each.name), ""))
                self.write.change(None, Project(project_id, each.name, client_id=client_id))
            self.project_ids[names] = project_id
        for project in projects.every(self.write.connection):
            if project.billable is not None:
                self.billable[project.id] = project.billable

    def _project_id(self, names: Names) -> str:
        """The id of a project to make: that in our own file, for two laptops to agree; on no account."""
        ids = (survey.project_ids.get(names, "") for survey in self.plan.surveys)
        for project_id in () if self.write.to_account else ids:
            if is_id(project_id, "prj") and projects.by_id(self.write.connection, project_id) is None:
                return project_id
        return new_id("prj")

    def row(self, family: str, row: PlainRow, action: int, number: int) -> None:
        """Store a row, or change its entry; `number` is that among the rows of its key."""
        if action == NEW:
            self._add(family, row, number)
        elif action == CHANGED and self.wishes.may_update:
            self._update(family, row, external_id(row.key, number))

    def _entry(self, family: str, row: PlainRow, local_id: str) -> TimeEntry:
        names, words = self.plan.naming.names(row)
        project_id = self.project_ids.get(names)
        billable = row.billable
        if billable is None:
            billable = self.billable.get(project_id, self.wishes.billable)
        started_at, ended_at = row.started_at, row.ended_at
        if started_at is None or ended_at is None:
            started_at, ended_at = self._laid(row.day, row.seconds)
        is_exact = family == OWN
        text = storable(row.description) if is_exact else self.plan.naming.description(row, words)
        return TimeEntry(local_id, text, project_id, started_at, ended_at, billable, None, False)

    def _laid(self, day: date, seconds: int) -> tuple[int, int]:
        """A place for a length without clock times: after the ones before it, from the start of work on."""
        if day not in self._free:
            begin = self.clock.day_starts_at(day)
            end = self.clock.day_starts_at(day + timedelta(days=1))
            whole = sum(survey.days[day] for survey in self.plan.surveys)
            start = max(begin, min(begin + self.wishes.work_start, end - whole))
            before = imported.latest_made_end(self.write.connection, begin, end)
            self._free[day] = max(start, before or 0)
        start = self._free[day]
        self._free[day] = start + seconds
        return start, start + seconds

    def _add(self, family: str, row: PlainRow, number: int) -> None:
        is_own = family == OWN and number == 1 and is_id(row.key, "te")
        entry = self._entry(family, row, row.key if is_own else new_id("te"))
        add = self.batches.add
        add(entry)
        if row.is_clock_made:
            add(Facts(entry.local_id, is_clock_made=True))
        add(Origin(family, external_id(row.key, number), entry.local_id, self.run_id, was_text(row, entry)))
        if row.invoice:
            self._bill(row, entry)
        self.new += 1

    def _update(self, family: str, row: PlainRow, name: str) -> None:
        self.batches.record()  # the entry may be one of this import
        connection = self.write.connection
        origin = origins.of_source(connection, family, [name]).get(name)
        before = entries.by_id(connection, row.key if origin is None else origin.local_id)
        if before is None:
            return
        is_ours = origin is not None and made_entry(origin.was) != stored_as(before)
        closed = self.wishes.closed
        is_closed = closed is not None and before.started_at < closed.before
        if is_ours or is_closed or bills.of_entry(connection, before.local_id) is not None:
            self.kept.append(before.local_id)
            return
        after = self._entry(family, row, before.local_id)
        if row.started_at is None:
            after = after._replace(started_at=before.started_at, ended_at=before.ended_at)
        if after != before:
            self.write.change(before, after)
        if origin is not None:
            self.write.change(origin, origin._replace(was=was_text(row, after)))
        self.updated += 1

    def _bill(self, row: PlainRow, entry: TimeEntry) -> None:
        """Note that an entry was billed elsewhere, so that it does not count as unbilled."""
        number = bills.OUTSIDE if row.invoice == "yes" else row.invoice
        bill_id = self.bill_ids.get(number)
        if bill_id is None:
            bill = bills.by_number(self.write.connection, number)
            if bill is None:
                bill_id = bills.next_id(self.write.connection)
                bill = bills.Bill(bill_id, number, None, bills.OUTSIDE, None, "{}")
                self.write.change(None, bill)
            bill_id = self.bill_ids[number] = bill.id
        self.batches.add(bills.Billed(entry.local_id, bill_id, entry.duration, entry.duration, None, None))


def store(
    write: Write,
    plan: Plan,
    wishes: Wishes,
    clock: WallClock,
    files: list[dict[str, str]],
    progress: Callable[[int], None],
) -> Stored:
    """Store a plan.

    Args:
        write: The transaction in which the plan was made.
        plan: The plan.
        wishes: What the user wishes.
        clock: What the clocks of the sources' zone show.
        files: For each file its name and its hash, to remember.
        progress: Called with the number of rows, now and then.

    Raises:
        StorageError: There is no room.
    """
    if not plan.count("new") and not (wishes.may_update and plan.count("changed")):
        return Stored(None, 0, 0, [], 0)
    run_id = runs.next_id(write.connection)
    families = "+".join(plan.matches)
    run = StoredRun(run_id, write.now, "import", families, json_text({"files": files}))
    write.change(None, run)
    storing = _Storing(write, plan, wishes, clock, run_id)
    storing.make_projects()
    before = imported.overlapping_count(write.connection)
    done = 0
    for family, matches in plan.matches.items():
        surveys = [survey for survey in plan.surveys if survey.file.source == family]
        for survey, row_matches in zip(surveys, matches.files, strict=True):
            for place, (row, action) in enumerate(zip(survey.spool, row_matches.actions, strict=True)):
                if row is not None:
                    storing.row(family, row, action, row_matches.numbers.get(place, 1))
                if not place % 1000:
                    progress(done + place)
            done += len(row_matches.actions)
    storing.batches.finish()
    overlapping = imported.overlapping_count(write.connection) - before
    return Stored(run_id, storing.new, storing.updated, storing.kept, overlapping)
