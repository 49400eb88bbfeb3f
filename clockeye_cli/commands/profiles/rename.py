"""`clockeye profiles rename`: rename a profile."""

from __future__ import annotations

from clockeye_cli import moving
from clockeye_cli.config import account, config_file, config_text, credentials, paths, profiles
from clockeye_cli.config.content import read_config
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError
from clockeye_cli.output.cells import JsonShape

if TYPE_CHECKING:
    from clockeye_cli.config.account import AccountSettings
    from clockeye_cli.context import Context

SHAPE = JsonShape()


def rename_profile(ctx: Context, name: str, new: str) -> None:
    """Rename a profile; it keeps its entries and its key.

    Args:
        ctx: The run.
        name: The profile.
        new: Its new name.
    """
    environ = ctx.world.environ
    with config_text.locked(ctx.session.config_path):
        config = read_config(ctx.session.config_path)
        profiles.refuse_local(profiles.existing(name, config))
        profiles.new_name(new, config)
        settings = account.of(name, environ, config)
        origin = account.keyring_origin(settings, environ)
        note = _copy_key(ctx, settings, new, origin)
        move = config_file.Move(name, new, paths.store_file(environ, new), "" if note else origin)
        note = moving.start(environ, move) or note
    ctx.out.done(f"Renamed the profile {name} to {new}.")
    if note:
        ctx.out.notice(note)


def _copy_key(ctx: Context, settings: AccountSettings | None, new: str, origin: str) -> str:
    """Copy the key in the keyring to the new name. Returns a notice if the keyring cannot be used."""
    if settings is None or not origin:
        return ""
    environ = ctx.world.environ
    seconds = credentials.keyring_seconds(can_ask=ctx.questions.can_ask)
    try:
        key = credentials.from_keyring(origin, settings.profile, environ=environ, seconds=seconds)
        if key:
            credentials.save_to_keyring(origin, new, key.text, environ=environ, seconds=seconds)
    except KeyMissingError as error:
        return f"{error.message} `clockeye auth login -P {new}` stores the key under the new name."
    return ""
