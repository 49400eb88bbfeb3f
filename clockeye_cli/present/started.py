"""The output of `start` and `resume`: the new timer, the stopped entry, and a hint on the first start."""

from __future__ import annotations

from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.phrases import work as in_words
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.entries import entry_record, with_stopped
from clockeye_cli.present.timers import STARTED_ELSEWHERE, say_other_timers
from clockeye_cli.present.written import made_projects, say_written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clockeye_cli.context import Context
    from clockeye_cli.core.moment import Moment
    from clockeye_cli.store.history import Change
    from clockeye_cli.tracking.timer import Started

WORDS_OF_TIMES = frozenset(("noon", "midnight", "ago"))
"""A time has a digit or one of these."""


def say_started(
    ctx: Context,
    started: Started,
    moment: Moment | None,
    changes: Sequence[Change],
    names: Mapping[str, str],
    *,
    is_first: bool,
    was_elsewhere: bool,
) -> None:
    """Print what `start` or `resume` did.

    Args:
        ctx: The run.
        started: The new timer, and the entry that was stopped.
        moment: The start time, if one was typed.
        changes: All changes of the command.
        names: Projects' names by id.
        is_first: Whether this is the first start in this store.
        was_elsewhere: Whether the stopped entry was running on the account and not here.
    """
    timer, stopped = started.timer, started.stopped
    exact = moment is not None
    lines = [f"Stopped {describe(stopped, names, ctx.zone, ctx.now, exact=exact)}."] if stopped else []
    if started.is_new:
        since = stamp(timer.started_at, ctx.zone, ctx.now, exact=exact)
        lines.append(f"Started {in_words(names.get(timer.project_id or ''), timer.description)}, at {since}.")
    else:
        lines.append(f"Already running: {describe(timer, names, ctx.zone, ctx.now)}.")
    record = entry_record(timer, names, ctx.now)
    was = entry_record(stopped, names, ctx.now) if stopped else None
    notes = [STARTED_ELSEWHERE] if was_elsewhere else []
    notes += [moment.note] if moment and moment.note else []
    say_written(
        ctx, lines, with_stopped(record, was), made_projects(changes), notes, [stopped or timer], "last"
    )
    say_other_timers(ctx, timer.local_id)
    if is_first:
        alone = "" if ctx.account else ", on this computer only"
        if not (ctx.account or ctx.options.profile):
            alone += "; `clockeye auth login` connects an account"
        ctx.out.notice(f"`clockeye stop` stops it. Your data is stored in {ctx.store.path}{alone}.")


def say_time_among_words(ctx: Context, words: Sequence[str], started: Started) -> None:
    """Point out a time that was typed among the words of a description: `start 9am Standup`."""
    text = " ".join(words)
    if not any(map(str.isdigit, text)) and WORDS_OF_TIMES.isdisjoint(text.lower().split()):
        return
    from clockeye_cli.core.command_lines import (  # late: most work is described without numbers
        command_line,
        joined,
    )
    from clockeye_cli.core.day import local
    from clockeye_cli.core.moment import resolve
    from clockeye_cli.core.times_among_words import sure_span, time_at_an_end
    from clockeye_cli.core.when import parse_when

    words = text.split()
    if span := sure_span(words):
        line = command_line("add", *span.options, *span.rest)
        ctx.out.notice(f"The times were stored as text. {line} stores a finished entry.")
        return
    time = time_at_an_end(words)
    if time is None:
        return
    text = f"{time.typed!r} was stored as text; --at {joined([time.when])} gives the time."
    at = resolve(parse_when(time.when), ctx.now, ctx.zone).instant
    is_today = local(at, ctx.zone).date() == local(ctx.now, ctx.zone).date()
    if at <= ctx.now and is_today and not started.stopped:
        plain = " ".join(word for word in time.rest if word[:1] != "+")
        line = command_line("edit", "current", "--from", time.when, "-d", plain)
        text += f" {line} corrects this one."
    ctx.out.notice(text)
