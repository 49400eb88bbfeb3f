"""What every command says at its end: what waits for the account, which timer was left behind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from clockeye_cli.config import profiles, zone
from clockeye_cli.core.phrases import counted, describe
from clockeye_cli.errors import (
    PartlyDoneError,
    StorageError,
)
from clockeye_cli.store import outbox, projects, remembered
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context

NAMED = 3
"""So many of the changes that need a decision are named in a notice."""


def say_outbox(ctx: Context) -> None:
    """Say what waits for the account, and what a person has to decide."""
    with ctx.store.read() as connection:
        rows = outbox.rows(connection)
    stuck = [row for row in rows if row.state in outbox.FOR_A_PERSON]
    values = (value for change in ctx.changes for value in change if value is not None)
    written = {getattr(value, "local_id", "") or getattr(value, "id", "") for value in values}
    refused = [row for row in stuck if row.state == "rejected" and row.local_id in written]
    others = [row for row in stuck if row not in refused]
    waiting = len(rows) - len(stuck)
    if waiting and ctx.has_written:
        ctx.out.notice(f"Saved here, will be sent: {waiting} waiting for the account.")
    elif waiting and not ctx.has_listed_outbox:
        wait = counted(waiting, "change waits", "changes wait")
        ctx.out.notice(f"{wait} for the account; `clockeye sync` delivers.")
    if others and not ctx.has_listed_outbox:
        named = ", ".join(row.local_id for row in others[:NAMED]) + (", …" if len(others) > NAMED else "")
        ctx.out.notice(
            f"{counted(len(others), 'change needs', 'changes need')} a decision ({named});"
            " `clockeye sync --status` lists what waits."
        )
    if refused:
        reasons = "\n".join(f"{row.local_id}: {row.reason}" for row in refused)
        raise PartlyDoneError(
            f"It is kept here; the account did not take it:\n{reasons}",
            hint="`clockeye edit` mends it, `clockeye sync --status` shows it.",
            code="rejected_by_account",
        )


def say_left_timer(ctx: Context) -> None:
    """Name the timer that a login has left behind, until it is stopped."""
    with ctx.store.read() as connection:
        left = remembered.get(connection, remembered.TIMER_LEFT_BEHIND)
    if not left or ctx.has_named_timers:
        return
    local = ctx.session.store_of(profiles.LOCAL)
    try:
        with local.read() as connection:
            runs = timers.running(connection)
            names = projects.names(connection)
    except StorageError:
        return  # it is named when that profile is worked on
    finally:
        local.close()
    if runs and runs.local_id == left:
        ctx.out.notice(
            f"Left behind in the profile local, a timer runs: {describe(runs, names, ctx.zone, ctx.now)}."
            " `clockeye -P local stop` stops it."
        )
    else:
        with suppress(StorageError), ctx.store.exchange() as connection:  # or it can only be read
            remembered.put(connection, remembered.TIMER_LEFT_BEHIND, "")


def say_unknown_settings(ctx: Context) -> None:
    """Name the keys of the config file that are no settings."""
    unknown = ctx.settings.unknown_keys()
    if unknown:
        ctx.out.notice(
            f"{ctx.session.config_path}: unknown setting {', '.join(unknown)}."
            " `clockeye config list` shows all."
        )


def say_zone_change(ctx: Context) -> None:
    """Say, once, that the computer has moved to another zone: days and bare times move with it."""
    if ctx.settings.zone:
        return
    name = zone.name_of(ctx.zone)
    with ctx.store.read() as connection:
        before = remembered.get(connection, remembered.ZONE)
    if before == name:
        return
    try:
        with ctx.store.write(ctx.args, ctx.zone) as write:
            remembered.put(write.connection, remembered.ZONE, name)
    except StorageError:
        pass  # a store that can only be read; the result stands
    if before is not None:
        ctx.out.notice(
            f"The computer's time zone is {name} now and was {before}; days and times follow it."
            f" `clockeye config set zone {before}` keeps the old one."
        )
