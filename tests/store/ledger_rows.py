"""One row in each table of clients, imports, facts and invoices, made by one step of the history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC
from typing import TYPE_CHECKING, Any

from clockeye_cli.core.customer import Customer
from clockeye_cli.store import bills, entries, projects, runs
from clockeye_cli.store.bills import Bill, Billed
from clockeye_cli.store.facts import Facts
from clockeye_cli.store.origins import Origin
from clockeye_cli.store.runs import StoredRun
from clockeye_cli.store.state import Store

if TYPE_CHECKING:
    from pathlib import Path

TABLES = ("clients", "runs", "origins", "facts", "bills", "billed")
"""The tables, and `projects` has two columns more."""

FILES = '{"files": [{"name": "toggl.csv", "sha256": "e3b0"}]}'

NORD = Customer("cl_000000000001", "Nord & Co")


def add_rows(path: Path, now: int) -> str:
    """Give the first project a client, and the first entry all of the others. Returns its id."""
    store = Store(str(path), lambda: now)
    with store.write(["import", "toggl.csv"], UTC) as write:
        entry, *_ = entries.every(write.connection)
        project, *_ = projects.every(write.connection)
        run, bill = runs.next_id(write.connection), bills.next_id(write.connection)
        write.change(None, NORD)
        write.change(project, project._replace(client_id=NORD.id))
        write.change(None, StoredRun(run, now, "import", "toggl", FILES))
        write.change(None, Origin("toggl", "0f3c.1", entry.local_id, run, '{"Task": "Plan"}'))
        write.change(None, Facts(entry.local_id, is_clock_made=True, more='{"task": "Plan"}'))
        write.change(None, Bill(bill, "2026-14", NORD.id, bills.MADE, "2026-11-30", '{"period": "2026-11"}'))
        write.change(None, Billed(entry.local_id, bill, entry.duration, 900, "85.50", "EUR"))
    with store.exchange() as connection:
        projects.put_color(connection, project.id, 6)
    store.close()
    return entry.local_id


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What is in each of the tables, and the projects' clients and colours."""
    queries = {table: f"SELECT * FROM {table}" for table in TABLES}
    queries["projects"] = "SELECT name, client_id, color FROM projects"
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(query).fetchall() for table, query in queries.items()}
