"""`clockeye add`: store a finished entry."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.entry import TimeEntry, new_id
from clockeye_cli.core.entry_times import TypedSpan
from clockeye_cli.core.moment import explained
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.interpret.work import typed, work
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.present.entries import ADJUSTED, ENTRY, with_adjusted
from clockeye_cli.present.written import adjusted_lines, say_written, touched, written
from clockeye_cli.tracking import entries, typed_times
from clockeye_cli.tracking.entries import Added
from clockeye_cli.tracking.overlaps import chosen_ways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context

SHAPE = JsonShape((*ENTRY, ADJUSTED))


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
    adjust: bool = False,
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
        adjust: Cut the others to make room for it.
        key: Chosen by the caller, makes the call safe to repeat.

    Raises:
        UsageError: The times make no entry, or both ways to deal with overlaps were given.
    """
    typed_work = typed(ctx, words, project=project, tags=tags, billable=billable)
    span = TypedSpan(
        parse_when(start) if start else None,
        parse_when(end) if end else None,
        parse_duration(duration) if duration else None,
    )
    ways = chosen_ways(overlap=overlap, adjust=adjust)
    max_timer = ctx.settings.max_timer
    with ctx.write() as write:
        asked_at = typed_times.asked_span(write, span, max_timer)
        new_work = work(ctx, write, typed_work)
        asked_for = TimeEntry(
            local_id="",
            description=new_work.description,
            project_id=new_work.project_id,
            started_at=asked_at[0],
            ended_at=asked_at[1],
            billable=new_work.billable,
        )
        stored = entries.stored_under(write, key, asked_for) if key else None
        notes: tuple[str, ...] = ()
        if stored is None:
            started_at, ended_at, notes = typed_times.new_span(write, span, max_timer, ways)
            new = asked_for._replace(local_id=new_id("te"), started_at=started_at, ended_at=ended_at)
            with explained(*notes):
                added = entries.add(write, new, overlap=overlap, adjust=adjust, key=key, asked_for=asked_for)
        else:
            added = Added(stored, is_new=False)
        done = written(write, added.entry)
    is_exact = span.start is not None or span.end is not None
    line = describe(added.entry, done.names, ctx.zone, ctx.now, exact=is_exact)
    text = f"Added {line}." if added.is_new else f"Already stored under this key: {line}."
    lines = [text, *adjusted_lines(ctx, added.adjusted, done.names)]
    record = with_adjusted(done.record(ctx), touched(added.adjusted)) if adjust else done.record(ctx)
    say_written(ctx, lines, record, done.new_projects, notes, [added.entry])
