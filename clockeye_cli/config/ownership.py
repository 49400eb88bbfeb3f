"""Who can write a file that sets an account or a program to run: only the user and root may."""

from __future__ import annotations

import errno
import os
import stat
import struct

from clockeye_cli.errors import StorageError

MOST_LINKS = 40
"""As many symbolic links as Linux follows on one way."""

ACL_USER, ACL_OWN_GROUP, ACL_GROUP, ACL_MASK, ACL_WRITE = 0x02, 0x04, 0x08, 0x10, 0x02
"""Tags of an access list's entries, and the permission to write (linux/posix_acl.h)."""

REMEDY = "Check its content, then make sure that only you can change it (chown, chmod go-w)."


def is_ours(status: os.stat_result, place: str) -> bool:
    """Whether only the user and root can write a file or folder with this status.

    Most systems give each user a private group; write permission for that group lets nobody else in. An
    access list can let others in, and then the mode's bits of the group are only their mask (acl(5)). On
    Windows, the folders of a user are protected by default.
    """
    if os.name == "nt":
        return True
    if not _is_owned(status) or status.st_mode & stat.S_IWOTH:
        return False
    if not status.st_mode & stat.S_IWGRP:
        return True
    others = _others_by_access_list(place)
    return (others is None and _is_own_group(status.st_gid)) or others is False


def danger(path: str) -> str | None:
    """Why a file is unsafe: the end of a sentence, with what to do; None if only the user controls it.

    Checks the file, its folder and all folders above, and the same for each symbolic link on the way. Above
    the folder of the file or of a link, one where users can only change their own files (sticky, like `/tmp`)
    is accepted.

    Raises:
        OSError: The file is missing or cannot be inspected.
    """
    for place, is_direct in _way(path).items():
        status = os.stat(place)
        is_like_tmp = not is_direct and _is_owned(status) and status.st_mode & stat.S_ISVTX
        if not (is_ours(status, place) or is_like_tmp):
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
        if not is_ours(place_status, place):
            raise StorageError(
                f"Refusing to read {path}: other users can write to {place}.",
                hint=REMEDY,
                code="config_unsafe",
            )


def _way(path: str) -> dict[str, bool]:
    """The folders on the way to a file and the file itself; whether each is the file, or holds it or a link.

    Raises:
        OSError: Links lead in a circle.
    """
    root, pending = os.sep, os.path.abspath(path).split(os.sep)[::-1]
    folder, links, places = root, 0, {root: False}
    while pending:
        part = pending.pop()
        if part in ("", os.curdir):
            continue
        if part == os.pardir:
            folder = os.path.dirname(folder)
            continue
        place = os.path.join(folder, part)
        if os.path.islink(place):
            links += 1
            if links > MOST_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
            places[folder] = True
            target = os.readlink(place)
            folder = root if os.path.isabs(target) else folder
            pending += target.split(os.sep)[::-1]
        else:
            places.setdefault(place, False)
            folder = place
    return {**places, os.path.dirname(folder): True, folder: True}


def _others_by_access_list(place: str) -> bool | None:
    """Whether an access list lets other users write; None if there is none."""
    try:
        content = os.getxattr(place, "system.posix_acl_access")
    except (AttributeError, OSError):  # not Linux; no list, or no file system with lists
        return None
    # A version, then entries: tag, permissions, id (linux/posix_acl_xattr.h).
    entries = list(struct.iter_unpack("<HHI", content[4:]))
    mask = next((may for tag, may, _ in entries if tag == ACL_MASK), 7)
    writers = [(tag, own_id) for tag, may, own_id in entries if may & mask & ACL_WRITE]
    users = {own_id for tag, own_id in writers if tag == ACL_USER}
    groups = {own_id for tag, own_id in writers if tag == ACL_GROUP}
    if any(tag == ACL_OWN_GROUP for tag, _ in writers):
        groups.add(os.stat(place).st_gid)
    return bool(users - {os.geteuid(), 0}) or not all(map(_is_own_group, groups))


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
