"""Adopting clients, imports, facts and invoices: what moves with its entry, what stays, what becomes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.store import bills, clients, facts, origins, projects, runs
from clockeye_cli.store.replay import compare
from clockeye_cli.tracking import adopting, entries
from clockeye_cli.tracking import projects as rules
from tests.store.ledger_rows import NORD, TABLES, add_rows
from tests.tracking.tracker import Tracker, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.database import Connection

ROWS: dict[str, Callable[[Connection], list[Any]]] = {
    "clients": clients.every,
    "runs": runs.every,
    "origins": origins.every,
    "facts": facts.every,
    "bills": bills.every,
    "billed": bills.every_billed,
}


@pytest.fixture
def local(tracker: Tracker) -> Tracker:
    """A profile with an entry that has a row in every table, and one without a project."""
    web = tracker.do(rules.add, "web")
    tracker.do(entries.add, entry("9:00", "10:00", project_id=web.id))
    tracker.do(entries.add, entry("10:00", "11:00"))
    add_rows(path_of(tracker), tracker.now)
    return tracker


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Tracker]:
    tracker = Tracker(tmp_path, "work", to_account=True)
    yield tracker
    tracker.store.close()


def path_of(tracker: Tracker) -> Path:
    from pathlib import Path

    return Path(tracker.store.path)


def adopt(work: Tracker, local: Tracker, project: str = "") -> None:
    with work.store.beside(local.store):
        work.do(adopting.adopt, "local", "work", project)


def rows(tracker: Tracker) -> dict[str, list[Any]]:
    return {table: tracker.ask(every) for table, every in ROWS.items()}


def first(tracker: Tracker) -> TimeEntry:
    return tracker.state().entries[0]


@pytest.mark.parametrize("table", TABLES)
def test_each_table_goes_with_the_entry(table: str, local: Tracker, work: Tracker) -> None:
    before = rows(local)[table]
    assert len(before) == 1
    adopt(work, local)
    assert rows(work)[table] == before
    # What is not of one entry alone stays, too, as projects do.
    assert rows(local)[table] == (before if table in {"clients", "runs", "bills"} else [])
    for tracker in (local, work):
        assert tracker.ask(compare).differing == []


def test_a_project_keeps_its_client_and_its_colour(local: Tracker, work: Tracker) -> None:
    adopt(work, local)
    (web,) = work.state().projects
    assert (web.client_id, work.ask(projects.colors)) == (NORD.id, {web.id: 6})


def test_a_client_of_the_same_name_is_the_same_and_a_project_without_one_gets_it(
    local: Tracker, work: Tracker
) -> None:
    web, nord = work.do(rules.add, "Web"), NORD._replace(id="cl_other", name="nord & CO")
    with work.store.write(["clients"], work_zone()) as write:
        write.change(None, nord)
    adopt(work, local)
    assert work.ask(clients.every) == [nord]
    assert work.state().projects == [web._replace(client_id=nord.id)]
    assert [bill.client_id for bill in work.ask(bills.every)] == [nord.id]


def work_zone() -> Any:
    from datetime import UTC

    return UTC


def test_imports_get_new_ids_and_equal_numbers_become_one_invoice(local: Tracker, work: Tracker) -> None:
    work.do(rules.add, "web")
    work.do(entries.add, entry("8:00", "9:00"))
    add_rows(path_of(work), work.now - 60)
    with work.store.exchange() as connection:  # an import of other rows
        connection.execute("UPDATE origins SET external_id = 'other'")
    adopt(work, local)
    assert [run.id for run in work.ask(runs.every)] == [1, 2]
    assert {origin.external_id: origin.run_id for origin in work.ask(origins.every)} == {
        "other": 1,
        "0f3c.1": 2,
    }
    assert [bill.number for bill in work.ask(bills.every)] == ["2026-14"]
    assert [billed.bill_id for billed in work.ask(bills.every_billed)] == [1, 1]


def test_what_belongs_to_an_entry_that_stays_is_adopted_with_it_later(local: Tracker, work: Tracker) -> None:
    before = rows(local)
    moved = first(local)._replace(project_id=None)
    with local.store.exchange() as connection:
        connection.execute("UPDATE entries SET project_id = NULL WHERE local_id = ?", (moved.local_id,))
    adopt(work, local)
    assert rows(work) == {table: [NORD] if table == "clients" else [] for table in TABLES}
    assert rows(local) == before
    adopt(work, local, "misc")
    assert rows(work) == before


def test_an_origin_of_an_entry_that_was_deleted_is_adopted_and_stays(local: Tracker, work: Tracker) -> None:
    with local.store.exchange() as connection:
        connection.execute("DELETE FROM billed")
    local.do(entries.delete, first(local))
    origin = local.ask(origins.every)
    adopt(work, local)
    assert work.ask(origins.every) == local.ask(origins.every) == origin
