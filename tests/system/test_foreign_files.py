"""Files of other users that could choose a project or run a command are not trusted."""

from __future__ import annotations

import errno
import os
import shutil
import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.system.real_parts import Ended, clockeye, needs, needs_root, somebody

if TYPE_CHECKING:
    from collections.abc import Iterator

DAEMON = 1
"""A user with a group of the same name and nobody else in it, on every Debian."""

NOBODY = 65534
"""A user without a group of the same name."""


class Theirs:
    """A folder of a user, with their home and hooks, and a folder in which they work."""

    def __init__(self, folder: Path, user: int) -> None:
        self.user = user
        self.home, self.work = folder / "home", folder / "work"
        self.file = self.work / ".clockeye.toml"
        self.hook = self.home / "hooks/start"
        self.hook.parent.mkdir(parents=True)
        self.work.mkdir()
        self.file.write_text('project = "acme"\n')
        self.hook.write_text("#!/bin/sh\necho hooked\n")
        self.hook.chmod(0o755)
        for path in (folder, self.home, self.hook.parent, self.hook, self.work, self.file):
            os.chown(path, user, user)
        folder.chmod(0o755)
        self.file.chmod(0o644)

    def start(self) -> Ended:
        """`clockeye start`, as that user in that folder."""
        in_folder = [needs("env"), "-C", str(self.work)]
        ended = clockeye(self.home, "start", "Work", before=[*in_folder, *somebody(self.user)])
        assert ended.code == 0, ended
        return ended


@pytest.fixture(params=[DAEMON, NOBODY])
def theirs(request: pytest.FixtureRequest) -> Iterator[Theirs]:
    needs_root()
    folder = Path(tempfile.mkdtemp(prefix="clockeye-theirs-", dir="/var/tmp"))
    try:
        yield Theirs(folder, request.param)
    finally:
        shutil.rmtree(folder)


def test_files_of_the_user_or_root_are_trusted(theirs: Theirs) -> None:
    for owner in (theirs.user, 0):
        for path in (theirs.file, theirs.work, theirs.hook, theirs.hook.parent):
            os.chown(path, owner, owner)
        ended = theirs.start()
        assert "Started acme: Work" in ended.out
        assert "hooked\n" in ended.err


@pytest.mark.parametrize("what", ["file", "work"])
def test_a_folders_file_that_is_a_third_users_is_ignored(theirs: Theirs, what: str) -> None:
    path: Path = getattr(theirs, what)
    os.chown(path, 1234, theirs.user)
    ended = theirs.start()
    assert "Started Work" in ended.out
    assert f"{theirs.file} is ignored: other users can write to {path}." in ended.err


@pytest.mark.parametrize("what", ["hook", "hook.parent", "home"])
def test_a_hook_that_is_a_third_users_is_not_run(theirs: Theirs, what: str) -> None:
    theirs.start()
    path = {"hook": theirs.hook, "hook.parent": theirs.hook.parent, "home": theirs.home}[what]
    os.chown(path, 1234, theirs.user)
    path.chmod(0o775 if what != "home" else 0o777)  # so that the user gets in
    ended = theirs.start()
    assert "Started acme: Work" in ended.out
    assert f"The hook {theirs.hook} was not run: other users can write to {path}." in ended.err
    assert "hooked\n" not in ended.err


def test_the_right_of_a_group_to_write_is_the_users_own_in_a_group_of_one(theirs: Theirs) -> None:
    for path in (theirs.file, theirs.work, theirs.hook, theirs.hook.parent):
        path.chmod(path.stat().st_mode | 0o020)
    ended = theirs.start()
    is_believed = theirs.user == DAEMON
    assert ("hooked\n" in ended.err) is is_believed
    assert ("Started acme: Work" in ended.out) is is_believed
    assert ("other users can write to" in ended.err) is not is_believed


def test_the_settings_follow_the_same_rule(theirs: Theirs) -> None:
    config = theirs.home / "config.toml"
    config.write_text('week_start = "sunday"\n')
    os.chown(config, theirs.user, theirs.user)
    config.chmod(0o664)
    before = [needs("env"), "-C", str(theirs.work), *somebody(theirs.user)]
    assert clockeye(theirs.home, "log", before=before).code == (0 if theirs.user == DAEMON else 7)
    os.chown(config, theirs.user, 1234)
    assert clockeye(theirs.home, "log", before=before).code == 7


def test_a_link_on_the_way_that_a_third_user_can_replace_is_not_followed(theirs: Theirs) -> None:
    """The hook is a link through a folder of a third user, back to a folder of the user's own."""
    third = theirs.work.parent / "third"
    third.mkdir()
    os.chown(third, 1234, 1234)
    third.chmod(0o755)
    own = theirs.work / "hook"
    theirs.hook.rename(own)
    (third / "link").symlink_to(own)
    theirs.hook.symlink_to(third / "link")
    ended = theirs.start()
    assert f"The hook {theirs.hook} was not run: other users can write to {third}." in ended.err
    os.chown(third, theirs.user, theirs.user)
    assert "hooked\n" in theirs.start().err


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """An access list as Linux stores it: entries of a tag, permissions and an id."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


NO_ID = 0xFFFFFFFF
OWNER, OWN_GROUP, OTHERS = (1, 6, NO_ID), (4, 4, NO_ID), (0x20, 4, NO_ID)


@pytest.mark.parametrize(
    ("others", "is_believed"),
    [
        (((2, 6, 1234), OWN_GROUP, (0x10, 6, NO_ID)), False),
        (((2, 6, 0), OWN_GROUP, (0x10, 6, NO_ID)), True),
        (((2, 4, 1234), OWN_GROUP, (0x10, 6, NO_ID)), True),
        ((OWN_GROUP, (8, 6, 1234), (0x10, 6, NO_ID)), False),
        (((2, 6, 1234), OWN_GROUP, (0x10, 4, NO_ID)), True),
    ],
    ids=["another user", "root", "another user may read", "another group", "masked"],
)
def test_an_access_list_is_looked_at_where_the_mode_is_only_its_mask(
    theirs: Theirs, others: tuple[tuple[int, int, int], ...], *, is_believed: bool
) -> None:
    try:
        os.setxattr(theirs.file, "system.posix_acl_access", access_list(OWNER, *others, OTHERS))
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            pytest.skip("this file system has no access lists")
        raise
    ended = theirs.start()
    assert ("Started acme: Work" in ended.out) is is_believed
    assert (f"other users can write to {theirs.file}" in ended.err) is not is_believed
