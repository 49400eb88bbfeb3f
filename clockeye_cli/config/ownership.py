"""Who could have written a file that says what to run or where time goes: only the user and root may."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_ours(status: os.stat_result) -> bool:
    """Whether only the user and root can write what has this status.

    Where each user has a group of their own, as most systems make them, that group's right to write lets in
    nobody else. Windows keeps the folders of others apart by itself.
    """
    if os.name == "nt":
        return True
    if not _is_owned(status) or status.st_mode & stat.S_IWOTH:
        return False
    return not status.st_mode & stat.S_IWGRP or _is_own_group(status.st_gid)


def danger(path: str) -> str | None:
    """Who could decide what a file holds, as the end of a sentence and what to do; None if nobody else can.

    Asked are the file, the folder that holds it and all above. Above the first, one in which everybody may
    touch only what is their own (`/tmp`) will do. Where links are on the way, both the way to the link and
    the way to what it means are asked.

    Raises:
        OSError: The file is not there or cannot be looked at.
    """
    for way in dict.fromkeys((os.path.realpath(path), os.path.abspath(path))):
        for height, place in enumerate(_upwards(way)):
            status = os.stat(place)
            is_like_tmp = height > 1 and _is_owned(status) and status.st_mode & stat.S_ISVTX
            if not (is_ours(status) or is_like_tmp):
                return (
                    f"somebody else could have written {place}."
                    " Look what it holds, then make it yours alone (chown, chmod go-w)."
                )
    return None


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
