"""`clockeye resume`: start a timer for the same work as an entry."""

from __future__ import annotations

from clockeye_cli.core.moment import explained, resolve
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.forgotten import ask_when_it_ended
from clockeye_cli.present.started import say_started
from clockeye_cli.store import projects
from clockeye_cli.tracking import lookup
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def resume(ctx: Context, entry: str, *, at: str = "", overlap: bool = False) -> None:
    """Start a timer for the same work as an entry.

    Args:
        ctx: The run.
        entry: An ENTRY.
        at: A WHEN; empty for now.
        overlap: Start it even if it overlaps entries.
    """
    when = parse_when(at) if at else None
    forgotten = None if at else ask_when_it_ended(ctx)
    with ctx.write() as write:
        work = Work.of(lookup.find(write.connection, entry))
        moment = resolve(when, write.now, ctx.zone) if when else None
        ended = forgotten.end(write) if forgotten else None
        with explained(moment.note if moment else ""):
            started = tracking.start(write, work, moment, overlap=overlap, ended=ended)
        is_first = tracking.is_first_start(write)
        names = projects.names(write.connection)
    say_started(ctx, started, moment, names, is_first=is_first)
