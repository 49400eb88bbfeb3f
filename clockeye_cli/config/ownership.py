"""Who can write a file that sets an account or a program to run: only the user and root may."""

from __future__ import annotations

import os
import stat

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEDY = "Check its content, then make it yours alone (chown, chmod go-w)."


def is_ours(status: os.stat_result) -> bool:
    """Whether only the user and root can write a file or folder with this status.

    Most systems give each user a private group; write permission for that group lets nobody else in. On
    Windows, the folders of a user are protected by default.
    """
    if os.name == "nt":
        return True
    if not _is_owned(status) or status.st_mode & stat.S_IWOTH:
        return False
    return not status.st_mode & stat.S_IWGRP or _is_own_group(status.st_gid)


def danger(path: str) -> str | None:
    """Why a file is unsafe: the end of a sentence, with what to do; None if only the user controls it.

    Checks the file, its folder and all folders above. Above the file's own folder, one where users can only
    change their own files (sticky, like `/tmp`) is accepted. With symbolic links, both the path to the link
    and the path to its target are checked.

    Raises:
        OSError: The file is missing or cannot be inspected.
    """
    for way in dict.fromkeys((os.path.realpath(path), os.path.abspath(path))):
        for height, place in enumerate(_upwards(way)):
            status = os.stat(place)
            is_like_tmp = height > 1 and _is_owned(status) and status.st_mode & stat.S_ISVTX
            if not (is_ours(status) or is_like_tmp):
                return f"other users can write to {place}. {REMEDY}"
    return None


def refuse_foreign(path: str, status: os.stat_result) -> None:
    """Refuse a file that other users could have written, or put in its place.

    Folders further up are not checked: through them, others could only insert a folder of the user's own.

    Args:
        path: The file.
        status: Status of the opened file.

    Raises:
        StorageError: Other users can write to the file or its folder.
        OSError: Its folder cannot be inspected.
    """
    folders = {os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}
    for place, place_status in [(path, status), *((folder, os.stat(folder)) for folder in sorted(folders))]:
        if not is_ours(place_status):
            raise StorageError(
                f"Refusing to read {path}: other users can write to {place}.",
                hint=REMEDY,
                code="config_unsafe",
            )


def _upwards(path: str) -> Iterator[str]:
    yield path
    while (above := os.path.dirname(path)) != path:
        yield (path := above)


def _is_owned(status: os.stat_result) -> bool:
    return status.st_uid in (os.geteuid(), 0)


def _is_own_group(gid: int) -> bool:
    import grp
    import pwd

    try:
        me, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(gid)
    except KeyError:
        return False
    return group.gr_name == me and set(group.gr_mem) <= {me}
