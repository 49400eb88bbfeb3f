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
    from clockeye_cli.store.extremes import extremes_of  # late: few commands need it

    extremes_of(connection)  # refuses impossible ones
    ends = connection.execute(
        "SELECT id, (SELECT max(ended_at) FROM entries WHERE project_id = id) FROM projects"
    ).fetchall()
    return {project_id: ended_at for project_id, ended_at in ends if ended_at is not None}


def entry_count(connection: Connection, project_id: str) -> int:
    """The number of a project's entries."""
    row = connection.execute("SELECT count(*) FROM entries WHERE project_id = ?", (project_id,)).fetchone()
    return int(row[0])


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
        if before is None:
            _store_colors(connection, after.id)


def colors(connection: Connection, file: str = "main") -> dict[str, int]:
    """The slot in the palette of every project, by its id; `file` is the name of an attached file.

    Slots are stored when a project is made; until then, older projects have theirs in the order of ids.
    """
    return _slots(connection, file, newest="")


def put_color(connection: Connection, project_id: str, slot: int) -> None:
    """Store a project's slot in the palette; it is no part of the history."""
    connection.execute("UPDATE projects SET color = ? WHERE id = ?", (slot, project_id))


def _store_colors(connection: Connection, newest: str) -> None:
    without = connection.execute("SELECT id FROM projects WHERE color IS NULL").fetchall()
    slots = _slots(connection, "main", newest)
    for (project_id,) in without:
        put_color(connection, project_id, slots[project_id])


def _slots(connection: Connection, file: str, newest: str) -> dict[str, int]:
    from clockeye_cli.core.palette import slots  # late: few commands need colours

    query = f"SELECT id, folded, color FROM {file}.projects ORDER BY id = ?, id"
    return slots(connection.execute(query, (newest,)).fetchall())
