"""The endpoints, and the table of their operations, which a test compares with openapi.yaml."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.resources import documents, projects, reports, screenshots, time_entries, users
from clockeye_cli.server.resources.resource import Operation, Resource

if TYPE_CHECKING:
    from clockeye_cli.server.database import Database

__all__ = ["OPERATIONS", "Operation", "Resource", "routes"]

OPERATIONS: dict[tuple[type[Resource], str], Operation] = {
    (kind, method): operation
    for kind in (
        time_entries.TimeEntries,
        time_entries.OneTimeEntry,
        projects.Projects,
        users.Users,
        reports.Summary,
        screenshots.Screenshots,
        screenshots.Picture,
        documents.OpenApi,
        documents.Page,
    )
    for method, operation in kind.operations.items()
}


def routes(database: Database) -> list[tuple[str, Resource]]:
    """Every path with its resource; versioned ones are served under each prefix."""
    return [
        ("/time-entries", time_entries.TimeEntries(database)),
        ("/time-entries/{entry_id}", time_entries.OneTimeEntry(database)),
        ("/projects", projects.Projects(database)),
        ("/users", users.Users(database)),
        ("/reports/summary", reports.Summary(database)),
        ("/screenshots", screenshots.Screenshots(database)),
        ("/pictures/{token}", screenshots.Picture(database)),
        ("/openapi.yaml", documents.OpenApi(database)),
        ("/docs", documents.Page(database)),
    ]
