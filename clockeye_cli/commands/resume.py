"""`clockeye resume`: start a timer for the same work as an entry."""

from __future__ import annotations

from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.forgotten import ask_when_it_ended
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.projects import made_projects
from clockeye_cli.present.started import say_started
from clockeye_cli.present.timers import elsewhere, ended_elsewhere, may_end
from clockeye_cli.store import projects
from clockeye_cli.tracking import lookup
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def resume(
    ctx: Context,
    words: Sequence[str],
    *,
    is_text: bool = False,
    project: str | None = None,
    tags: Sequence[str] = (),
    untag: Sequence[str] = (),
    at: str = "",
    overlap: bool = False,
) -> None:
    """Start a timer for the same work as an entry.

    Args:
        ctx: The run.
        words: An ENTRY, or a text that the latest of your entries to contain it is looked for by.
        is_text: The words are a text in any case.
        project: Instead of the entry's project.
        tags: Appended to the description.
        untag: Removed from the description.
        at: A WHEN; empty for now.
        overlap: Start it even if it overlaps entries.
    """
    typed_work = typed(ctx, project=project, tags=tags, untag=untag)
    when = parse_when(at) if at else None
    asked = elsewhere(ctx)
    if not may_end(ctx, asked):
        return
    forgotten = None if at else ask_when_it_ended(ctx)
    with ctx.write() as write:
        was_elsewhere = ended_elsewhere(ctx, write, asked)
        base = Work.of(lookup.find_work(write, words, is_text=is_text))
        moment = None
        if when:
            from clockeye_cli.tracking.typed_moments import start_moment  # late: most timers start now

            moment = start_moment(write, when, ctx.settings.max_timer)
        ended = forgotten.end(write) if forgotten else None
        new_work = work(ctx, write, typed_work, base)
        with explained(moment.note if moment else ""):
            started = tracking.start(write, new_work, moment, overlap=overlap, ended=ended)
        is_first = tracking.is_first_start(write)
        names = projects.names(write.connection)
        new_projects = made_projects(write)
    say_started(ctx, started, moment, names, new_projects, is_first=is_first, was_elsewhere=was_elsewhere)
