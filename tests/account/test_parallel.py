"""Many processes on one account at once, some of them killed: each entry is there once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"
PARALLEL = 20


def started(home: Home, *words: str) -> subprocess.Popen[str]:
    environ = {**os.environ, **home.environ, "HOME": str(home.home)}
    return subprocess.Popen(
        [sys.executable, "-m", "clockeye_cli", *words],
        env=environ,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def added(home: Home, number: int) -> subprocess.Popen[str]:
    start, end = f"{DAY} 09:{number:02}", f"{DAY} 09:{number + 1:02}"
    return started(home, "add", f"Entry {number}", "-p", "web", "--from", start, "--to", end)


def settle(home: Home) -> None:
    """Some syncs, a second apart."""
    for _ in range(4):
        process = started(home, "sync")
        process.communicate(timeout=60)
        if process.returncode == 0:
            status = started(home, "sync", "--status", "--json")
            if '"data": []' in status.communicate(timeout=60)[0]:
                return
        time.sleep(1.1)
    raise AssertionError(started(home, "sync", "--status").communicate())


def test_parallel_adds_and_syncs(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path / "home", site.key("parallel"))
    home.ok("log")
    processes = [added(home, number) for number in range(PARALLEL)] + [
        started(home, "sync") for _ in range(3)
    ]
    for process in processes:
        _out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    settle(home)
    assert Counter(row["description"] for row in home.rows()) == Counter(
        f"Entry {number}" for number in range(PARALLEL)
    )


def test_parallel_stops_are_one(site: Site, tmp_path: Path) -> None:
    home = site.home(tmp_path / "home", site.key("stops"))
    begun = started(home, "start", "Timer", "-p", "web")
    begun.communicate(timeout=60)
    time.sleep(1.1)
    stops = [started(home, "stop") for _ in range(6)]
    for process in stops:
        process.communicate(timeout=120)
    assert sorted(process.returncode for process in stops) == [0, 3, 3, 3, 3, 3]
    settle(home)
    assert [row["description"] for row in home.rows()] == ["Timer"]


@pytest.mark.parametrize("delay", [0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
def test_killed_while_it_adds(site: Site, tmp_path: Path, delay: float) -> None:
    home = site.home(tmp_path / "home", site.key(f"killed after {delay}"))
    home.ok("add", "Before", "--from", f"{DAY} 08:00", "--to", f"{DAY} 08:30", "-p", "web")
    process = added(home, 1)
    time.sleep(delay)
    process.kill()
    process.communicate()
    here = {row["description"] for row in home.ok("log", "--all", "--json").data}
    assert here in ({"Before"}, {"Before", "Entry 1"})  # it has happened or it has not
    settle(home)
    assert Counter(row["description"] for row in home.rows()) == Counter(here)
