"""`clockeye start`: start a timer; a running timer is stopped at the same instant."""

from __future__ import annotations

from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.forgotten import ask_when_it_ended
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.projects import made_projects
from clockeye_cli.present.started import say_started, say_time_among_words
from clockeye_cli.present.timers import elsewhere, ended_elsewhere, may_end
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import lookup
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Started, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def start(
    ctx: Context,
    words: Sequence[str],
    *,
    project: str | None = None,
    tags: Sequence[str] = (),
    at: str = "",
    billable: bool | None = None,
    if_idle: bool = False,
    overlap: bool = False,
) -> None:
    """Start a timer.

    Args:
        ctx: The run.
        words: The description; a single `-` continues the work of the last entry.
        project: Its id, name or beginning of a name.
        tags: Appended to the description.
        at: A WHEN; empty for now.
        billable: None for the default of the project or the settings.
        if_idle: Leave a running timer alone.
        overlap: Start it even if it overlaps entries.
    """
    again = list(words) == ["-"]
    typed_work = typed(ctx, None if again else words, project=project, tags=tags, billable=billable)
    when = parse_when(at) if at else None
    asked = elsewhere(ctx)
    if not if_idle and not may_end(ctx, asked):
        return
    forgotten = None if at or if_idle else ask_when_it_ended(ctx)
    with ctx.write() as write:
        was_elsewhere = not if_idle and ended_elsewhere(ctx, write, asked)
        if if_idle and (runs := timers.current(write.connection)):
            moment, started = None, Started(runs, None, is_new=False)
        else:
            base = Work.of(lookup.find(write, "last")) if again else None
            moment = None
            if when:
                from clockeye_cli.tracking.typed_moments import start_moment  # late: most timers start now

                moment = start_moment(write, when, ctx.settings.max_timer)
            ended = forgotten.end(write) if forgotten else None
            new_work = work(ctx, write, typed_work, base)
            with explained(moment.note if moment else ""):
                started = tracking.start(write, new_work, moment, overlap=overlap, ended=ended)
        is_first = tracking.is_first_start(write)
        names, made = projects.names(write.connection), made_projects(write)
    say_started(ctx, started, moment, names, made, is_first=is_first, was_elsewhere=was_elsewhere)
    if not at and started.is_new:
        say_time_among_words(ctx, words, started)
