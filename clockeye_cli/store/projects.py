"""Projects in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.entry import Project

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection


def folded(name: str) -> str:
    """The form in which two names are the same: without regard to case, composition or outer white space."""
    import unicodedata

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).strip()


def every(connection: Connection, file: str = "main") -> list[Project]:
    """All projects by name, archived ones included; `file` is the name of an attached file."""
    rows = connection.execute(f"SELECT id, name, billable, archived FROM {file}.projects ORDER BY folded")
    return [_project(row) for row in rows.fetchall()]


def by_id(connection: Connection, project_id: str) -> Project | None:
    """The project with this id."""
    row = connection.execute(
        "SELECT id, name, billable, archived FROM projects WHERE id = ?", (project_id,)
    ).fetchone()
    return _project(row) if row else None


def names(connection: Connection) -> dict[str, str]:
    """The name of every project by its id."""
    return dict(connection.execute("SELECT id, name FROM projects").fetchall())


def last_used(connection: Connection) -> dict[str, int]:
    """When the latest entry of each project that has one ended."""
    rows = connection.execute(
        "SELECT id, (SELECT max(ended_at) FROM entries WHERE project_id = id) FROM projects"
    ).fetchall()
    return {project_id: ended_at for project_id, ended_at in rows if ended_at is not None}


def put(connection: Connection, before: Project | None, after: Project | None) -> None:
    """Store a project, change it (both given), or remove it (`after` is None)."""
    if after is None and before is not None:
        connection.execute("DELETE FROM projects WHERE id = ?", (before.id,))
    if after is not None:
        connection.execute(
            "INSERT INTO projects (id, name, folded, billable, archived) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded,"
            " billable = excluded.billable, archived = excluded.archived",
            (after.id, after.name, folded(after.name), after.billable, after.archived),
        )


def _project(row: tuple[str, str, int | None, int]) -> Project:
    project_id, name, billable, archived = row
    return Project(project_id, name, None if billable is None else bool(billable), bool(archived))
