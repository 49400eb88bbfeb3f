"""`clockeye history`: the changes made by commands, the latest first."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.phrases import stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.cells import Column, Section, Table
from clockeye_cli.present.changes import command_line, describe_change, project_names
from clockeye_cli.store import history as stored_history
from clockeye_cli.store import projects

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Row
    from clockeye_cli.store.history import Step

COLUMNS = (
    Column("at", "When", "instant"),
    Column("command", "Command"),
    Column("changes", "Changes"),
    Column("undone", "Undone", "flag", drop=1),
    Column("entries", "Entries", "words", is_detail=True),
    Column("step", "Step", "count", is_detail=True),
)


def history(ctx: Context, *, count: int | None = None) -> None:
    """List the steps.

    Args:
        ctx: The run.
        count: How many to list at most; None for all.
    """
    with ctx.store.read() as connection:
        steps = stored_history.steps(connection, count)
        names = project_names(steps, projects.names(connection))
    rows = [_row(ctx, step, names) for step in steps]
    table = Table(COLUMNS, [Section("", rows)], empty="No command has changed anything yet.")
    ctx.out.table(table, look=lambda _width: [_look(ctx, steps, names)])


def _look(ctx: Context, steps: list[Step], names: dict[str, str]) -> Table:
    """One section per command, with one line per change."""
    sections = []
    for step in steps:
        undone = "  (undone)" if step.undone_by is not None else ""
        title = f"{stamp(step.at, ctx.zone)}  {command_line(step)}{undone}"
        sections.append(
            Section(title, [(f"  {describe_change(ctx, change, names)}",) for change in step.changes])
        )
    return Table((Column("changes", ""),), sections)


def _row(ctx: Context, step: Step, names: dict[str, str]) -> Row:
    touched = [change.after if change.after is not None else change.before for change in step.changes]
    ids = dict.fromkeys(item.local_id for item in touched if isinstance(item, TimeEntry | Timer))
    changes = "; ".join(describe_change(ctx, change, names) for change in step.changes)
    return step.at, command_line(step), changes, step.undone_by is not None, list(ids), step.id
