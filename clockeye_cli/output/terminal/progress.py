"""A bar that says how far something is, for as long as it takes; it leaves nothing behind."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from rich.progress import Progress

SHOWN_AFTER = 0.5
"""Seconds; what is done sooner needs no bar, and does not load Rich."""


@contextmanager
def progress(
    title: str, stream: TextIO | None, *, color: bool, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int | None], None]]:
    """Show how far something is while the block runs.

    Args:
        title: What is done.
        stream: A terminal; None where nothing is to be shown.
        color: Whether colours are allowed.
        clock: Gives seconds that only go forward.

    Yields:
        What is to be told how much is done, of how much; None where nobody knows.
    """
    begun = clock()
    bar: Progress | None = None

    def each(done: int, whole: int | None) -> None:
        nonlocal bar
        if stream is None or (bar is None and clock() - begun < SHOWN_AFTER):
            return
        if bar is None:
            bar = _bar(stream, color=color)
            bar.add_task(title, total=whole)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=whole)

    try:
        yield each
    finally:
        if bar is not None:
            bar.stop()


def _bar(stream: TextIO, *, color: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        console=Console(file=stream, force_terminal=True, no_color=not color, highlight=False),
        transient=True,
        expand=True,
        # Nothing else is written meanwhile; the streams of the process are not to be replaced.
        redirect_stdout=False,
        redirect_stderr=False,
    )
