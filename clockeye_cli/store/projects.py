"""Projects in the store."""

from __future__ import annotations

from clockeye_cli.core.entry import Project, folded
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import rows

if TYPE_CHECKING:
    from clockeye_cli.store.database import Connection

COLUMNS = rows.columns(Project)


def every(connection: Connection, file: str = "main") -> list[Project]:
    """All projects by name, archived ones included; `file` is the name of an attached file."""
    cursor = connection.execute(f"SELECT {COLUMNS} FROM {file}.projects ORDER BY folded")
    return rows.values(Project, cursor)


def by_id(connection: Connection, project_id: str) -> Project | None:
    """The project with this id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM projects WHERE id = ?", (project_id,)).fetchone()
    return rows.value(Project, row)


def names(connection: Connection) -> dict[str, str]:
    """The name of every project by its id."""
    return dict(connection.execute("SELECT id, name FROM projects").fetchall())


def last_used(connection: Connection) -> dict[str, int]:
    """The end of each project's latest entry, an instant, by the project's id."""
    ends = connection.execute(
        "SELECT id, (SELECT max(ended_at) FROM entries WHERE project_id = id) FROM projects"
    ).fetchall()
    return {project_id: ended_at for project_id, ended_at in ends if ended_at is not None}


def put(connection: Connection, before: Project | None, after: Project | None) -> None:
    """Store a project, change it (both given), or remove it (`after` is None)."""
    if after is None and before is not None:
        connection.execute("DELETE FROM projects WHERE id = ?", (before.id,))
    if after is not None:
        # Updated in place: entries refer to the row, and it keeps its id on the account.
        changed = ", ".join(f"{column} = excluded.{column}" for column in (*Project._fields, "folded"))
        rows.insert(
            connection,
            "projects",
            after,
            f"ON CONFLICT (id) DO UPDATE SET {changed}",
            folded=folded(after.name),
        )
