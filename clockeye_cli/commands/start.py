"""`clockeye start` and `clockeye resume`: start a timer, after stopping one that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clockeye_cli.commands.cells import entry_record, with_stopped
from clockeye_cli.commands.timers import say_long_timer, say_other_timers
from clockeye_cli.commands.work import made_projects, say_projects, typed, work
from clockeye_cli.core.phrases import stamp, told
from clockeye_cli.core.phrases import work as in_words
from clockeye_cli.core.when import parse_when, resolve
from clockeye_cli.store import projects, remembered
from clockeye_cli.store import timer as timers
from clockeye_cli.tracking import entries
from clockeye_cli.tracking import timer as tracking
from clockeye_cli.tracking.timer import Started, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.when import Moment, When
    from clockeye_cli.store.state import Write


def run(
    ctx: Context,
    words: Sequence[str],
    *,
    project: str | None = None,
    tags: Sequence[str] = (),
    at: str = "",
    billable: bool | None = None,
    if_idle: bool = False,
    overlap: bool = False,
) -> None:
    """Start a timer.

    Args:
        ctx: What the command works with.
        words: The description; a single `-` takes over what was worked on last.
        project: Its id, name or beginning of a name.
        tags: Put at the end of the description.
        at: A WHEN; empty for now.
        billable: None: as the project or the settings say.
        if_idle: Leave a timer that runs alone.
        overlap: Store it even where it overlaps.
    """
    again = list(words) == ["-"]
    said = typed(ctx, None if again else words, project=project, tags=tags, billable=billable)
    when = parse_when(at) if at else None
    with ctx.write() as write:
        if if_idle and (runs := timers.running(write.connection)):
            started, moment = Started(runs, None, is_new=False), None
        else:
            base = _work_of(write, "last") if again else None
            started, moment = _start(ctx, write, work(ctx, write, said, base), when, overlap=overlap)
        is_first = _welcome(write)
        names, made = projects.names(write.connection), made_projects(write)
    _say(ctx, started, moment, names, made, is_first=is_first)


def resume(ctx: Context, entry: str, *, at: str = "", overlap: bool = False) -> None:
    """Start a timer for the work of an entry.

    Args:
        ctx: What the command works with.
        entry: An ENTRY.
        at: A WHEN; empty for now.
        overlap: Store it even where it overlaps.
    """
    when = parse_when(at) if at else None
    with ctx.write() as write:
        started, moment = _start(ctx, write, _work_of(write, entry), when, overlap=overlap)
        is_first = _welcome(write)
        names = projects.names(write.connection)
    _say(ctx, started, moment, names, [], is_first=is_first)


def _start(
    ctx: Context, write: Write, work: Work, when: When | None, *, overlap: bool
) -> tuple[Started, Moment | None]:
    moment = resolve(when, write.now, ctx.zone) if when else None
    return tracking.start(write, work, moment, overlap=overlap), moment


def _work_of(write: Write, text: str) -> Work:
    return Work.of(entries.find(write.connection, text))


def _welcome(write: Write) -> bool:
    """Whether this is the very first start; from now on it is not."""
    is_first = remembered.get(write.connection, remembered.WELCOME) is None
    if is_first:
        remembered.put(write.connection, remembered.WELCOME, "said")
    return is_first


def _say(
    ctx: Context,
    started: Started,
    moment: Moment | None,
    names: dict[str, str],
    made: list[str],
    *,
    is_first: bool,
) -> None:
    timer, stopped = started.timer, started.stopped
    lines = [f"Stopped {told(stopped, names, ctx.zone, ctx.now)}."] if stopped else []
    if started.is_new:
        since = stamp(timer.started_at, ctx.zone, ctx.now)
        lines.append(f"Started {in_words(names.get(timer.project_id or ''), timer.description)}, at {since}.")
    else:
        lines.append(f"Running already: {told(timer, names, ctx.zone, ctx.now)}.")
    record = entry_record(timer, names, ctx.now)
    was = entry_record(stopped, names, ctx.now) if stopped else None
    ctx.out.done(lines, with_stopped(record, was))
    say_projects(ctx, made)
    if moment and moment.note:
        ctx.out.notice(moment.note)
    say_long_timer(ctx, stopped or timer)
    say_other_timers(ctx)
    if is_first:
        where = f"Your times are in {ctx.store.path}"
        there = "" if ctx.account else ", on this computer alone; `clockeye auth login` works on an account"
        ctx.out.notice(f"`clockeye stop` stops it. {where}{there}.")
