"""`clockeye projects`: list, add, rename and archive projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.errors import KeyMissingError, UnreachableError, UsageError
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.store import projects as stored
from clockeye_cli.tracking import projects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Project
    from clockeye_cli.output.cells import Row

COLUMNS = (
    Column("project", "Project"),
    Column("last_used", "Last used", "instant", drop=1),
    Column("billable", "Billable", "flag", drop=2),
    Column("archived", "Archived", "flag", drop=3),
    Column("project_id", "Id", "id"),
)


def show(ctx: Context, *, everything: bool = False) -> None:
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
    rows = [_row(project, used) for project in found]
    empty = "There is no project yet; `clockeye start … -p NAME` or `clockeye projects add NAME` makes one."
    table = Table(COLUMNS, [Section("", rows)], empty=empty)
    ctx.out.table(table, look=lambda _width: [_look(table)])


def add(ctx: Context, names: Sequence[str], *, billable: bool | None = None) -> None:
    """Make projects; all of them, or none.

    Args:
        ctx: What the command works with.
        names: Their names.
        billable: What new entries of theirs take; None leaves it to the settings.
    """
    with ctx.write() as write:
        made = [projects.add(write, name, billable=billable) for name in names]
    _done(ctx, [f"Added the project {project.name}." for project in made], made)


def rename(ctx: Context, text: str, name: str) -> None:
    """Give a project another name; its entries go with it.

    Args:
        ctx: What the command works with.
        text: The project.
        name: Its new name.
    """
    if ctx.account is not None:
        raise UsageError("ClockEye's API cannot rename a project.", hint="Rename it in ClockEye itself.")
    with ctx.write() as write:
        before, after = projects.rename(write, text, name)
    _done(ctx, [f"Renamed the project {before.name} to {after.name}."], [after])


def archive(ctx: Context, names: Sequence[str], *, archived: bool) -> None:
    """Archive projects, or bring them back; all of them, or none.

    Args:
        ctx: What the command works with.
        names: The projects.
        archived: Whether they are to be.
    """
    with ctx.write() as write:
        changed = [projects.archive(write, name, archived=archived) for name in names]
    what = "Archived" if archived else "Brought back"
    _done(ctx, [f"{what} the project {project.name}." for project in changed], changed)
    if ctx.account is not None:
        ctx.out.notice("That is known on this computer only: ClockEye's API cannot archive a project.")


def _refresh(ctx: Context) -> None:
    """Read the account's projects; where it cannot be read, those that are known here are shown."""
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull_projects

    try:
        with connect(ctx.store, ctx.access()) as account:
            pull_projects(account)
    except (UnreachableError, KeyMissingError) as error:
        ctx.out.notice(f"{error.message} These are the projects that are known here.")


def _done(ctx: Context, lines: list[str], changed: list[Project]) -> None:
    with ctx.store.read() as connection:
        used = stored.last_used(connection)
    rows = [_row(project, used) for project in changed]
    ctx.out.done(lines, Table(COLUMNS, [Section("", rows)]))


def _row(project: Project, used: dict[str, int]) -> Row:
    return project.name, used.get(project.id), project.billable, project.archived, project.id


def _look(table: Table) -> Table:
    """For people no is not the same as nothing said, which a flag would show alike."""
    words = {None: "", True: "yes", False: "no"}
    rows = [(*row[:2], words[row[2]], *row[3:]) for row in table.rows]
    columns = tuple(c._replace(kind="text") if c.key == "billable" else c for c in table.columns)
    return table._replace(columns=columns, sections=[Section("", rows)])
