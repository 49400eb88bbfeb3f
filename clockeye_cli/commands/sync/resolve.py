"""`clockeye sync resolve`: settle what a person must decide."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.present.changes import describe_change
from clockeye_cli.store import projects
from clockeye_cli.sync import decisions
from clockeye_cli.tracking.lookup import find

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def resolve(
    ctx: Context, text: str, *, keep: str = "", same_as: str = "", send: bool = False, drop: bool = False
) -> None:
    """Decide about an entry that both sides changed, that was refused, or that may have arrived already.

    Args:
        ctx: What the command works with.
        text: An ENTRY.
        keep: `mine` or `theirs`.
        same_as: The id on the account with which the entry arrived.
        send: It did not arrive: send it again.
        drop: Do not send it: reset it to the account's version, or delete it if the account has none.
    """
    if sum((bool(keep), bool(same_as), send, drop)) != 1 or keep not in ("", "mine", "theirs"):
        raise UsageError("Use one of --keep mine, --keep theirs, --same-as ID, --send or --drop.")
    with ctx.write() as write:
        row = decisions.row_named(write.connection, text) or decisions.row_of(
            write.connection, find(write, text).local_id, text
        )
        if keep == "mine":
            decisions.keep_mine(write, row)
        elif keep:
            decisions.keep_theirs(write, row)
        elif same_as:
            decisions.take_id(write, row, same_as)
        elif send:
            decisions.send_again(write, row)
        else:
            decisions.drop(write, row)
        names = projects.names(write.connection)
    changed = [describe_change(ctx, change, names) for change in write.changes]
    ctx.out.done(
        [f"Resolved {row.local_id}.", *changed, *(["`clockeye undo` reverts this."] if changed else [])]
    )
