"""after(): everything that follows a run, in one place, so that no command has to remember it."""

from __future__ import annotations

import os

from clockeye_cli.config import paths
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.output.streams import is_terminal
from clockeye_cli.present.notices import (
    say_left_timer,
    say_unknown_settings,
    say_unknown_zone,
    say_zone_change,
)
from clockeye_cli.store.attention import has_news
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context


def after(ctx: Context) -> None:
    """Send what the run has changed to the account, run the hooks for it, and print the notices.

    Called again, it handles only the changes made since. Nothing follows a dry run.

    Raises:
        PartlyDoneError: The account has rejected a change of this run; it is kept here.
    """
    if ctx.options.dry_run:
        return
    has_notices = ctx.session.has_store and not ctx.session.is_in_a_hurry and exists(ctx.store.path)
    try:
        if has_notices and ctx.account is not None:
            if ctx.has_written:
                _deliver(ctx)
            with ctx.store.read() as connection:
                news = has_news(connection)
            if news:
                from clockeye_cli.present.unsent import say_outbox  # late: mostly all was sent

                say_outbox(ctx)
    finally:  # a change that the account rejects is stored here anyway
        changes, ctx.changes, ctx.has_written = ctx.changes, [], False
        if changes and os.path.isdir(paths.hooks_folder(ctx.world.environ)):
            from clockeye_cli.present import hooks

            hooks.run_hooks(ctx, changes)
    if has_notices:
        say_unknown_settings(ctx)
        say_left_timer(ctx)
        say_unknown_zone(ctx)
        say_zone_change(ctx)  # last, because it writes: after a failed write, nothing more can be read


def _deliver(ctx: Context) -> None:
    """Send the outbox, behind the prompt or for as long as a person would wait.

    A later command sends what remains.
    """
    from clockeye_cli.store import outbox

    with ctx.store.read() as connection:
        if not outbox.has_unsent(connection):
            return
    from clockeye_cli.sync.pause import is_paused

    if is_paused(ctx.store, ctx.now):
        return
    if ctx.settings.sync_background and is_terminal(ctx.world.stdout) and is_terminal(ctx.world.stderr):
        from clockeye_cli.background import hand_over

        if hand_over(ctx):
            return
    from clockeye_cli.api.early import begin

    # First of all: what follows takes as long to load as the connection to be made.
    early = begin(ctx.session.require_account().url, ctx.world.environ)
    from clockeye_cli.sync.account import INTERACTIVE_SECONDS
    from clockeye_cli.sync.pause import record_outcome
    from clockeye_cli.sync.push import send

    stopped = send(ctx.store, ctx.access, seconds=INTERACTIVE_SECONDS, early=early)
    record_outcome(ctx.store, stopped, ctx.now)
