"""`clockeye stop`: stop the timer and store it as an entry."""

from __future__ import annotations

from clockeye_cli.core import phrases
from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.elsewhere import ended_elsewhere, may_end, timer_elsewhere
from clockeye_cli.interpret.forgotten import ask_when_it_ended
from clockeye_cli.interpret.work import Typed, typed, work
from clockeye_cli.present.entries import ENTRY_SHAPE
from clockeye_cli.present.timers import STARTED_ELSEWHERE
from clockeye_cli.present.written import say_written, written
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.overlaps import clashes, list_in_words
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import TimeEntry
    from clockeye_cli.store.state import Write

SHAPE = ENTRY_SHAPE._replace(is_nullable=True)


def stop(
    ctx: Context,
    *,
    at: str = "",
    description: str | None = None,
    project: str | None = None,
    tags: Sequence[str] = (),
    untag: Sequence[str] = (),
    if_running: bool = False,
) -> None:
    """Stop the timer.

    Args:
        ctx: The run.
        at: A WHEN; empty for now.
        description: Replaces the description of the timer.
        project: Replaces the project of the timer.
        tags: Appended to the description.
        untag: Removed from the description.
        if_running: Do not fail if no timer is running.
    """
    typed_work = typed(ctx, description=description, project=project, tags=tags, untag=untag)
    when = None
    if at:
        from clockeye_cli.core.when import parse_when  # late: most timers stop now

        when = parse_when(at)
    running_elsewhere = timer_elsewhere(ctx)
    if not may_end(ctx, running_elsewhere):
        return
    forgotten = None if at else ask_when_it_ended(ctx)
    with ctx.write() as write:
        was_elsewhere = ended_elsewhere(ctx, write, running_elsewhere)
        if if_running and timers.current(write.connection) is None:
            stopped = None
        else:
            moment = forgotten and forgotten.end(write)
            if when:
                from clockeye_cli.tracking.typed_moments import stop_moment  # late, as above

                moment = stop_moment(write, when)
            with explained(moment.note if moment else ""):
                stopped = tracking.stop(write, moment, _work(ctx, write, typed_work))
            overlaps = _overlaps(write, stopped)
            done = written(write, stopped)
    if stopped is None:
        ctx.out.done("No timer is running.", None)
        return
    line = phrases.describe(stopped, done.names, ctx.zone, ctx.now, exact=when is not None)
    text = f"Stopped {line}."
    notes: list[str | list[str]] = [STARTED_ELSEWHERE] if was_elsewhere else []
    notes += [moment.note] if moment and moment.note else []
    notes += [["Overlaps existing entries:", *(f"  {line}" for line in overlaps)]] if overlaps else []
    say_written(ctx, text, done.record(ctx), done.new_projects, notes, [stopped], "it")


def _overlaps(write: Write, stopped: TimeEntry) -> list[str]:
    """The entries that the stopped one overlaps, one per line."""
    span = stopped.started_at, stopped.ended_at
    overlapping = clashes(write.connection, *span, write.now, but=stopped.local_id)
    return list_in_words(write, overlapping).split("\n") if overlapping else []


def _work(ctx: Context, write: Write, typed_work: Typed) -> Work | None:
    runs = timers.current(write.connection)
    if runs is None or not typed_work.has_any:
        return None
    return work(ctx, write, typed_work, Work.of(runs))
