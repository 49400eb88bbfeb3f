"""`clockeye stop`: the timer becomes an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core import phrases
from clockeye_cli.core.moment import resolve
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.work import Typed, typed, work
from clockeye_cli.present.entries import entry_record
from clockeye_cli.present.projects import made_projects, say_projects
from clockeye_cli.present.timers import say_long_timer
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.overlaps import clashes, list_in_words
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write


def stop(
    ctx: Context,
    *,
    at: str = "",
    description: str | None = None,
    project: str | None = None,
    tags: Sequence[str] = (),
    if_running: bool = False,
) -> None:
    """Stop the timer.

    Args:
        ctx: What the command works with.
        at: A WHEN; empty for now.
        description: In the place of what was started.
        project: In the place of the one it was started with.
        tags: Put at the end of the description.
        if_running: Be content if none runs.
    """
    said = typed(ctx, description=description, project=project, tags=tags)
    when = parse_when(at) if at else None
    with ctx.write() as write:
        if if_running and timers.running(write.connection) is None:
            stopped = None
        else:
            moment = resolve(when, write.now, ctx.zone) if when else None
            stopped = tracking.stop(write, moment, _work(ctx, write, said))
            others = clashes(
                write.connection, stopped.started_at, stopped.ended_at, write.now, but=stopped.local_id
            )
            in_the_way = list_in_words(write, others) if others else ""
        names, made = projects.names(write.connection), made_projects(write)
    if stopped is None:
        ctx.out.done("No timer is running.", None)
        return
    ctx.out.done(
        f"Stopped {phrases.describe(stopped, names, ctx.zone, ctx.now)}.",
        entry_record(stopped, names, ctx.now),
    )
    say_projects(ctx, made)
    if moment and moment.note:
        ctx.out.notice(moment.note)
    if in_the_way:
        ctx.out.notice(["It overlaps what was there:", *(f"  {line}" for line in in_the_way.split("\n"))])
    say_long_timer(ctx, stopped)


def _work(ctx: Context, write: Write, said: Typed) -> Work | None:
    runs = timers.running(write.connection)
    if runs is None or not said.has_any:
        return None
    return work(ctx, write, said, Work.of(runs))
