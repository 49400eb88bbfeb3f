"""`clockeye edit`: change entries or the running timer, with options or in the editor."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import TypedSpan
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.named import Named, named
from clockeye_cli.interpret.work import Typed, typed, work
from clockeye_cli.present.timers import say_running_left_out
from clockeye_cli.present.written import adjusted_lines, say_written, touched, written
from clockeye_cli.store import projects
from clockeye_cli.tracking import entries, lookup
from clockeye_cli.tracking.overlaps import REFUSE, chosen_ways
from clockeye_cli.tracking.timer import Work
from clockeye_cli.tracking.typed_times import edited_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry_times import EntryTimes
    from clockeye_cli.store.history import Change
    from clockeye_cli.tracking.overlaps import Ways


class Edit(NamedTuple):
    """The changes to make.

    Attributes:
        span: The new times; nothing keeps them.
        typed: Description, tags, project and billable.
        ways: What to do about overlaps.
    """

    span: TypedSpan
    typed: Typed
    ways: Ways = REFUSE


def edit(
    ctx: Context,
    texts: Sequence[str],
    *,
    start: str = "",
    end: str = "",
    duration: str = "",
    description: str | None = None,
    project: str | None = None,
    tags: Sequence[str] = (),
    untag: Sequence[str] = (),
    billable: bool | None = None,
    overlap: bool = False,
    adjust: bool = False,
) -> None:
    """Change all of the entries, or none.

    Args:
        ctx: The run.
        texts: ENTRYs; none is `it`, and a single `-` reads them from standard input.
        start: A WHEN; a bare time belongs to the entry's own day.
        end: A WHEN; a bare time is the first such time after the start.
        duration: A DURATION, which moves the end; with `end` the start.
        description: Replaces the old one.
        project: Replaces the old one.
        tags: Appended to the description.
        untag: Removed from the description.
        billable: Whether the entries are billable.
        overlap: Store the entry even if it overlaps others.
        adjust: Cut the others to make room for it.

    Raises:
        UsageError: Times for several entries, or no changes and no terminal for the editor.
    """
    ways = chosen_ways(overlap=overlap, adjust=adjust)
    typed_work = typed(
        ctx, description=description, project=project, tags=tags, untag=untag, billable=billable
    )
    span = TypedSpan(
        parse_when(start) if start else None,
        parse_when(end) if end else None,
        parse_duration(duration) if duration else None,
    )
    entries_named = named(ctx, texts or ["it"])
    if not entries_named.is_list:
        _check_single(entries_named.texts, span)
    if (span, typed_work) == (TypedSpan(), Typed()):
        _in_editor(ctx, entries_named, ways)
    else:
        _store(ctx, entries_named, Edit(span, typed_work, ways))


def _check_single(entries: Sequence[object], span: TypedSpan) -> None:
    if len(entries) > 1 and (span.start or span.end):
        raise UsageError("--from and --to apply to a single entry.", hint="Name one entry.")


def _in_editor(ctx: Context, named: Named, ways: Ways) -> None:
    from clockeye_cli.commands.edit import form as edit_form
    from clockeye_cli.output import editor

    if len(named.texts) > 1:
        raise UsageError(
            "Nothing to change.",
            hint="Use -d, -p, -t, --untag or --billable to change several entries at once.",
        )
    editor.check_terminal(ctx.questions, ctx.out, "Use --from, --to, -d, -p, -t or --billable instead.")
    with ctx.store.read() as connection:
        before = lookup.find(lookup.View(connection, ctx.now, ctx.actor), named.texts[0])
        names = projects.names(connection)
    form = edit_form.form(before, names, ctx.zone)

    def store(filled: str) -> None:
        start, end, typed_work = edit_form.read(form, filled)
        edit = Edit(TypedSpan(start, end), typed_work, ways)
        _store(ctx, Named([before.local_id]), edit, expected=before)

    if not editor.edit_until(store, form, ".txt", ctx.world.environ):
        ctx.out.notice("Nothing was changed.")


def _store(ctx: Context, named: Named, edit: Edit, expected: TimeEntry | Timer | None = None) -> None:
    changed: list[TimeEntry | Timer] = []
    adjusted: list[Change] = []
    notes: list[str] = []
    with ctx.write() as write:
        items, timer = named.find(write)
        _check_single(items, edit.span)
        for before in items:
            if expected is not None and before != expected:
                raise ClashError(
                    "The entry has changed in the meantime.", hint="Open it again.", code="changed_since"
                )
            times = edited_times(write, before, edit.span, ctx.settings.max_timer, edit.ways)
            after = _after(before, times, work(ctx, write, edit.typed, Work.of(before)), edit.span)
            adjusted += entries.edit(write, before, after, **edit.ways._asdict())
            changed.append(after)
            notes += times.notes
        done = written(write, *changed, *touched(adjusted))
        is_changed = bool(write.changes)
    has_times = edit.span != TypedSpan()
    verb = "Changed" if is_changed else "Unchanged"
    lines = [f"{verb} {line}." for line in done.lines(ctx, exact=has_times)[: len(changed)]]
    lines += adjusted_lines(ctx, adjusted, done.names)
    timed = changed if has_times else []
    say_written(ctx, lines, done.table(ctx), done.new_projects, notes, timed)
    say_running_left_out(ctx, timer, done.names)


def _after(
    before: TimeEntry | Timer, times: EntryTimes, new_work: Work, typed: TypedSpan
) -> TimeEntry | Timer:
    changed = before._replace(started_at=times.started_at, **new_work._asdict())
    if isinstance(changed, Timer):
        return changed
    if changed.is_open and typed.end is None and typed.duration is None:
        return changed._replace(ended_at=changed.started_at)
    return changed._replace(ended_at=times.ended_at, is_open=False)
