"""`clockeye resume`: start a timer for the same work as an entry."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.interpret.starting import begin
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.entries import STARTED_SHAPE
from clockeye_cli.present.started import say_started
from clockeye_cli.tracking import lookup
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write

SHAPE = STARTED_SHAPE


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

    def new_work(write: Write) -> Work:
        return work(ctx, write, typed_work, Work.of(lookup.find_work(write, words, is_text=is_text)))

    beginning = begin(ctx, new_work, at, overlap=overlap)
    if beginning:
        say_started(ctx, **beginning._asdict())
