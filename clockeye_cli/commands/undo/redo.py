"""`clockeye redo`: reverse the last undos."""

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


def redo(ctx: Context, *, count: int = 1) -> None:
    """Reverse undos, all of them or none.

    Args:
        ctx: The run.
        count: How many, the latest first.
    """

    def choose(connection: Connection) -> list[Step]:
        return rules.to_redo(connection, ctx.actor, count)

    reverse(ctx, Reversal("redo", "Redone", choose))
