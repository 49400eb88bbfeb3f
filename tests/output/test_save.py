"""Saving: a complete file or nothing."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.output.save import save
from tests.output.captured import Screen
from tests.output.sample_tables import LOG

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ending", ["tsv", "csv", "json", "ndjson", "md"])
def test_the_name_says_the_format_and_a_notice_says_where(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"log.{ending}"
    saved, other = Screen(save=str(path)), Screen(format={"md": "markdown"}.get(ending, ending))
    saved.out.check_save()
    saved.out.table(LOG)
    other.out.table(LOG)
    assert path.read_bytes().decode() == other.printed
    assert (saved.printed, saved.noticed) == ("", f"Saved to {path}.\n")
    assert os.listdir(tmp_path) == [path.name]


def test_a_file_is_exact_even_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    Screen(save=str(path), terminal=True, encoding="ascii", quiet=True).out.table(LOG)
    assert b"Tab\there,59\r\n" in path.read_bytes()


def test_a_file_that_exists_is_left_alone_without_force(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("mine")
    for refused in (Screen(save=str(path)).out.check_save, lambda: Screen(save=str(path)).out.table(LOG)):
        with pytest.raises(UsageError) as caught:
            refused()
        assert (caught.value.message, caught.value.hint) == (
            f"{path} already exists.",
            "Add --force to overwrite it.",
        )
    assert path.read_text() == "mine"
    assert os.listdir(tmp_path) == ["log.csv"]


def test_a_dangling_link_exists_too(tmp_path: Path) -> None:
    (tmp_path / "log.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="already exists"):
        save(str(tmp_path / "log.csv"), [b"x"], force=False)


def test_force_overwrites_and_keeps_permissions_and_links(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "log.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    screen = Screen(save=str(link), force=True)
    screen.out.check_save()
    screen.out.table(LOG)
    assert link.is_symlink()
    assert real.read_text().startswith("id,")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["log.csv", "real.csv"]


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        save(str(tmp_path / "a.csv"), [b"x"], force=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


def test_a_name_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for force in (False, True):
        save("a.csv", [b"x"], force=force)
    assert os.listdir() == ["a.csv"]


def test_an_unknown_ending_or_two_formats_are_refused_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Unknown file extension"):
        Screen(save=str(tmp_path / "log.txt")).out.check_save()
    with pytest.raises(UsageError, match="conflicts with the file name"):
        Screen(save=str(tmp_path / "log.csv"), format="json").out.check_save()
    with pytest.raises(UsageError, match="Unknown format 'yaml'"):
        Screen(format="yaml").out.check_save()
    Screen(save=str(tmp_path / "log.csv"), format="csv").out.check_save()
    Screen().out.check_save()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "log.csv"
    with pytest.raises(StorageError, match=str(path)):
        Screen(save=str(path)).out.check_save()
    with pytest.raises(StorageError, match=str(path)):
        save(str(path), [b"x"], force=False)


def test_a_folder_of_that_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(StorageError, match=r"Cannot save .*a\.csv"):
        save(str(tmp_path / "a.csv"), [b"x"], force=True)
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_folder_that_nobody_may_write() -> None:
    with pytest.raises(StorageError, match=r"Cannot save /proc/log\.csv"):  # not even root
        save("/proc/log.csv", [b"x"], force=False)


@pytest.mark.parametrize("force", [True, False])
def test_a_write_that_fails_leaves_nothing_and_keeps_what_was_there(tmp_path: Path, force: bool) -> None:
    path = tmp_path / "a.csv"
    if force:
        path.write_text("old")
    script = (
        "import resource, signal, sys\n"
        "from clockeye_cli.errors import StorageError\n"
        "from clockeye_cli.output.save import save\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: save(sys.argv[1], [b'x' * 5000], force=bool(int(sys.argv[2])))\n"
        "except StorageError as error: sys.exit(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(int(force))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == f"Cannot save {path}: File too large.\n"
    assert os.listdir(tmp_path) == (["a.csv"] if force else [])
    assert not force or path.read_text() == "old"


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", source, target)

    monkeypatch.setattr(os, "link", refuse)
    save(str(tmp_path / "a.csv"), [b"x"], force=False)
    with pytest.raises(UsageError, match="already exists"):
        save(str(tmp_path / "a.csv"), [b"y"], force=False)
    assert (tmp_path / "a.csv").read_bytes() == b"x"
    assert os.listdir(tmp_path) == ["a.csv"]
