"""A full or broken disk: an error with a hint, and nothing half-written."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.output.pictures import keep
from tests.app import App
from tests.system.real_parts import Ended, clockeye, needs, small_disk, state_of
from tests.system.under_strace import LATE, SYSTEM_CALLS, Sabotage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@pytest.fixture(scope="module", params=["EIO", "ENOSPC"])
def failing_once(request: pytest.FixtureRequest) -> Iterator[Sabotage]:
    with Sabotage(f"error={request.param}") as sabotage:
        yield sabotage


@pytest.fixture(scope="module", params=["EIO", "ENOSPC"])
def failing_for_good(request: pytest.FixtureRequest) -> Iterator[Sabotage]:
    with Sabotage(f"error={request.param}", for_good=True) as sabotage:
        yield sabotage


def every_failure(
    sabotage: Sabotage, made: Path, home: Path, args: Sequence[str], now: int, pages: int = 1
) -> Iterator[tuple[str, int, Ended]]:
    """Let each call of a command fail in turn, from the same state each time.

    Writes of pages, which can be many, are only sampled: one in `pages`.
    """
    for call in SYSTEM_CALLS:
        for number in range(1, LATE[call], pages if call == "pwrite64" else 1):
            shutil.rmtree(home, ignore_errors=True)
            if made.exists():
                shutil.copytree(made, home)
            ended = sabotage.run(home, args, now, call, number)
            yield call, number, ended
            if ended.code == 0 and number > calls_in(call):
                break


def calls_in(call: str) -> int:
    """The number of calls of a kind to try even if the command survives their failure."""
    return 8 if call in ("unlink", "fsync", "fdatasync", "ftruncate") else 1


@pytest.mark.parametrize("scene", ["first run", "switch"])
def test_a_call_that_fails_once_is_reported_or_repeated(
    scene: str, failing_once: Sabotage, fast_path: Path
) -> None:
    check_failures(failing_once, fast_path, scene)


@pytest.mark.parametrize("scene", ["first run", "switch"])
def test_a_disk_that_fails_for_good_is_reported(
    scene: str, failing_for_good: Sabotage, fast_path: Path
) -> None:
    check_failures(failing_for_good, fast_path, scene)


def check_failures(sabotage: Sabotage, folder: Path, scene: str) -> None:
    made, home = folder / "made", folder / "home"
    app = App(made)
    if scene == "switch":
        app.ok("add", "One", "--from", "8", "--to", "9", "-p", "web")
        app.ok("start", "Old", "-p", "web")
    app.at("2026-11-20 12:30:00")
    before = state_of(made / "local.db")
    args = ("start", "New", "work", "-p", "web")
    shutil.copytree(made, home) if made.exists() else None
    assert sabotage.run(home, args, app.now).code == 0
    after = state_of(home / "local.db")
    failures = 0
    for call, number, ended in every_failure(sabotage, made, home, args, app.now):
        where = f"{call} {number}: {ended}"
        acknowledged = bool(ended.out)
        if ended.code == 7 and call != "write":  # which writes the output, maybe of what has happened
            failures += 1
            assert not acknowledged, where
            assert str(home) in ended.err, where
            assert len(ended.err.splitlines()) >= 2, where
        else:
            assert ended.code == 0 or call == "write", where
        state = state_of(home / "local.db")
        assert state in (before, after), where
        assert not acknowledged or state == after, where
        if "Nothing was changed" in ended.err:
            assert state == before, where
        App(home).ok("add", "There", "is", "room", "again", "--for", "1s", "--overlap")
        names = {path.name for path in home.iterdir()}
        assert names == {"local.db"} or call == "unlink" or sabotage.for_good, where
    assert failures > 10


def test_a_restore_in_which_a_call_fails_has_happened_or_has_not(
    failing_once: Sabotage, fast_path: Path
) -> None:
    made, home, backup = fast_path / "made", fast_path / "home", fast_path / "backup.db"
    app = App(made)
    app.ok("add", "One", "--from", "8", "--to", "9", "-p", "web")
    app.ok("backup", str(backup))
    app.ok("add", "Two", "--from", "9", "--to", "10")
    before, after = state_of(made / "local.db"), state_of(backup)
    failures = 0
    args = ("restore", str(backup))
    # The pages of a copy that has no name yet are all the same.
    for call, number, ended in every_failure(failing_once, made, home, args, app.now, pages=5):
        where = f"{call} {number}: {ended}"
        state = state_of(home / "local.db")
        assert state in (before, after), where
        assert state == after or not ended.out, where
        assert ended.code in (0, 7) or call == "write", where
        assert state == before or "Nothing was changed" not in ended.err, where
        names = {path.name for path in home.iterdir()} - {"local.db"}
        assert all(".before-restore-" in name for name in names) or call == "unlink", where
        failures += ended.code == 7
    assert failures > 20


@pytest.mark.parametrize("room", range(8, 312, 40))
def test_a_full_disk_is_reported_and_the_next_command_works_once_there_is_room(
    room: int, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 320) as disk:
        home = disk / "home"
        home.mkdir()
        fill(disk / "ballast", 320 - room)
        ended = clockeye(home, "start", "Work", "-p", "web")
        assert ended.code == 7 or room > 32
        if ended.code:
            assert ended.code == 7, ended
            assert str(home / "local.db") in ended.err
            assert "Free some space" in ended.err
            # No file, or a complete empty store.
            assert [path.name for path in home.iterdir()] in ([], ["local.db"])
            assert state_of(home / "local.db") == state_of(tmp_path / "no such file")
        (disk / "ballast").unlink()
        assert clockeye(home, "start", "Work").code == 0
        # And full again, with an existing store, which can still be read.
        before = state_of(home / "local.db")
        fill(disk / "ballast", 320)
        ended = clockeye(home, "add", "Long " * 8_000, "--for", "1m", "--overlap")
        assert ended.code == 7, ended
        assert "disk is full" in ended.err
        assert "Nothing was changed" in ended.err
        assert clockeye(home, "status").out.startswith("Work, since")
        assert clockeye(home, "log", "--all").code == 0
        assert state_of(home / "local.db") == before
        (disk / "ballast").unlink()
        assert clockeye(home, "stop").code == 0


def test_a_backup_and_a_repair_on_a_full_disk_leave_nothing_behind(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 288) as disk:
        home = disk / "home"
        assert clockeye(home, "add", "Work", "--for", "1m").code == 0
        before = state_of(home / "local.db")
        fill(disk / "ballast", 288)
        shutil.copy(home / "local.db", tmp_path / "copy.db")
        for args in (("backup", str(disk / "b.db")), ("restore", str(tmp_path / "copy.db"))):
            ended = clockeye(home, *args)
            assert ended.code == 7, ended
            assert "Free some space" in ended.err
        assert {path.name for path in disk.iterdir()} == {"ballast", "home"}
        assert {path.name for path in home.iterdir()} == {"local.db"}
        assert state_of(home / "local.db") == before


def fill(path: Path, kib: int) -> None:
    """Fill a disk with one file of up to `kib` KiB."""
    with path.open("wb", buffering=0) as file:
        try:
            for _ in range(kib // 4):
                file.write(bytes(4096))
        except OSError:
            pass


def test_a_limit_on_the_size_of_files_is_reported(tmp_path: Path) -> None:
    limited = ["/bin/bash", "-c", 'ulimit -f 8; exec "$@"', "bash"]
    first = clockeye(tmp_path, "add", "Work", "--for", "1m", before=limited)
    assert (first.code, first.out) == (7, "")
    assert list(tmp_path.iterdir()) == []
    assert clockeye(tmp_path, "add", "Work", "--for", "1m").code == 0
    before = state_of(tmp_path / "local.db")
    ended = clockeye(tmp_path, "add", "More", "--for", "1m", "--overlap", before=limited)
    assert ended.code == 7
    assert str(tmp_path / "local.db") in ended.err
    assert "ulimit -f" in ended.err
    assert state_of(tmp_path / "local.db") == before
    assert clockeye(tmp_path, "add", "More", "--for", "1m", "--overlap").code == 0


def test_a_backup_onto_a_disk_without_hard_links(fast_path: Path) -> None:
    # A memory stick: `link` says EPERM there.
    made, home = fast_path / "made", fast_path / "home"
    app = App(made)
    app.ok("start", "Work")
    backup = fast_path / "backup.db"
    with Sabotage("error=EPERM", for_good=True) as sabotage:
        ended = sabotage.run(made, ("backup", str(backup)), app.now, "link", 1)
        assert ended.code == 0, ended
        assert state_of(backup) == state_of(made / "local.db")
        # A first run, and a restore over damage, where `link` does not work either.
        assert sabotage.run(home, ("start", "Work"), app.now, "link", 1).code == 0
        assert state_of(home / "local.db") == state_of(made / "local.db")
        (home / "local.db").write_bytes(b"rubbish")
        assert sabotage.run(home, ("restore", str(backup)), app.now, "link", 1).code == 0
        assert state_of(home / "local.db") == state_of(backup)
        (aside,) = home.glob("local.db.damaged-*")
        assert aside.read_bytes() == b"rubbish"


def test_the_helper_strikes_where_it_is_told_to(fast_path: Path) -> None:
    with Sabotage("error=EIO") as sabotage:
        assert sabotage.run(fast_path / "home", ("start", "Work"), 1_800_000_000, "mkdir", 1).code == 7
    assert not (fast_path / "home").exists()
    assert subprocess.run([needs("strace"), "--version"], check=True, capture_output=True).stdout


def test_a_picture_that_finds_no_room_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(10_000)

    def fill(folder: str) -> None:
        for number in range(100):
            keep(folder, f"scr_{number}", content)

    with small_disk(tmp_path / "disk", 64) as disk:
        with pytest.raises(StorageError, match=r"Cannot save .*scr_\d+\.png: No space left"):
            fill(str(disk))
        kept = sorted(disk.iterdir())
        assert kept
        assert {path.name.partition("_")[0] for path in kept} == {"scr"}
        assert {path.read_bytes() for path in kept} == {content}
