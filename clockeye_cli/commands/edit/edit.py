"""`clockeye edit`: change entries or the running timer, with options or in the editor."""

from __future__ import annotations

from itertools import repeat

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import TypedSpan, kept_times
from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.named import Named, named
from clockeye_cli.interpret.work import Typed, typed, work
from clockeye_cli.present.entries import ENTRIES_SHAPE
from clockeye_cli.present.timers import say_running_left_out
from clockeye_cli.present.written import adjusted_lines, say_written, touched, written
from clockeye_cli.store import projects
from clockeye_cli.tracking import entries, lookup
from clockeye_cli.tracking.overlaps import REFUSE, chosen_ways
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry_times import EntryTimes
    from clockeye_cli.core.move import TypedMove
    from clockeye_cli.store.history import Change
    from clockeye_cli.store.state import Write
    from clockeye_cli.tracking.overlaps import Ways

SHAPE = ENTRIES_SHAPE


class Edit(NamedTuple):
    """The changes to make.

    Attributes:
        span: The new times; nothing keeps them.
        move: How far the entry moves as it is; None for not at all.
        typed: Description, tags, project and billable.
        ways: What to do about overlaps.
    """

    span: TypedSpan
    typed: Typed
    ways: Ways = REFUSE
    move: TypedMove | None = None

    @property
    def has_times(self) -> bool:
        """Whether it changes the start or the end."""
        return self.span != TypedSpan() or self.move is not None

    def times(self, ctx: Context, write: Write, before: TimeEntry | Timer) -> EntryTimes:
        """The new times of an entry, or of the running timer."""
        if not self.has_times:
            return kept_times(before, write.now)
        from clockeye_cli.tracking.typed_times import edited_times, moved_times  # late: most keep their times

        if self.move is None:
            return edited_times(write, before, self.span, ctx.settings.max_timer, self.ways)
        return moved_times(write, before, self.move)


def edit(
    ctx: Context,
    texts: Sequence[str],
    *,
    start: str = "",
    end: str = "",
    duration: str = "",
    move: str = "",
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
        move: A DURATION or a DAY, by or to which the entries move as they are.
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
    if move and (start or end or duration):
        raise UsageError(
            "--move cannot be used with --from, --to or --for.", hint="It keeps the length of the entry."
        )
    ways = chosen_ways(overlap=overlap, adjust=adjust)
    typed_work = typed(
        ctx, description=description, project=project, tags=tags, untag=untag, billable=billable
    )
    edit = Edit(TypedSpan(), typed_work, ways)
    if start or end or duration or move:
        from clockeye_cli.core.move import parse_move  # late: most edits keep the times
        from clockeye_cli.core.when import parse_when

        span = TypedSpan(
            parse_when(start) if start else None,
            parse_when(end) if end else None,
            parse_duration(duration) if duration else None,
        )
        edit = Edit(span, typed_work, ways, parse_move(move) if move else None)
    entries_named = named(ctx, texts or ["it"])
    if not entries_named.is_list:
        _check_single(entries_named.texts, edit)
    if edit == Edit(TypedSpan(), Typed(), ways):
        _in_editor(ctx, entries_named, ways)
    else:
        _store(ctx, entries_named, [edit])


def _check_single(entries: Sequence[object], edit: Edit) -> None:
    if len(entries) > 1 and (edit.span.start or edit.span.end):
        raise UsageError("--from and --to apply to a single entry.", hint="Name one entry.")
    if len(entries) > 1 and edit.ways.adjust:
        raise UsageError("--adjust applies to a single entry.", hint="Name one entry.")


def _in_editor(ctx: Context, named: Named, ways: Ways) -> None:
    from clockeye_cli.commands.edit import form as edit_form
    from clockeye_cli.output import editor

    editor.check_terminal(ctx.questions, ctx.out, "Use --from, --to, -d, -p, -t or --billable instead.")
    with ctx.store.read() as connection:
        items, _ = named.find(lookup.View(connection, ctx.now, ctx.actor))
        names = projects.names(connection)
    form = edit_form.form(items, names, ctx.zone)

    def store(filled: str) -> None:
        edits = [
            Edit(TypedSpan(start, end), typed_work, ways)
            for start, end, typed_work in edit_form.read(form, filled)
        ]
        _store(ctx, Named([item.local_id for item in items]), edits, expected=items)

    if not editor.edit_until(store, form, ".txt", ctx.world.environ):
        ctx.out.notice("Nothing was changed.")


def _store(
    ctx: Context, named: Named, edits: Sequence[Edit], expected: Sequence[TimeEntry | Timer] = ()
) -> None:
    """Store one change of all entries, or a change for each of those that are expected."""
    changed: list[tuple[TimeEntry | Timer, TimeEntry | Timer]] = []
    adjusted: list[Change] = []
    timed: list[TimeEntry | Timer] = []
    notes: list[str] = []
    with ctx.write() as write:
        items, timer = named.find(write)
        if expected and items != expected:
            what = "The entry has" if len(expected) == 1 else "One of the entries has"
            raise ClashError(f"{what} changed in the meantime.", hint="Open it again.", code="changed_since")
        if not expected:
            _check_single(items, edits[0])
        # Several are compared with each other once all of them are where they are to be.
        is_late = len(items) > 1 and edits[0].ways == REFUSE
        for item, edit in zip(items, edits if expected else repeat(edits[0]), strict=False):
            # The room for one of them may have been cut from another.
            before = lookup.find(write, item.local_id) if edit.ways.adjust else item
            times = edit.times(ctx, write, before)
            after = _after(before, times, work(ctx, write, edit.typed, Work.of(before)), edit.span)
            ways = edit.ways._replace(overlap=edit.ways.overlap or is_late)
            with explained(*times.notes):
                adjusted += entries.edit(write, before, after, **ways._asdict())
            changed.append((before, after))
            timed += [after] if edit.has_times else []
            notes += times.notes
        if is_late:
            entries.refuse_overlaps(write, changed)
        done = written(write, *(after for _, after in changed), *touched(adjusted))
    verbs = ["Unchanged" if before == after else "Changed" for before, after in changed]
    lines = [f"{verb} {line}." for verb, line in zip(verbs, done.lines(ctx, exact=bool(timed)), strict=False)]
    lines += adjusted_lines(ctx, adjusted, done.names)
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
