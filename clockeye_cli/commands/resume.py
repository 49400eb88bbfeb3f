"""`clockeye resume`: start a timer for the same work as an entry."""

from __future__ import annotations

from clockeye_cli.core.moment import resolve
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.present.started import say_started
from clockeye_cli.store import projects
from clockeye_cli.tracking import lookup
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def resume(
    ctx: Context, words: Sequence[str], *, is_text: bool = False, at: str = "", overlap: bool = False
) -> None:
    """Start a timer for the same work as an entry.

    Args:
        ctx: The run.
        words: An ENTRY, or a text that the latest of your entries to contain it is looked for by.
        is_text: The words are a text in any case.
        at: A WHEN; empty for now.
        overlap: Start it even if it overlaps entries.
    """
    when = parse_when(at) if at else None
    with ctx.write() as write:
        work = Work.of(lookup.find_work(write, words, is_text=is_text))
        moment = resolve(when, write.now, ctx.zone) if when else None
        started = tracking.start(write, work, moment, overlap=overlap)
        is_first = tracking.is_first_start(write)
        names = projects.names(write.connection)
    say_started(ctx, started, moment, names, is_first=is_first)
