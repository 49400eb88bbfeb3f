"""`clockeye add`: store a finished entry."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.entry import TimeEntry, new_id
from clockeye_cli.core.entry_times import resolve_span
from clockeye_cli.core.moment import explained
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.present.written import say_written, written
from clockeye_cli.tracking import entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context


def add(
    ctx: Context,
    words: Sequence[str],
    *,
    project: str | None = None,
    tags: Sequence[str] = (),
    start: str = "",
    end: str = "",
    duration: str = "",
    billable: bool | None = None,
    overlap: bool = False,
    key: str = "",
) -> None:
    """Store an entry.

    Args:
        ctx: The run.
        words: The description.
        project: Its id, name or beginning of a name.
        tags: Appended to the description.
        start: A WHEN.
        end: A WHEN.
        duration: A DURATION; on its own, the entry ends now.
        billable: None for the default of the project or the settings.
        overlap: Store the entry even if it overlaps others.
        key: Chosen by the caller, makes the call safe to repeat.
    """
    typed_work = typed(ctx, words, project=project, tags=tags, billable=billable)
    first, last = parse_when(start) if start else None, parse_when(end) if end else None
    seconds = parse_duration(duration) if duration else None
    with ctx.write() as write:
        times = resolve_span(first, last, seconds, write.now, ctx.zone, ctx.settings.max_timer)
        new_work = work(ctx, write, typed_work)
        new = TimeEntry(
            local_id=new_id("te"),
            description=new_work.description,
            project_id=new_work.project_id,
            started_at=times.started_at,
            ended_at=times.ended_at,
            billable=new_work.billable,
        )
        ends_now = first is None and last is None
        with explained(*times.notes):
            added = entries.add(write, new, overlap=overlap, key=key, ends_now=ends_now)
        done = written(write, added.entry)
    line = describe(added.entry, done.names, ctx.zone, ctx.now)
    text = f"Added {line}." if added.is_new else f"Already stored under this key: {line}."
    say_written(ctx, text, done.record(ctx), done.new_projects, times.notes, [added.entry])
