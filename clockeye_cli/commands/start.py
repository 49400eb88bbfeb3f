"""`clockeye start`: start a timer; a running timer is stopped at the same instant."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.starting import begin
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.entries import STARTED_SHAPE
from clockeye_cli.present.started import say_started, say_time_among_words
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write

SHAPE = STARTED_SHAPE


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

    def new_work(write: Write) -> Work:
        if not again:
            return work(ctx, write, typed_work)
        from clockeye_cli.tracking import lookup  # late: few timers continue the last entry

        return work(ctx, write, typed_work, Work.of(lookup.find(write, "last")))

    beginning = begin(ctx, new_work, at, overlap=overlap, if_idle=if_idle)
    if beginning is None:
        return
    say_started(ctx, **beginning._asdict())
    if not at and beginning.started.is_new:
        say_time_among_words(ctx, words, beginning.started)
