"""`clockeye projects list`: list the projects by name."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, UnreachableError
from clockeye_cli.interpret.budget_uses import budget_uses
from clockeye_cli.output.cells import JsonShape, Section
from clockeye_cli.present.budgets import budgets_meta, say_budgets
from clockeye_cli.present.projects import COLUMNS, project_table
from clockeye_cli.store import projects as stored

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Table

EMPTY = "No projects yet; `clockeye start … -p NAME` or `clockeye projects add NAME` creates one."


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.present.meta_columns import OF_BUDGETS  # late: only `schema` needs it

    return JsonShape(COLUMNS, OF_BUDGETS, is_list=True)


def list_projects(ctx: Context, *, everything: bool = False) -> None:
    """List the projects by name.

    Args:
        ctx: The run.
        everything: Include archived projects.
    """
    ctx.out.check_save()
    if ctx.account is not None:
        _refresh(ctx)
    with ctx.store.read() as connection:
        listed = [project for project in stored.every(connection) if everything or not project.archived]
        table = project_table(connection, listed, EMPTY)
    uses = budget_uses(ctx, {project.id for project in listed})
    table = table._replace(meta={**table.meta, **budgets_meta(uses)})
    ctx.out.table(table, look=lambda _width: [_look(table)])
    say_budgets(ctx, uses)


def _refresh(ctx: Context) -> None:
    """Read the account's projects; if that fails, a notice says so and the stored ones are shown."""
    from clockeye_cli.sync.account import connect
    from clockeye_cli.sync.pull import pull_projects

    try:
        with connect(ctx.store, ctx.access()) as account:
            pull_projects(account)
    except (UnreachableError, KeyMissingError) as error:
        ctx.out.notice(f"{error.message} Showing the projects stored here.")


def _look(table: Table) -> Table:
    """For people: `no` differs from unset, though a flag column would show both in the same way."""
    words = {None: "", True: "yes", False: "no"}
    rows = [(*row[:2], words[row[2]], *row[3:]) for row in table.rows]
    columns = tuple(c._replace(kind="text") if c.key == "billable" else c for c in table.columns)
    return table._replace(columns=columns, sections=[Section("", rows)])
