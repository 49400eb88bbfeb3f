"""What all tests share: a home of their own, or none.

Temporary files are in memory if there is room: a test opens new stores, and most of its time would be spent
waiting for a disk. What the disk is told to keep is what `tests/system/recorder.py` looks at.
"""

from __future__ import annotations

import os
import signal
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.app import App
from tests.system.real_parts import folder_in_memory
from tests.system.under_strace import Sabotage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

settings.register_profile("clockeye", deadline=None)  # speed lives in benchmarks, never in a test
settings.load_profile("clockeye")

# A shell that starts the tests in the background makes them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

MEMORY, ROOM = "/dev/shm", 4_000_000_000
"""Where files are in memory, and the free bytes that all workers together may need."""


def is_usable(folder: str) -> bool:
    """Whether there is room, and programs may be run there: containers often forbid it."""
    try:
        place = os.statvfs(folder)
    except OSError:
        return False
    return place.f_bavail * place.f_frsize > ROOM and not place.f_flag & os.ST_NOEXEC


if "TMPDIR" not in os.environ and is_usable(MEMORY):
    tempfile.tempdir = MEMORY  # pytest's `tmp_path` is in there, too

LONGEST = ("test_schemathesis.py", "test_faults.py", "test_failing_disk.py", "test_cron.py")
"""Files with tests of a minute and more: they come first, so that no worker ends with one of them alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


FORGOTTEN = "/dev/null/a test forgot its own home"


@pytest.fixture(autouse=True, scope="session")
def _elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Stand in an empty folder: a developer's checkout may have a `.clockeye.toml`."""
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    yield
    os.chdir(before)


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever looks for the developer's own files fails; a test gives each run a home of its own."""
    for name in list(os.environ):
        if name.startswith(("CLOCKEYE_", "XDG_")) or name in {
            "NO_COLOR",
            "FORCE_COLOR",
            "COLUMNS",
            "PAGER",
            "TZ",
        }:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", FORGOTTEN)


@pytest.fixture
def app(tmp_path: Path) -> App:
    """The whole app, in this process, with a clock that stands still and a home of its own."""
    return App(tmp_path / "home")


@pytest.fixture
def fast_path() -> Iterator[Path]:
    """A folder in memory, for tests in which hundreds of commands run."""
    with folder_in_memory() as folder:
        yield folder


@pytest.fixture(scope="module")
def killer() -> Iterator[Sabotage]:
    """Kills commands before a system call of our choice."""
    with Sabotage("signal=SIGKILL") as sabotage:
        yield sabotage
