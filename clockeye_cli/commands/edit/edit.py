"""`clockeye edit`: change entries or the running timer, with options or in the editor."""

from __future__ import annotations

from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.entry_times import resolve_edit
from clockeye_cli.core.moment import explained
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.interpret.work import Typed, typed, work
from clockeye_cli.present.written import say_written, written
from clockeye_cli.store import projects
from clockeye_cli.tracking import entries, lookup
from clockeye_cli.tracking.timer import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry_times import EntryTimes
    from clockeye_cli.core.when import When
    from clockeye_cli.store.state import Write


class Edit(NamedTuple):
    """The changes to make.

    Attributes:
        start: The new start; None keeps it.
        end: The new end; None keeps it.
        typed: Description, tags, project and billable.
        overlap: Store the entry even if it overlaps others.
    """

    start: When | None
    end: When | None
    typed: Typed
    overlap: bool = False


def edit(
    ctx: Context,
    texts: Sequence[str],
    *,
    start: str = "",
    end: str = "",
    description: str | None = None,
    project: str | None = None,
    tags: Sequence[str] = (),
    billable: bool | None = None,
    overlap: bool = False,
) -> None:
    """Change all of the entries, or none.

    Args:
        ctx: The run.
        texts: ENTRYs.
        start: A WHEN; a bare time belongs to the entry's own day.
        end: A WHEN; a bare time is the first such time after the start.
        description: Replaces the old one.
        project: Replaces the old one.
        tags: Appended to the description.
        billable: Whether the entries are billable.
        overlap: Store the entry even if it overlaps others.

    Raises:
        UsageError: Times for several entries, or no changes and no terminal for the editor.
    """
    if len(texts) > 1 and (start or end):
        raise UsageError("--from and --to apply to a single entry.", hint="Name one entry.")
    typed_work = typed(ctx, description=description, project=project, tags=tags, billable=billable)
    edit = Edit(parse_when(start) if start else None, parse_when(end) if end else None, typed_work, overlap)
    if edit[:3] == (None, None, Typed()):
        _in_editor(ctx, texts, overlap=overlap)
    else:
        _store(ctx, texts, edit)


def _in_editor(ctx: Context, texts: Sequence[str], *, overlap: bool) -> None:
    from clockeye_cli.commands.edit import form as edit_form
    from clockeye_cli.output import editor

    if len(texts) > 1:
        raise UsageError(
            "Nothing to change.", hint="Use -d, -p, -t or --billable to change several entries at once."
        )
    editor.check_terminal(ctx.questions, ctx.out, "Use --from, --to, -d, -p, -t or --billable instead.")
    with ctx.store.read() as connection:
        before = lookup.find(connection, texts[0])
        names = projects.names(connection)
    form = edit_form.form(before, names, ctx.zone)
    filled = editor.edit(form, ".txt", ctx.world.environ)
    if filled == form:
        ctx.out.notice("Nothing was changed.")
        return
    with editor.kept_draft(filled, ".txt"):
        start, end, typed_work = edit_form.read(form, filled)
        _store(ctx, [before.local_id], Edit(start, end, typed_work, overlap), expected=before)


def _store(ctx: Context, texts: Sequence[str], edit: Edit, expected: TimeEntry | Timer | None = None) -> None:
    changed: list[TimeEntry | Timer] = []
    notes: list[str] = []
    with ctx.write() as write:
        for before in dict.fromkeys(lookup.find(write.connection, text) for text in texts):
            if expected is not None and before != expected:
                raise ClashError(
                    "The entry has changed in the meantime.", hint="Open it again.", code="changed_since"
                )
            times = _times(ctx, write, before, edit)
            after = _after(before, times, work(ctx, write, edit.typed, Work.of(before)))
            with explained(*times.notes):
                entries.edit(write, before, after, overlap=edit.overlap)
            changed.append(after)
            notes += times.notes
        done = written(write, *changed)
        is_changed = bool(write.changes)
    lines = [f"{'Changed' if is_changed else 'Unchanged'} {line}." for line in done.lines(ctx)]
    timed = changed if edit.start or edit.end else []
    say_written(ctx, lines, done.table(ctx), done.new_projects, notes, timed)


def _times(ctx: Context, write: Write, before: TimeEntry | Timer, edit: Edit) -> EntryTimes:
    ended_at = before.ended_at if isinstance(before, TimeEntry) else None
    return resolve_edit(edit.start, edit.end, before.started_at, ended_at, write.now, ctx.zone)


def _after(before: TimeEntry | Timer, times: EntryTimes, new_work: Work) -> TimeEntry | Timer:
    changed = before._replace(started_at=times.started_at, **new_work._asdict())
    return changed._replace(ended_at=times.ended_at) if isinstance(changed, TimeEntry) else changed
