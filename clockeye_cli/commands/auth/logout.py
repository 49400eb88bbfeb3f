"""`clockeye auth logout`: delete the key of a profile, and on request its local entries."""

from __future__ import annotations

from contextlib import suppress

from clockeye_cli import files, moving
from clockeye_cli.config import account, config_file, config_text, credentials
from clockeye_cli.core.origin import checked
from clockeye_cli.core.phrases import counted, describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    KeyMissingError,
)
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.store import bills, clients, outbox, remote
from clockeye_cli.store import projects as stored
from clockeye_cli.store import timer as timers

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def logout(ctx: Context, *, purge: bool = False) -> None:
    """Delete the key of a profile; with `purge` also its entries on this computer.

    Args:
        ctx: What the command works with.
        purge: Remove the profile and its store.
    """
    works_on = ctx.session.require_account()
    name = works_on.profile
    waiting = _waiting(ctx)
    if purge:
        question = [f"Remove the profile {name} and its entries from this computer?", *_lost(ctx, waiting)]
        if not ctx.questions.confirm(" ".join(question), "-y"):
            ctx.out.notice("Nothing was changed.")
            return
        if ctx.options.yes:
            ctx.out.notice(question[1:])  # nobody has seen these sentences yet
    environ = ctx.world.environ
    path = account.file_of(name, environ)
    origin = checked(works_on.url).origin
    if files.remove(path):
        with suppress(KeyMissingError):  # an earlier login may have stored a key there; or no keyring exists
            credentials.delete_from_keyring(origin, name, environ=environ)
    elif not works_on.api_key_command:
        seconds = credentials.keyring_seconds(can_ask=ctx.questions.can_ask)
        credentials.delete_from_keyring(origin, name, environ=environ, seconds=seconds)
    if purge:
        ctx.store.close()
        with config_text.locked(ctx.session.config_path):
            moving.start(environ, config_file.Move(name))
    ctx.out.done(f"Logged out of {works_on.url}{' and removed its local entries' if purge else ''}.")
    if waiting and not purge:
        ctx.out.notice(
            f"{counted(waiting, 'change is', 'changes are')} kept, to be sent after the next login."
        )
        ctx.has_listed_outbox = True


def _lost(ctx: Context, waiting: int) -> list[str]:
    """What a purge would lose, in sentences: what the account does not have, and the running timer."""
    with ctx.store.read() as connection:
        runs = timers.running(connection)
        names = stored.names(connection)
        customers, invoices = len(clients.names(connection)), len(bills.every(connection))
        is_posted = runs is not None and remote.of(connection, runs.local_id) is not None
    unsent = counted(waiting, "unsent change", "unsent changes")
    here_only = [
        *([counted(customers, "client", "clients")] if customers else []),
        *([counted(invoices, "invoice", "invoices")] if invoices else []),
    ]
    verb = "exists" if customers + invoices == 1 else "exist"
    fate = "keep running on the account" if is_posted else "be lost"
    return [
        *([f"{unsent} will be lost."] if waiting else []),
        *([f"{' and '.join(here_only)} {verb} on this computer only and will be lost."] if here_only else []),
        *([f"The timer will {fate}: {describe(runs, names, ctx.zone, ctx.now)}."] if runs else []),
    ]


def _waiting(ctx: Context) -> int:
    with ctx.store.read() as connection:
        return len(outbox.rows(connection))
