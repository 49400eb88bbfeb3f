"""`clockeye undo`: undo the last commands that changed something."""

from __future__ import annotations

from clockeye_cli.commands.undo.reversal import Reversal, reverse
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.entries import ENTRIES_SHAPE
from clockeye_cli.tracking import undo as rules

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.store.database import Connection
    from clockeye_cli.store.history import Step

SHAPE = ENTRIES_SHAPE


def undo(ctx: Context, *, count: int = 1, actor: str = "") -> None:
    """Undo commands, all of them or none.

    Args:
        ctx: The run.
        count: How many, the latest first.
        actor: Only commands of this actor; empty for those that the run's actor may undo.
    """
    actors = (actor,) if actor else ctx.actor.undoable

    def choose(connection: Connection) -> list[Step]:
        return rules.to_undo(connection, actors, count)

    reverse(ctx, Reversal("undo", "Undone", choose))
