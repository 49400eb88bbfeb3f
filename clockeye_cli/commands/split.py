"""`clockeye split`: split an entry in two."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.present.entries import ENTRIES_SHAPE
from clockeye_cli.present.written import say_written, written
from clockeye_cli.tracking import entries, lookup
from clockeye_cli.tracking.typed_moments import split_moment

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = ENTRIES_SHAPE


def split(ctx: Context, text: str, *, at: str, gap: str = "") -> None:
    """Split an entry, or the running timer.

    Args:
        ctx: The run.
        text: An ENTRY.
        at: A WHEN within the entry.
        gap: A DURATION to cut out after that time.
    """
    when = parse_when(at)
    seconds = parse_duration(gap) if gap else 0
    with ctx.write() as write:
        before = lookup.find(write, text)
        moment = split_moment(write, before, when)
        both = entries.split(write, before, moment.instant, seconds)
        done = written(write, *both)
    lines = ["Split in two:", *(f"  {line}" for line in done.lines(ctx, exact=True))]
    say_written(ctx, lines, done.table(ctx), notes=[moment.note] if moment.note else [])
