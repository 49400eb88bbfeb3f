"""`clockeye split`: split an entry in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.entry_times import resolve_inside
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.when import parse_when
from clockeye_cli.present.entries import entry_table
from clockeye_cli.store import projects, remote
from clockeye_cli.tracking import entries, lookup

if TYPE_CHECKING:
    from clockeye_cli.context import Context


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
        before = lookup.find(write.connection, text)
        end = before.ended_at if isinstance(before, TimeEntry) else write.now
        moment = resolve_inside(when, before.started_at, end, ctx.zone, write.now)
        both = entries.split(write, before, moment.instant, seconds)
        names = projects.names(write.connection)
        account_ids = remote.account_ids(write.connection, (part.local_id for part in both))
    lines = []
    for part in both:
        name = part.local_id if isinstance(part, TimeEntry) else "timer"
        lines.append(f"  {name}: {describe(part, names, ctx.zone, ctx.now)}")
    ctx.out.done(["Split in two:", *lines], entry_table(both, names, ctx.now, account_ids))
    if moment.note:
        ctx.out.notice(moment.note)
