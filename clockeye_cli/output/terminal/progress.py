"""A progress bar, which is removed at the end."""

from __future__ import annotations

import time
from contextlib import contextmanager

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from rich.progress import Progress

SHOWN_AFTER = 0.5
"""Seconds; shorter work needs no bar, and does not import Rich."""


@contextmanager
def progress(
    title: str, stream: TextIO | None, *, color: bool, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int, int | None], None]]:
    """Show a progress bar while the block runs.

    Args:
        title: The activity.
        stream: A terminal; None to show nothing.
        color: Whether colours are allowed.
        clock: Returns monotonic seconds.

    Yields:
        A function to call with the amount done and the total (None if unknown).
    """
    begun = clock()
    bar: Progress | None = None

    def update(done: int, total: int | None) -> None:
        nonlocal bar
        if stream is None or (bar is None and clock() - begun < SHOWN_AFTER):
            return
        if bar is None:
            bar = _bar(stream, color=color)
            bar.add_task(title, total=total)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=total)

    try:
        yield update
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
        # Nothing else is written meanwhile, so that the process's streams need not be replaced.
        redirect_stdout=False,
        redirect_stderr=False,
    )
