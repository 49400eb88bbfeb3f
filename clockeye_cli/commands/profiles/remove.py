"""`clockeye profiles remove`: remove a profile."""

from __future__ import annotations

from clockeye_cli import moving
from clockeye_cli.config import account, config_file, config_text, paths, profiles
from clockeye_cli.config.content import read_config
from clockeye_cli.core.phrases import describe
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.output.cells import JsonShape
from clockeye_cli.store import projects
from clockeye_cli.store import timer as timers
from clockeye_cli.store.state import exists

if TYPE_CHECKING:
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def remove_profile(ctx: Context, name: str) -> None:
    """Ask for confirmation, then remove a profile and its key; its store is kept under another name.

    Args:
        ctx: The run.
        name: The profile.
    """
    profiles.refuse_local(profiles.existing(name, ctx.session.config))
    running = _running(ctx, name)
    question = f"Remove the profile {name}? Its entries are kept in a separate file."
    if not ctx.questions.confirm(f"{running} {question}".lstrip(), "-y"):
        ctx.out.notice("Nothing was changed.")
        return
    environ = ctx.world.environ
    store = paths.store_file(environ, name)
    aside = f"{store}.removed-{ctx.now}"
    with config_text.locked(ctx.session.config_path):
        config = read_config(ctx.session.config_path)
        origin = account.keyring_origin(account.of(profiles.existing(name, config), environ, config), environ)
        has_store = exists(store)
        note = moving.start(environ, config_file.Move(name, store=aside, origin=origin))
    ctx.out.done(f"Removed the profile {name}." + (f" Its entries are in {aside}." if has_store else ""))
    if running:
        ctx.out.notice(f"{running} It is kept there, too.")
    if note:
        ctx.out.notice(note)


def _running(ctx: Context, name: str) -> str:
    """A sentence about the running timer of a profile; empty without one, or if its store cannot be read."""
    store = ctx.session.store_of(name)
    try:
        with store.read() as connection:
            runs = timers.running(connection)
            names = projects.names(connection)
    except StorageError:
        return ""
    finally:
        store.close()
    return f"A timer is running in it: {describe(runs, names, ctx.zone, ctx.now)}." if runs else ""
