"""Asks whether to end your timer if it runs on the account and not here."""

from __future__ import annotations

from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking.timer import refuse_changed

if TYPE_CHECKING:
    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.state import Write


def timer_elsewhere(ctx: Context) -> TimeEntry | None:
    """The entry that is your running timer because no timer runs here, but it does on the account."""
    if ctx.account is None:
        return None
    with ctx.store.read() as connection:
        return timers.on_account(connection)


def may_end(ctx: Context, entry: TimeEntry | None) -> bool:
    """Ask, at a terminal, whether to end your timer that runs on the account and not here; None for none.

    Nobody is asked in scripts, which end it. If the answer is no, say that nothing was changed.
    """
    if entry is None or not ctx.questions.can_ask:
        return True
    with ctx.store.read() as connection:
        names = projects.names(connection)
    if ctx.questions.confirm(
        f"Stop {describe(entry, names, ctx.zone, ctx.now)}, which was started elsewhere on the account?", "-y"
    ):
        return True
    ctx.out.notice("Nothing was changed.")
    return False


def ended_elsewhere(ctx: Context, write: Write, confirmed: TimeEntry | None) -> bool:
    """Whether stopping the running timer means ending one that runs on the account and not here.

    Args:
        ctx: The run.
        write: The transaction that is going to stop it.
        confirmed: The entry that `may_end` has asked about; None for none.

    Raises:
        ClashError: Another one is running now.
    """
    entry = timers.on_account(write.connection)
    if ctx.questions.can_ask:
        refuse_changed(entry, confirmed)
    return entry is not None
