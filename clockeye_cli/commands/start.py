"""`clockeye start`: start a timer; a running one is stopped at the same instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.moment import resolve
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.projects import made_projects
from clockeye_cli.present.started import say_started
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
        ctx: What the command works with.
        words: The description; a single `-` takes over what was worked on last.
        project: Its id, name or beginning of a name.
        tags: Put at the end of the description.
        at: A WHEN; empty for now.
        billable: None: as the project or the settings say.
        if_idle: Leave a timer that runs alone.
        overlap: Store it even where it overlaps.
    """
    again = list(words) == ["-"]
    said = typed(ctx, None if again else words, project=project, tags=tags, billable=billable)
    when = parse_when(at) if at else None
    with ctx.write() as write:
        if if_idle and (runs := timers.running(write.connection)):
            moment, started = None, Started(runs, None, is_new=False)
        else:
            base = Work.of(lookup.find(write.connection, "last")) if again else None
            moment = resolve(when, write.now, ctx.zone) if when else None
            started = tracking.start(write, work(ctx, write, said, base), moment, overlap=overlap)
        is_first = tracking.is_first_start(write)
        names, made = projects.names(write.connection), made_projects(write)
    say_started(ctx, started, moment, names, made, is_first=is_first)
