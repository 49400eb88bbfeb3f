"""What `start` and `resume` say: the new timer, the stopped entry, and on the first start what next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.phrases import work as in_words
from clockeye_cli.present.entries import entry_record, with_stopped
from clockeye_cli.present.projects import say_projects
from clockeye_cli.present.timers import say_long_timer, say_other_timers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.moment import Moment
    from clockeye_cli.tracking.timer import Started


def say_started(
    ctx: Context,
    started: Started,
    moment: Moment | None,
    names: dict[str, str],
    new_projects: Sequence[str] = (),
    *,
    is_first: bool,
) -> None:
    """Say what `start` or `resume` did.

    Args:
        ctx: Where to say it.
        started: What was done.
        moment: When it was to start, if that was typed.
        names: Projects' names by id.
        new_projects: The names of projects that were made by the way.
        is_first: It is the first start in this store.
    """
    timer, stopped = started.timer, started.stopped
    lines = [f"Stopped {describe(stopped, names, ctx.zone, ctx.now)}."] if stopped else []
    if started.is_new:
        since = stamp(timer.started_at, ctx.zone, ctx.now)
        lines.append(f"Started {in_words(names.get(timer.project_id or ''), timer.description)}, at {since}.")
    else:
        lines.append(f"Running already: {describe(timer, names, ctx.zone, ctx.now)}.")
    record = entry_record(timer, names, ctx.now)
    was = entry_record(stopped, names, ctx.now) if stopped else None
    ctx.out.done(lines, with_stopped(record, was))
    say_projects(ctx, new_projects)
    if moment and moment.note:
        ctx.out.notice(moment.note)
    say_long_timer(ctx, stopped or timer)
    say_other_timers(ctx)
    if is_first:
        where = f"Your times are in {ctx.store.path}"
        there = "" if ctx.account else ", on this computer alone; `clockeye auth login` works on an account"
        ctx.out.notice(f"`clockeye stop` stops it. {where}{there}.")
