"""Notices and questions about timers: one that may have been forgotten, one that is running elsewhere."""

from __future__ import annotations

from clockeye_cli.config import profiles
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import TimeEntry, Timer
from clockeye_cli.core.phrases import describe, stamp
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, StorageError
from clockeye_cli.store import entries, projects
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clockeye_cli.context import Context
    from clockeye_cli.store.state import Write

STARTED_ELSEWHERE = "The stopped timer was started elsewhere on the account."


def say_long_timer(ctx: Context, item: TimeEntry | Timer) -> None:
    """Point out a timer or an entry longer than `max_timer`, or a timer that starts in the future."""
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
            f"`clockeye edit {item.local_id} --to WHEN` fixes it."
            if isinstance(item, TimeEntry)
            else "`clockeye stop --at WHEN` stops it at an earlier time."
        )
        ctx.out.notice(
            f"That is {clock(length)}, longer than max_timer ({limit}). Did you forget to stop it? {advice}"
        )


def say_running_left_out(ctx: Context, timer: Timer | None, names: Mapping[str, str]) -> None:
    """Name the running timer if it was in a list of entries to change; None if it was not."""
    if timer:
        ctx.out.notice(f"The running timer was left out: {describe(timer, names, ctx.zone, ctx.now)}.")


def elsewhere(ctx: Context) -> TimeEntry | None:
    """The entry that is your running timer because no timer runs here, but it does on the account."""
    if ctx.account is None:
        return None
    with ctx.store.read() as connection:
        return timers.on_account(connection)


def may_end(ctx: Context, entry: TimeEntry | None) -> bool:
    """Ask, at a terminal, whether to end your timer that runs on the account and not here; None for none.

    Nobody is asked in scripts, which end it. If the answer is no, say that nothing was changed.
    """
    if entry is None or not ctx.questions.can_ask:
        return True
    with ctx.store.read() as connection:
        names = projects.names(connection)
    if ctx.questions.confirm(
        f"Stop {describe(entry, names, ctx.zone, ctx.now)}, which was started elsewhere on the account?", "-y"
    ):
        return True
    ctx.out.notice("Nothing was changed.")
    return False


def ended_elsewhere(ctx: Context, write: Write, asked: TimeEntry | None) -> bool:
    """Whether stopping the running timer means ending one that runs on the account and not here.

    Args:
        ctx: The run.
        write: The transaction that is going to stop it.
        asked: The one that `may_end` has asked about.

    Raises:
        ClashError: It is another one.
    """
    entry = timers.on_account(write.connection)
    if entry != asked and ctx.questions.can_ask:
        raise ClashError(
            "The running timer has changed in the meantime.",
            hint="`clockeye status` shows it.",
            code="changed_since",
        )
    return entry is not None


def say_other_timers(ctx: Context, but: str = "") -> None:
    """Name the user's entries running on the account, as last read, and the timers of other profiles.

    Args:
        ctx: The run.
        but: The id of an entry that was already shown.
    """
    ctx.has_named_timers = True
    if ctx.account is not None:
        with ctx.store.read() as connection:
            running = [e for e in entries.running_elsewhere(connection) if e.local_id != but]
            names = projects.names(connection) if running else {}
        for entry in running:
            ctx.out.notice(f"Running on the account: {describe(entry, names, ctx.zone, ctx.now)}.")
    for name in profiles.names(ctx.session.config):
        if name != ctx.session.profile.name:
            other = ctx.session.store_of(name)
            try:
                with other.read() as connection:
                    runs = timers.running(connection)
                    names = projects.names(connection) if runs else {}
            except StorageError:
                continue  # using that profile will report the error
            finally:
                other.close()
            if runs:
                ctx.out.notice(
                    f"A timer is running in the profile {name}: {describe(runs, names, ctx.zone, ctx.now)}."
                    f" `clockeye -P {name} stop` stops it."
                )
