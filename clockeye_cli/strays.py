"""Files in clockeye's folders that no profile names: stores, keys, locks and drafts.

A crash leaves them, an older version, or a config file that was restored from a backup.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress

from clockeye_cli import files
from clockeye_cli.config import account, config_file, paths, profiles
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError
from clockeye_cli.store import remembered, users
from clockeye_cli.store.schema import APPLICATION_ID
from clockeye_cli.store.state import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

ENDINGS = {".db": "store", ".key": "key", ".sender.lock": "lock"}

DRAFT_SECONDS = 3_600
"""The age of a draft that no process is writing any more."""


class Stray(NamedTuple):
    """A file that no profile names.

    Attributes:
        path: The file.
        kind: `store`, `key`, `lock` or `draft`.
        profile: The name of the profile that it belonged to; empty for a draft.
    """

    path: str
    kind: str
    profile: str = ""


def strays(environ: Mapping[str, str], config: Mapping[str, Any], now: int) -> list[Stray]:
    """The files that no profile names, stores first.

    Args:
        environ: The environment.
        config: The content of the config file.
        now: The present instant, for the age of drafts.
    """
    known = {*profiles.names(config), profiles.ENV}
    folders = dict.fromkeys((paths.data_folder(environ), paths.config_folder(environ)))
    files_of_nobody = [stray for folder in folders for stray in _in_folder(folder, known, now)]
    return sorted(files_of_nobody, key=lambda stray: (stray.kind != "store", stray.path))


def clear(environ: Mapping[str, str], stray: Stray) -> str:
    """Bring a store back as a profile, or delete a key, lock or draft. Returns what was done, as a sentence.

    Raises:
        StorageError: A file cannot be read or written.
    """
    if stray.kind != "store":
        files.remove(stray.path)
        return f"Deleted {stray.path}."
    with closing(Store(stray.path, lambda: 0)) as store, store.read() as connection:
        origin = remembered.get(connection, remembered.ACCOUNT_ORIGIN)
        user = users.own(connection)
    url = account.url_of(origin) if origin else ""
    config_file.add_profile(
        paths.config_file(environ), stray.profile, {"url": url, "user": (user or "") if origin else ""}
    )
    return f"Restored the profile {stray.profile} from {stray.path}."


def _in_folder(folder: str, known: set[str], now: int) -> Iterator[Stray]:
    try:
        names = os.listdir(folder)
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith(files.DRAFT_START):
            with suppress(OSError):
                if now - os.stat(path).st_mtime > DRAFT_SECONDS:
                    yield Stray(path, "draft")
        for ending, kind in ENDINGS.items():
            profile = name.removesuffix(ending)
            if not name.endswith(ending) or profile in known or not _is_name(profile):
                continue
            # A backup in this folder is no stray, and must not become a profile that sends its changes again.
            was_used = {f"{profile}.key", f"{profile}.sender.lock"} & {*names}
            if kind != "store" or (was_used and _is_ours(path)):
                yield Stray(path, kind, profile)


def _is_name(profile: str) -> bool:
    try:
        return bool(profiles.valid_name(profile))
    except UsageError:
        return False


def _is_ours(path: str) -> bool:
    """Whether the header of an SQLite file has the mark of our stores (SQLite's file format, 1.3)."""
    try:
        with open(path, "rb") as file:
            return file.read(72)[68:] == APPLICATION_ID.to_bytes(4, "big")
    except OSError:
        return False
