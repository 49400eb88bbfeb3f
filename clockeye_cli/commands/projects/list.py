"""`clockeye projects list`: the projects by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.errors import KeyMissingError, UnreachableError
from clockeye_cli.output.cells import Section, Table
from clockeye_cli.present.projects import COLUMNS, project_row
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def list_projects(ctx: Context, *, everything: bool = False) -> None:
    """List projects by name.

    Args:
        ctx: What the command works with.
        everything: Archived ones too.
    """
    ctx.out.check_save()
    if ctx.account is not None:
        _refresh(ctx)
    with ctx.store.read() as connection:
        found = [project for project in stored.every(connection) if everything or not project.archived]
        used = stored.last_used(connection)
    rows = [project_row(project, used) for project in found]
    empty = "There is no project yet; `clockeye start … -p NAME` or `clockeye projects add NAME` makes one."
    table = Table(COLUMNS, [Section("", rows)], empty=empty)
    ctx.out.table(table, look=lambda _width: [_look(table)])


def _refresh(ctx: Context) -> None:
    """Read the account's projects; where it cannot be read, those that are known here are shown."""
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull_projects

    try:
        with connect(ctx.store, ctx.access()) as account:
            pull_projects(account)
    except (UnreachableError, KeyMissingError) as error:
        ctx.out.notice(f"{error.message} These are the projects that are known here.")


def _look(table: Table) -> Table:
    """For people no is not the same as nothing said, which a flag would show alike."""
    words = {None: "", True: "yes", False: "no"}
    rows = [(*row[:2], words[row[2]], *row[3:]) for row in table.rows]
    columns = tuple(c._replace(kind="text") if c.key == "billable" else c for c in table.columns)
    return table._replace(columns=columns, sections=[Section("", rows)])
