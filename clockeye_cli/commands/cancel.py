"""`clockeye cancel`: take the running timer away without an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.duration import clock
from clockeye_cli.core.phrases import span, work
from clockeye_cli.errors import ClashError
from clockeye_cli.present.entries import entry_record
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def cancel(ctx: Context) -> None:
    """Ask, and then take the timer away."""
    with ctx.store.read() as connection:
        asked = timers.running(connection)
        names = projects.names(connection)
    if asked is None:
        raise ClashError(
            "No timer is running.", hint="`clockeye delete last` deletes an entry.", code="no_timer"
        )
    when = span(asked.started_at, max(ctx.now, asked.started_at), ctx.zone, ctx.now)
    what = work(names.get(asked.project_id or ""), asked.description)
    line = f"{what}, {when} ({clock(max(0, ctx.now - asked.started_at))})"
    if not ctx.questions.confirm(f"Cancel {line}?", "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    with ctx.write() as write:
        if timers.running(write.connection) != asked:
            raise ClashError(
                "Another timer runs by now.", hint="`clockeye status` shows it.", code="changed_since"
            )
        timer = tracking.cancel(write)
    ctx.out.done(
        [f"Cancelled {line}.", "`clockeye undo` brings it back."], entry_record(timer, names, ctx.now)
    )
