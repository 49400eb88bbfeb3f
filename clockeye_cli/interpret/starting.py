"""Starting a timer, for `start` and `resume`: first the questions, then the transaction."""

from __future__ import annotations

from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.interpret.elsewhere import ended_elsewhere, may_end, timer_elsewhere
from clockeye_cli.interpret.forgotten import ask_when_it_ended
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Started

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.moment import Moment
    from clockeye_cli.store.history import Change
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.timer import Work


class Beginning(NamedTuple):
    """A timer that was started.

    Attributes:
        started: The timer, and the entry that was stopped.
        moment: The start time, if one was typed.
        changes: All changes of the command.
        names: Projects' names by id.
        is_first: Whether this is the first start in this store.
        was_elsewhere: Whether the stopped entry was running on the account and not here.
    """

    started: Started
    moment: Moment | None
    changes: Sequence[Change]
    names: dict[str, str]
    is_first: bool
    was_elsewhere: bool


def begin(
    ctx: Context, work_of: Callable[[Write], Work], at: str, *, overlap: bool, if_idle: bool = False
) -> Beginning | None:
    """Start a timer, after any questions about the running one.

    Args:
        ctx: The run.
        work_of: The work, in the transaction.
        at: A WHEN; empty for now.
        overlap: Start it even if it overlaps entries.
        if_idle: Leave a running timer alone, here or on the account.

    Returns:
        The result; None if the user does not want to end the running timer.
    """
    when = None
    if at:
        from clockeye_cli.core.when import parse_when  # late: most timers start now

        when = parse_when(at)
    running_elsewhere = timer_elsewhere(ctx)
    if not if_idle and not may_end(ctx, running_elsewhere):
        return None
    forgotten = None if at or if_idle else ask_when_it_ended(ctx)
    with ctx.write() as write:
        was_elsewhere = not if_idle and ended_elsewhere(ctx, write, running_elsewhere)
        moment = None
        running = timers.current(write.connection) if if_idle else None
        if running:
            started = Started(running, None, is_new=False)
        else:
            work = work_of(write)
            if when:
                from clockeye_cli.tracking.typed_moments import start_moment  # late, as above

                moment = start_moment(write, when, ctx.settings.max_timer)
            ended = forgotten.end(write) if forgotten else None
            with explained(moment.note if moment else ""):
                started = tracking.start(write, work, moment, overlap=overlap, ended=ended)
        is_first = tracking.is_first_start(write)
        names = projects.names(write.connection)
    return Beginning(started, moment, write.changes, names, is_first, was_elsewhere)
