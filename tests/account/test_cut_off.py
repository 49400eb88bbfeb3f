"""A login or a logout that is killed, or cut off by a power failure, has happened or has not."""

from __future__ import annotations

import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.account.killing import ACCOUNT, OF_FILES, kills
from tests.account.world import Home
from tests.system.power_cut import STATES, cut, states
from tests.system.recorder import Recorder, put, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.account.world import Site
    from tests.system.under_strace import Sabotage

LOGIN = ("-P", "work", "auth", "login", "--with-key", "--insecure-storage")
LOGOUT = ("auth", "logout")
PURGE = (*LOGOUT, "--purge", "-y")


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    with Recorder(tmp_path_factory.mktemp("traces")) as recorder:
        yield recorder


def profiles(home: Home) -> set[str]:
    return {row["profile"] for row in home.ok("profiles", "--json").data}


def log_in(home: Home) -> None:
    home.ok(*LOGIN, stdin=f"{home.key.key}\n")


def logged_out(site: Site, folder: Path, name: str) -> Home:
    """A computer with entries of its own."""
    home = site.home(folder / "made", site.key(name), env=False)
    home.ok("add", "Here", "--for", "1h")
    return home


def logged_in(site: Site, folder: Path, name: str) -> Home:
    """A computer with an entry on the account."""
    home = site.home(folder / "made", site.key(name), env=False)
    log_in(home)
    home.ok("add", "Work", "--for", "1h", "-p", "web")
    home.ok("log")
    return home


def look_after_login(there: Home, acknowledged: bool) -> None:
    if "work" not in profiles(there):
        assert not acknowledged
        log_in(there)
    there.ok("-P", "work", "auth", "status")
    assert (there.home / "work.key").read_text() == f"{there.key.key}\n"
    assert [row["description"] for row in there.ok("-P", "local", "log", "--json").data] == ["Here"]


def look_after_logout(there: Home, acknowledged: bool) -> None:
    assert "work" in profiles(there)
    assert not (acknowledged and (there.home / "work.key").exists())
    rows = there.ok("-P", "work", "log", "--json", "--offline").data
    assert [row["description"] for row in rows] == ["Work"]
    log_in(there)


def look_after_purge(there: Home, acknowledged: bool) -> None:
    if "work" in profiles(there):
        assert not acknowledged
        look_after_logout(there, acknowledged)
    else:
        assert not list(there.home.glob("work.*"))


SCENES = {
    "login": (logged_out, LOGIN, look_after_login),
    "logout": (logged_in, LOGOUT, look_after_logout),
    "purge": (logged_in, PURGE, look_after_purge),
}


@pytest.mark.parametrize("name", SCENES)
def test_a_login_or_a_logout_that_is_killed(name: str, site: Site, killer: Sabotage, fast_path: Path) -> None:
    prepare, args, look = SCENES[name]
    made = prepare(site, fast_path, f"killed {name}")
    assert kills(killer, made, args, lambda: None, look, OF_FILES) >= 3


@pytest.mark.parametrize("name", SCENES)
def test_a_login_or_a_logout_in_which_the_power_fails(
    name: str, site: Site, recorder: Recorder, fast_path: Path
) -> None:
    prepare, args, look = SCENES[name]
    made = prepare(site, fast_path, f"cut {name}")
    home = fast_path / "home"
    shutil.copytree(made.home, home)
    environ = {name: made.environ[name] for name in ACCOUNT if name in made.environ}
    recording = recorder.record(home, args, made.now, stdin=f"{made.key.key}\n", environ=environ)
    assert cut(recording, len(recording.events), "all", "all", Random(0)) == tree_of(home)
    there = Home(site, home, made.key, env=False)
    for state in states(recording, STATES // 4, name):
        put(state.tree, home)
        try:
            look(there, state.is_acknowledged)
        except AssertionError as error:
            error.add_note(state.where)
            raise
