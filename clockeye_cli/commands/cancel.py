"""`clockeye cancel`: discard the running timer without storing an entry."""

from __future__ import annotations

from clockeye_cli.core.duration import clock
from clockeye_cli.core.phrases import span, work
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError
from clockeye_cli.present.entries import ENTRY_SHAPE, entry_record
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = ENTRY_SHAPE


def cancel(ctx: Context) -> None:
    """Ask for confirmation, then discard the timer."""
    with ctx.store.read() as connection:
        running = timers.current(connection)
        names = projects.names(connection)
    if running is None:
        raise ClashError(
            "No timer is running.", hint="`clockeye log` shows the entries of today.", code="no_timer"
        )
    when = span(running.started_at, max(ctx.now, running.started_at), ctx.zone, ctx.now)
    what = work(names.get(running.project_id or ""), running.description)
    line = f"{what}, {when} ({clock(max(0, ctx.now - running.started_at))})"
    if not ctx.questions.confirm(f"Cancel {line}?", "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        tracking.refuse_changed(timers.current(write.connection), running)
        timer = tracking.cancel(write)
    ctx.out.done([f"Cancelled {line}.", "`clockeye undo` reverts this."], entry_record(timer, names, ctx.now))
