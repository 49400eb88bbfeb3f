"""Renames and removes profiles: the section in the config file, the store, the key, the lock of the sender.

The config file is changed first, and keeps what else is to be done. A move that is killed or cut off anywhere
is finished by the next command that reads the config file, so no profile is ever without its store.
"""

from __future__ import annotations

import os
from contextlib import closing

from clockeye_cli import files
from clockeye_cli.config import account, config_file, config_text, credentials, paths, profiles
from clockeye_cli.config.content import read_config
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import KeyMissingError, StorageError
from clockeye_cli.store import adopted, state
from clockeye_cli.store.state import Store, exists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clockeye_cli.config.config_file import Move

SENDER_SECONDS = 10.0
"""How long to wait for a process that is sending the profile's changes."""


def start(environ: Mapping[str, str], move: Move) -> str:
    """Rename or remove a profile. The caller holds the lock of the config file.

    Returns:
        What a person has to know or do; usually nothing.

    Raises:
        StorageError: A file cannot be moved, or the profile's changes are being sent; nothing was changed.
    """
    path = paths.store_file(environ, move.profile)
    if not exists(path):
        config_file.begin(paths.config_file(environ), move)
        return _finish(environ, move)
    if move.store and exists(move.store):
        raise StorageError(
            f"{move.store} already exists.", hint="Nothing was changed. Move that file away first."
        )
    with files.locked(state.sender_lock(path), seconds=SENDER_SECONDS) as is_ours:
        if not is_ours:
            raise StorageError(
                f"The changes of the profile {move.profile} are being sent to the account.",
                hint="Nothing was changed. Try again.",
                code="busy",
            )
        _settle(path)
        config_file.begin(paths.config_file(environ), move)
        return _finish(environ, move)


def finish(environ: Mapping[str, str]) -> None:
    """Do what an interrupted move has left to do.

    Raises:
        StorageError: It cannot be done.
    """
    path = paths.config_file(environ)
    with config_text.locked(path):
        move = config_file.unfinished(read_config(path))  # another command may have finished it meanwhile
        if move:
            _finish(environ, move)


def _finish(environ: Mapping[str, str], move: Move) -> str:
    """Each step does nothing where it was done before."""
    path = paths.store_file(environ, move.profile)
    try:
        if exists(path):
            _settle(path)
            if move.store:
                files.move(path, move.store)
            else:
                files.remove(path)
        files.remove(state.sender_lock(path))
        key = account.file_of(move.profile, environ)
        if move.becomes and exists(key):
            os.replace(key, account.file_of(move.becomes, environ))
            files.sync_folder(os.path.dirname(key))
        files.remove(key)
    except OSError as error:
        raise StorageError(
            f"The profile {move.profile} cannot be moved: {error.filename}: {error.strerror}.",
            hint="The next command tries again.",
        ) from error
    note = _forget_key(environ, move)
    local = paths.store_file(environ, profiles.LOCAL)
    if move.becomes and exists(local):
        with closing(Store(local, _no_clock)) as store, store.exchange() as connection:
            adopted.rename(connection, move.profile, move.becomes)
    config_file.end(paths.config_file(environ))
    return note


def _forget_key(environ: Mapping[str, str], move: Move) -> str:
    """Delete the key in the keyring. Returns a notice if the keyring cannot be used."""
    if not move.origin:
        return ""
    try:
        credentials.delete_from_keyring(move.origin, move.profile, environ=environ)
    except KeyMissingError as error:
        return f"{error.message} If it holds a key for the profile {move.profile}, that key was not deleted."
    return ""


def _settle(path: str) -> None:
    """Write to a store and close it, so that no journal is left: SQLite rolls back that of a crash."""
    with closing(Store(path, _no_clock)) as store, store.exchange():
        pass


def _no_clock() -> int:
    return 0  # nothing here is recorded with its time
