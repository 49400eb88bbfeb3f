"""`clockeye delete`: delete entries; `undo` restores them."""

from __future__ import annotations

from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.named import STDIN, named
from clockeye_cli.present.entries import ENTRIES_SHAPE, entry_table
from clockeye_cli.present.timers import say_running_left_out
from clockeye_cli.store import entries as stored
from clockeye_cli.store import former_ids, projects
from clockeye_cli.tracking import entries, lookup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry

SHAPE = ENTRIES_SHAPE


def delete(ctx: Context, texts: Sequence[str]) -> None:
    """Ask for confirmation, then delete all of the entries or none.

    Args:
        ctx: The run.
        texts: ENTRYs; a single `-` reads them from standard input.
    """
    if texts == [STDIN] and not ctx.options.yes:
        raise UsageError("`delete -` cannot ask: standard input is the list.", hint="Answer with -y.")
    entries_named = named(ctx, texts)
    with ctx.store.read() as connection:
        view = lookup.View(connection, ctx.now, ctx.actor)
        selected, timer = entries_named.find_finished(view)
        names = projects.names(connection)
        account_ids = former_ids.account_ids(connection, (item.local_id for item in selected))
    lines = [_line(ctx, item, names) for item in selected]
    question = (
        f"Delete {lines[0]}?"
        if len(lines) == 1
        else "\n".join([*lines, f"Delete these {len(lines)} entries?"])
    )
    if not ctx.questions.confirm(question, "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        for item in selected:
            if stored.by_id(write.connection, item.local_id) != item:
                raise ClashError(
                    f"{item.local_id} has changed in the meantime.",
                    hint="Nothing was deleted; try again.",
                    code="changed_since",
                )
            entries.delete(write, item)
    ctx.out.done(
        [*(f"Deleted {line}." for line in lines), "`clockeye undo` reverts this."],
        entry_table(selected, names, ctx.now, account_ids),
    )
    say_running_left_out(ctx, timer, names)


def _line(ctx: Context, item: TimeEntry, names: dict[str, str]) -> str:
    return f"{item.local_id}: {describe(item, names, ctx.zone, ctx.now)}"
