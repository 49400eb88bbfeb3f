"""The endpoints, and the table of their operations, which a test compares with openapi.yaml."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.resources import (
    documents,
    health,
    projects,
    reports,
    screenshots,
    time_entries,
    users,
)
from clockeye_cli.server.resources.resource import Operation, Resource

if TYPE_CHECKING:
    from clockeye_cli.server.storage import Storage

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
        health.Health,
        health.Ready,
    )
    for method, operation in kind.operations.items()
}


def routes(storage: Storage) -> list[tuple[str, Resource]]:
    """Every path with its resource; versioned ones are served under each prefix."""
    return [
        ("/time-entries", time_entries.TimeEntries(storage)),
        ("/time-entries/{entry_id}", time_entries.OneTimeEntry(storage)),
        ("/projects", projects.Projects(storage)),
        ("/users", users.Users(storage)),
        ("/reports/summary", reports.Summary(storage)),
        ("/screenshots", screenshots.Screenshots(storage)),
        ("/pictures/{token}", screenshots.Picture(storage)),
        ("/openapi.yaml", documents.OpenApi(storage)),
        ("/docs", documents.Page(storage)),
        (health.PATHS[0], health.Health(storage)),
        (health.PATHS[1], health.Ready(storage)),
    ]
