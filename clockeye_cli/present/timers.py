"""Notices and questions about timers: one that may have been forgotten, one that is running elsewhere."""

from __future__ import annotations

from clockeye_cli.config import profiles
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clockeye_cli.context import Context

STARTED_ELSEWHERE = "The stopped timer was started elsewhere on the account."


def say_long_timer(ctx: Context, item: TimeEntry | Timer, name: str = "") -> None:
    """Point out a timer or an entry longer than `max_timer`, or a timer that starts in the future.

    Args:
        ctx: The run.
        item: The timer or entry.
        name: How the command line names the entry; empty for its id.
    """
    ended_at = item.ended_at if isinstance(item, TimeEntry) else ctx.now
    length = ended_at - item.started_at
    if length < 0:
        ctx.out.notice(
            f"The timer starts in the future, at {stamp(item.started_at, ctx.zone)}. Was the clock set back?"
            " `clockeye edit current --from WHEN` changes its start."
        )
    elif length > ctx.settings.max_timer:
        limit = ctx.settings.value("max_timer").text
        advice = (
            f"`clockeye edit {name or item.local_id} --to WHEN` fixes it."
            if isinstance(item, TimeEntry)
            else _how_to_stop(ctx, item)
        )
        ctx.out.notice(
            f"That is {clock(length)}, longer than max_timer ({limit}). Did you forget to stop it? {advice}"
        )


def is_long(ctx: Context, timer: Timer) -> bool:
    """Whether a timer is over `max_timer`."""
    return ctx.now - timer.started_at > ctx.settings.max_timer


def _how_to_stop(ctx: Context, timer: Timer) -> str:
    """The command that stops a forgotten timer, with the time at which it probably ended."""
    from clockeye_cli.core.command_lines import command_line  # late: timers are rarely forgotten
    from clockeye_cli.core.moment import when_text
    from clockeye_cli.tracking.forgotten import proposed_end

    with ctx.store.read() as connection:
        end = proposed_end(connection, timer, ctx.own_work_hours, ctx.now, ctx.zone)
    if end is None:
        return "`clockeye stop --at WHEN` stops it at an earlier time."
    return f"{command_line('stop', '--at', when_text(end, ctx.zone))} stops it then."


def say_running_left_out(ctx: Context, items: Iterable[TimeEntry | Timer], names: Mapping[str, str]) -> None:
    """Name what was left out of a list of entries to change, because it is running."""
    for item in items:
        ctx.out.notice(f"The running timer was left out: {describe(item, names, ctx.zone, ctx.now)}.")


def say_other_timers(ctx: Context, but: str = "") -> None:
    """Name the user's entries running on the account, as last read, and the timers of other profiles.

    Those of other profiles are named once a day: they have nothing to do with what the command did.

    Args:
        ctx: The run.
        but: The id of an entry that was already shown.
    """
    ctx.has_named_timers = True
    if ctx.account is not None:
        from clockeye_cli.store import entries  # late: most profiles have no account

        with ctx.store.read() as connection:
            running = [e for e in entries.running_elsewhere(connection) if e.local_id != but]
            names = projects.names(connection) if running else {}
        for entry in running:
            ctx.out.notice(f"Running on the account: {describe(entry, names, ctx.zone, ctx.now)}.")
    for name in profiles.names(ctx.session.config):
        if name != ctx.session.profile.name:
            other = ctx.session.store_of(name)
            if not exists(other.path):
                continue
            try:
                with other.read() as connection:
                    runs = timers.running(connection)
                    names = projects.names(connection) if runs else {}
            except StorageError:
                continue  # using that profile will report the error
            finally:
                other.close()
            if runs:
                ctx.say_once_a_day(
                    f"A timer is running in the profile {name}: {describe(runs, names, ctx.zone, ctx.now)}."
                    f" `clockeye -P {name} stop` stops it.",
                )
