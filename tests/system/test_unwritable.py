"""Files and folders that a user may not write or read."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.system.real_parts import Ended, clockeye, needs_root, somebody, state_of
from tests.system.under_strace import Sabotage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A home that belongs to an unprivileged user."""
    needs_root()
    with tempfile.TemporaryDirectory(prefix="clockeye-nobody-", dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        home = Path(folder) / "home"
        assert clockeye(home, "start", "Work").code == 0
        assert clockeye(home, "add", "One", "--for", "1m", "--overlap").code == 0
        for path in (home, *home.iterdir()):
            os.chown(path, 65534, 65534)
        yield home


def as_nobody(home: Path, *args: str) -> Ended:
    assert shutil.which(sys.executable)
    return clockeye(home, *args, before=somebody(65534))


def test_a_folder_that_cannot_be_written_can_be_read(nobodys: Path) -> None:
    os.chmod(nobodys, 0o555)
    content = (nobodys / "local.db").read_bytes()
    assert as_nobody(nobodys, "status").out.startswith("Work, since")
    assert as_nobody(nobodys, "log", "--all").code == 0
    ended = as_nobody(nobodys, "stop")
    assert ended.code == 7
    assert str(nobodys / "local.db") in ended.err
    assert "permissions" in ended.err
    assert as_nobody(nobodys, "stop", "--dry-run") == ended
    assert as_nobody(nobodys, "doctor").code == 7
    assert (nobodys / "local.db").read_bytes() == content
    os.chmod(nobodys, 0o700)
    assert as_nobody(nobodys, "stop").code == 0


def test_a_file_that_cannot_be_written_can_be_read(nobodys: Path) -> None:
    os.chmod(nobodys / "local.db", 0o444)
    assert as_nobody(nobodys, "status").out.startswith("Work, since")
    ended = as_nobody(nobodys, "stop")
    assert ended.code == 7
    assert str(nobodys / "local.db") in ended.err
    assert as_nobody(nobodys, "stop", "--dry-run") == ended
    assert as_nobody(nobodys, "doctor").code == 7


def test_a_file_that_cannot_be_read_is_reported(nobodys: Path) -> None:
    os.chmod(nobodys / "local.db", 0)
    for args in (("status",), ("log",), ("stop",), ("doctor",), ("backup", "/var/tmp/nowhere/x.db")):
        ended = as_nobody(nobodys, *args)
        assert ended.code == 7, ended


def test_a_first_run_where_nothing_can_be_written_is_reported(nobodys: Path) -> None:
    home = nobodys.parent / "other"
    ended = as_nobody(home, "start", "Work")
    assert ended.code == 7
    assert as_nobody(home, "start", "Work", "--dry-run") == ended
    assert str(home) in ended.err
    assert not home.exists()
    assert as_nobody(home, "log").code == 0


def test_a_half_done_command_in_a_folder_that_cannot_be_written_is_reported(
    nobodys: Path, tmp_path: Path
) -> None:
    before = state_of(nobodys / "local.db")
    work = tmp_path / "home"
    shutil.copytree(nobodys, work)
    with Sabotage("signal=SIGKILL") as killer:
        # Before the journal is deleted, so that the transaction is half done.
        assert killer.run(work, ("stop",), 2_000_000_000, "unlink", 1).code < 0
    assert (work / "local.db-journal").exists()
    for path in work.iterdir():
        shutil.copy(path, nobodys / path.name)
        os.chown(nobodys / path.name, 65534, 65534)
    os.chmod(nobodys, 0o555)
    for args in (("status",), ("log",), ("stop",)):
        ended = as_nobody(nobodys, *args)
        assert ended.code == 7, ended
        assert str(nobodys / "local.db") in ended.err
        assert "permissions" in ended.err
    os.chmod(nobodys, 0o700)
    assert as_nobody(nobodys, "status").out.startswith("Work, since")
    assert state_of(nobodys / "local.db") == before
