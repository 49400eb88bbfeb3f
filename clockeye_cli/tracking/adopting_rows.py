"""Adoption of what belongs to entries and projects: clients, colours, imports, facts and invoices.

What belongs to an adopted entry moves with it; what others need too is copied.
"""

from __future__ import annotations

from clockeye_cli.core.entry import folded
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import bills, clients, facts, origins, projects, runs
from clockeye_cli.store.adopted import OTHER
from clockeye_cli.store.rare_kinds import stored
from clockeye_cli.tracking.billing import merged_about

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from clockeye_cli.core.entry import Project, TimeEntry
    from clockeye_cli.store.state import Write


def adopt_clients(write: Write) -> dict[str | None, str | None]:
    """Create the missing clients. Returns the new id of each client by its old one.

    Clients are the same if they have the same name. An archived one is adopted only if it is used.
    """
    here = clients.every(write.connection)
    by_name = {folded(client.name): client.id for client in here}
    ids = {client.id for client in here}
    used = {project.client_id for project in projects.every(write.connection, OTHER)}
    used |= {bill.client_id for bill in bills.every(write.connection, OTHER)}
    new_ids: dict[str | None, str | None] = {None: None}
    for client in clients.every(write.connection, OTHER):
        same_name_id = by_name.get(folded(client.name))
        if client.archived and client.id not in used:
            continue
        if same_name_id is None and client.id not in ids:
            write.change(None, client)
        new_ids[client.id] = same_name_id or client.id
    return new_ids


def adopt_colors(write: Write, new: Sequence[Project]) -> None:
    """Let new projects keep their colours."""
    slots = projects.colors(write.connection, OTHER)
    for project in new:
        if project.id in slots:
            projects.put_color(write.connection, project.id, slots[project.id])


def adopt_rows(
    write: Write,
    adopted_ids: Collection[str],
    staying: Sequence[TimeEntry],
    client_ids: dict[str | None, str | None],
) -> None:
    """Adopt imports, origins, facts and invoices of the adopted entries, and of entries that are gone.

    Args:
        write: The transaction, of the adopting profile.
        adopted_ids: The entries that are adopted.
        staying: The entries that stay behind.
        client_ids: The new id of each client by its old one.
    """
    left = {entry.local_id for entry in staying}
    _adopt_origins(write, left)
    for each in facts.every(write.connection, OTHER):
        if each.local_id in adopted_ids and stored(write.connection, each) is None:
            write.change(None, each)
    _adopt_invoices(write, left, client_ids)


def _adopt_origins(write: Write, left: set[str]) -> None:
    """An origin of an entry that was deleted goes too, so that no later import brings the entry back."""
    present = {run[1:]: run.id for run in runs.every(write.connection)}
    by_id = {run.id: run for run in runs.every(write.connection, OTHER)}
    new_ids: dict[int, int] = {}
    for origin in origins.every(write.connection, OTHER):
        if origin.local_id in left or stored(write.connection, origin) is not None:
            continue
        if origin.run_id not in new_ids:
            run = by_id[origin.run_id]
            if run[1:] not in present:  # else a part of the same import was adopted before
                present[run[1:]] = runs.next_id(write.connection)
                write.change(None, run._replace(id=present[run[1:]]))
            new_ids[origin.run_id] = present[run[1:]]
        write.change(None, origin._replace(run_id=new_ids[origin.run_id]))


def _adopt_invoices(write: Write, left: set[str], client_ids: dict[str | None, str | None]) -> None:
    """Equal numbers are one invoice."""
    by_id = {bill.id: bill for bill in bills.every(write.connection, OTHER)}
    new_ids: dict[int, int] = {}
    for billed in bills.every_billed(write.connection, OTHER):
        if billed.local_id in left or stored(write.connection, billed) is not None:
            continue
        if billed.bill_id not in new_ids:
            bill = by_id[billed.bill_id]
            present = bills.by_number(write.connection, bill.number)
            if present is None:
                new_id, client_id = bills.next_id(write.connection), client_ids.get(bill.client_id)
                present = bill._replace(id=new_id, client_id=client_id)
                write.change(None, present)
            elif (about := merged_about(present, bill)) != present.about:
                write.change(present, present._replace(about=about))
            new_ids[billed.bill_id] = present.id
        write.change(None, billed._replace(bill_id=new_ids[billed.bill_id]))
