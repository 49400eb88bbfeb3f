"""after(): everything that follows a run, in one place, so that no command has to remember it."""

from __future__ import annotations

import os
import time

from clockeye_cli.config import paths
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    RejectedError,
    UnreachableError,
    UsageError,
)
from clockeye_cli.present.notices import say_left_timer, say_outbox, say_unknown_settings, say_zone_change
from clockeye_cli.store import outbox
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def after(ctx: Context) -> None:
    """Send what the run has changed to the account, run the hooks for it, and print the notices.

    Called again, it handles only the changes made since.

    Raises:
        PartlyDoneError: The account has rejected a change of this run; it is kept here.
    """
    has_notices = ctx.session.has_store and not ctx.session.is_in_a_hurry and exists(ctx.store.path)
    try:
        if has_notices and ctx.account is not None:
            if ctx.has_written:
                _deliver(ctx)
            say_outbox(ctx)
    finally:  # a change that the account rejects is stored here anyway
        changes, ctx.changes, ctx.has_written = ctx.changes, [], False
        if changes and os.path.isdir(paths.hooks_folder(ctx.world.environ)):
            from clockeye_cli.present import hooks

            hooks.run_hooks(ctx, changes)
    if has_notices:
        say_unknown_settings(ctx)
        say_left_timer(ctx)
        say_zone_change(ctx)  # last, because it writes: after a failed write, nothing more can be read


def _deliver(ctx: Context) -> None:
    """Send the outbox for as long as a person would wait; a later command sends the rest."""
    from clockeye_cli.sync.pause import is_paused, pause_after

    with ctx.store.read() as connection:
        if not outbox.has_unsent(connection):
            return
    if is_paused(ctx.store, ctx.now):
        return
    from clockeye_cli.sync.account import INTERACTIVE_SECONDS, connect
    from clockeye_cli.sync.push import push

    deadline = time.monotonic() + INTERACTIVE_SECONDS
    try:
        with connect(ctx.store, ctx.access(), deadline=deadline) as account:
            stopped: ClockeyeError | None = push(account, deadline=deadline).stopped
    except (UnreachableError, KeyMissingError, UsageError, RejectedError) as error:
        stopped = error
    pause_after(ctx.store, stopped, ctx.now)
    if isinstance(stopped, KeyMissingError | UsageError | RejectedError):
        ctx.out.notice(f"{stopped.message} {stopped.hint}")
