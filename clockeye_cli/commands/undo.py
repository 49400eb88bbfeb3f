"""`clockeye undo`: undo the last command that changed something."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.present.changes import command_line, describe_change, project_names
from clockeye_cli.present.entries import entry_table
from clockeye_cli.store import projects, remote
from clockeye_cli.tracking import undo as rules

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def undo(ctx: Context) -> None:
    """Undo the command; ask first if a timer's time would be lost."""
    with ctx.store.read() as connection:
        step = rules.last(connection)
        names = project_names([step], projects.names(connection))
    if rules.loses_time(step):
        lost = next(change.after for change in reversed(step.changes) if isinstance(change.after, Timer))
        what = phrases.describe(lost, names, ctx.zone, ctx.now)
        if not ctx.questions.confirm(f"Undo `{command_line(step)}`, and discard the time of {what}?", "-y"):
            ctx.out.notice("Nothing was changed.")
            return
    with ctx.write() as write:
        if rules.last(write.connection).id != step.id:
            raise ClashError(
                "Another command has run in the meantime.",
                hint="`clockeye history` shows it.",
                code="changed_since",
            )
        changes = rules.undo(write, step)
        touched = [
            item
            for change in changes
            for item in (change.after if change.after is not None else change.before,)
            if isinstance(item, TimeEntry | Timer)
        ]
        account_ids = remote.account_ids(write.connection, (item.local_id for item in touched))
    ctx.out.done(
        [
            f"Undone: {command_line(step)}",
            *(f"  {describe_change(ctx, change, names)}" for change in changes),
        ],
        entry_table(touched, names, ctx.now, account_ids),
    )
