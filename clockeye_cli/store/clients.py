"""Clients in the store. Which client a project has is `Project.client_id`."""

from __future__ import annotations

from clockeye_cli.core.customer import Customer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

COLUMNS = rows.columns(Customer)


def every(connection: Connection, file: str = "main") -> list[Customer]:
    """All clients by name, archived ones included; `file` is the name of an attached file."""
    cursor = connection.execute(f"SELECT {COLUMNS} FROM {file}.clients ORDER BY folded")
    return rows.values(Customer, cursor)


def by_id(connection: Connection, client_id: str) -> Customer | None:
    """The client with this id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM clients WHERE id = ?", (client_id,)).fetchone()
    return rows.value(Customer, row)


def names(connection: Connection) -> dict[str, str]:
    """The name of every client by its id."""
    return dict(connection.execute("SELECT id, name FROM clients").fetchall())


def of_projects(connection: Connection) -> dict[str, Customer]:
    """The client of each project that has one, by the project's id."""
    customers = {customer.id: customer for customer in every(connection)}
    cursor = connection.execute("SELECT id, client_id FROM projects WHERE client_id IS NOT NULL")
    return {project_id: customers[client_id] for project_id, client_id in cursor.fetchall()}


def is_used(connection: Connection, client_id: str) -> bool:
    """Whether a project or an invoice refers to a client."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM projects WHERE client_id = :id)"
        " OR EXISTS (SELECT 1 FROM bills WHERE client_id = :id)"
    )
    return bool(connection.execute(query, {"id": client_id}).fetchone()[0])
