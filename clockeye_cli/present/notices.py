"""The notices at the end of every command: a timer left behind, unknown settings, the time zone."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli.config import profiles, zone
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.store import remembered

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def say_left_timer(ctx: Context) -> None:
    """Name the timer that a login left running in the profile `local`, until it is stopped."""
    with ctx.store.read() as connection:
        left_behind = remembered.get(connection, remembered.TIMER_LEFT_BEHIND)
    if not left_behind or ctx.has_named_timers:
        return
    from clockeye_cli.core.phrases import describe
    from clockeye_cli.store import projects
    from clockeye_cli.store import timer as timers

    local = ctx.session.store_of(profiles.LOCAL)
    try:
        with local.read() as connection:
            runs = timers.running(connection)
            names = projects.names(connection)
    except StorageError:
        return  # using that profile will report the error
    finally:
        local.close()
    if runs and runs.local_id == left_behind:
        ctx.out.notice(
            f"A timer is still running in the local profile: {describe(runs, names, ctx.zone, ctx.now)}."
            " `clockeye -P local stop` stops it.",
        )
    else:
        with suppress(StorageError), ctx.store.exchange() as connection:  # a read-only store stays as it is
            remembered.put(connection, remembered.TIMER_LEFT_BEHIND, "")


def say_unknown_settings(ctx: Context) -> None:
    """Name unknown settings in the config file."""
    if unknown := ctx.settings.unknown_keys():
        text = (
            f"{ctx.session.config_path}: unknown setting {', '.join(unknown)}."
            " `clockeye config list` shows all settings."
        )
        ctx.say_once_a_day(text)


def say_unknown_zone(ctx: Context) -> None:
    """Say that TZ is not understood, if it counts: times are then in UTC, as in all other programs."""
    environ = ctx.world.environ
    if not ctx.settings.zone and not ctx.has_named_zone and not zone.is_understood(environ):
        ctx.say_once_a_day(
            f"TZ is {environ['TZ']!r}, which is not a time zone; times are in UTC."
            " `clockeye config set zone Europe/Berlin` sets one.",
        )


def say_zone_change(ctx: Context) -> None:
    """Say that the computer's time zone has changed, since days and bare times follow it.

    A shell and cron may have different zones: each change is pointed out once.
    """
    if ctx.settings.zone or ctx.has_named_zone:
        return
    name = zone.name_of(ctx.zone)
    with ctx.store.read() as connection:
        before = remembered.get(connection, remembered.ZONE)
        changes = (remembered.get(connection, remembered.ZONE_CHANGES) or "").splitlines()
    if before == name:
        return
    change = f"{before} {name}"
    is_new = before is not None and change not in changes and not zone.are_equal(ctx.zone, before, ctx.now)
    try:
        with ctx.store.write(ctx.args, ctx.zone) as write:
            remembered.put(write.connection, remembered.ZONE, name)
            if is_new:
                remembered.put(write.connection, remembered.ZONE_CHANGES, "\n".join([*changes, change]))
    except StorageError:
        pass  # a read-only store; the result stands
    if is_new:
        from clockeye_cli.core.command_lines import command_line

        text = f"The computer's time zone changed from {before} to {name}; days and times follow it."
        if before and zone.named(before):  # a rule such as CET-1CEST is no setting
            text += f" {command_line('config', 'set', 'zone', before)} keeps the old one."
        ctx.out.notice(text)
