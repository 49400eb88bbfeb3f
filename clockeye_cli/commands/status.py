"""`clockeye status`: the running timer, and for how long it has been running. Part of the fast lane."""

from __future__ import annotations

from clockeye_cli.config import zone
from clockeye_cli.core.duration import clock
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.present.timers import is_long, say_long_timer, say_other_timers
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.core.entry import Timer
    from clockeye_cli.output.cells import JsonShape, Record
    from clockeye_cli.store.database import Connection

HINT = (
    "`clockeye start` starts a timer, `clockeye log` shows the day, and `clockeye --help` lists all commands."
)
IDLE = "No timer is running."
BARS = ("waybar", "tmux")


def shape() -> JsonShape:
    """What the command prints as JSON: the timer, and how far today's target is reached if one is set."""
    from clockeye_cli.output.cells import Column
    from clockeye_cli.present.entries import ENTRY_SHAPE
    from clockeye_cli.present.meta_columns import OF_TARGET

    fields = (
        Column("duration", "", "duration", is_optional=True),
        *OF_TARGET,
        Column("done_at", "", "instant", is_nullable=True, is_optional=True),
    )
    return ENTRY_SHAPE._replace(meta=fields, is_nullable=True)


def status(ctx: Context, *, template: str = "", with_hint: bool = False) -> None:
    """Show the running timer.

    Args:
        ctx: The run.
        template: Printed instead, with `{project}`, `{description}`, `{elapsed}`, `{today}` and `{attention}`
            filled in; or the name of a bar, which gets its own format and no notices.
        with_hint: Suggest the next command (for plain `clockeye`).
    """
    with ctx.store.read() as connection:
        runs = timers.current(connection)
        names = projects.names(connection) if runs else {}
        record = _record(ctx, connection, runs, names) if runs and ctx.options.format else None
        is_elsewhere = runs is not None and ctx.account is not None and timers.running(connection) is None
    if template in BARS:
        ctx.out.result(_in_bar(ctx, template, runs, names), record)
        return
    if template:
        from clockeye_cli.present.template import fill

        ctx.out.result(fill(ctx, template, runs, names), record)
    else:
        line = IDLE
        if runs:
            elapsed = clock(max(0, ctx.now - runs.started_at))
            where = ", started elsewhere on the account" if is_elsewhere else ""
            line = f"{describe(runs, names, ctx.zone, ctx.now)} ({elapsed}){where}"
        meta: dict[str, Any] = {}
        if ctx.has_target:
            line, meta = _with_target(ctx, line, is_running=runs is not None)
        ctx.out.result(line, record, meta)
    if runs:
        if not template and runs.project_id:
            from clockeye_cli.interpret.budget_uses import budget_uses  # late: bars have no room for them

            if uses := budget_uses(ctx, [runs.project_id]):
                from clockeye_cli.present.budgets import say_budgets

                say_budgets(ctx, uses)
        say_long_timer(ctx, runs)
        if not template and not zone.is_understood(ctx.world.environ):  # nothing follows the fast lane
            from clockeye_cli.present.notices import say_unknown_zone

            say_unknown_zone(ctx)
    say_other_timers(ctx, runs.local_id if runs else "")
    if with_hint:
        if runs is None:
            ctx.out.notice(HINT)
        elif not is_long(ctx, runs):  # else the notice above has the command
            ctx.out.notice("`clockeye stop` stops it.")


def _with_target(ctx: Context, line: str, *, is_running: bool) -> tuple[str, dict[str, Any]]:
    """The line, and the fields of JSON, with how far today's target is reached."""
    from clockeye_cli.core.phrases import rfc3339
    from clockeye_cli.present.targets import LEFT_OUT, today  # late: most people set none

    if ctx.account and _is_unread(ctx):
        ctx.out.notice(LEFT_OUT)
        return line, {}
    result = today(ctx)
    if result is None:
        return line, {}
    words = result.in_words(ctx)
    meta = {
        "duration": result.tracked,
        "target": result.target,
        "balance": result.tracked - result.target,
        "done_at": None if result.done_at is None else rfc3339(result.done_at),
    }
    return (f"{line}; today {words}" if is_running else f"{line} Today: {words}."), meta


def _is_unread(ctx: Context) -> bool:
    """Whether today was never read from the account."""
    from clockeye_cli.core.period import days
    from clockeye_cli.core.whose import MINE
    from clockeye_cli.interpret.account_days import stored_days

    day = ctx.rule.day_of(ctx.now)
    with ctx.store.read() as connection:
        return bool(stored_days(ctx, connection, days(day, day), MINE).unread)


def _record(ctx: Context, connection: Connection, runs: Timer, names: dict[str, str]) -> Record:
    from clockeye_cli.present.entries import entry_record
    from clockeye_cli.store import former_ids

    account_ids = former_ids.account_ids(connection, [runs.local_id])
    return entry_record(runs, names, ctx.now, account_ids.get(runs.local_id))


def _in_bar(ctx: Context, bar: str, runs: Timer | None, names: dict[str, str]) -> str:
    from clockeye_cli.present.bars import tmux, waybar
    from clockeye_cli.present.template import BRIEF, attention, brief, fill

    mark = attention(ctx)
    shown = " ".join(filter(None, (brief(ctx, BRIEF, runs, names), mark)))
    if bar == "tmux":
        return tmux(shown)
    # Not the text of `status`: looking up the time zone for its "since 09:15" takes a tenth of the time.
    tooltip = fill(ctx, BRIEF, runs, names) or IDLE
    return waybar(shown, tooltip, is_running=runs is not None, needs_attention=bool(mark))
