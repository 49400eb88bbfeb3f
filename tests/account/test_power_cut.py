"""What a command on an account has acknowledged is there after a power failure, once, on both sides."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests.account.cable import cable_to
from tests.account.killing import ACCOUNT
from tests.account.scenes import SCENES
from tests.account.world import Home, Site, site_in
from tests.system.power_cut import STATES, cut, states
from tests.system.real_parts import folder_in_memory
from tests.system.recorder import Answered, Recorder, put, tree_of
from tests.system.scenes import copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.account.cable import Cable
    from tests.account.scenes import Scene

TRIES = 5
"""How often `sync` may have to look for what it has sent."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with folder_in_memory() as folder, site_in(folder) as made:
        if made.data.startswith("postgres"):
            pytest.skip("the server's file is put back after each power failure")
        yield made


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    with Recorder(tmp_path_factory.mktemp("traces")) as recorder:
        yield recorder


class Account:
    """What the service holds after each request that has changed it, so that it can hold it again."""

    def __init__(self, site: Site, cable: Cable) -> None:
        self._path = site.data
        self._versions: list[sqlite3.Connection] = []
        self.keep()
        cable.answer = self._keep_after

    def keep(self) -> None:
        version = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self._path)) as connection:
            connection.backup(version)
        self._versions.append(version)

    def put(self, number: int) -> None:
        """Hold what it held after so many requests."""
        with closing(sqlite3.connect(self._path)) as connection:
            self._versions[min(number, len(self._versions) - 1)].backup(connection)

    def _keep_after(self, request: bytes, answer: bytes) -> bytes:
        if not request.startswith(b"GET "):
            self.keep()
        return answer


def prepared(home: Home, cable: Cable, scene: Scene) -> None:
    home.ok("projects")
    for args in scene.before:
        home.ok(*args)
        home.later()
    if scene.offline:
        cable.unplug()
        for args in scene.offline:
            home.ok(*args)
        cable.plug()
        home.later(120)
    if scene.theirs:
        home.put(home.rows()[0]["id"], description=scene.theirs)
    if scene.conflicts:
        assert home.run("sync").code == 6
    home.later(120)


def outcome(home: Home) -> tuple[Any, ...]:
    """What both sides hold in the end, and what a person must decide; they are the same but for that."""
    for _ in range(TRIES):
        home.later(120)
        if home.run("sync").code == 0:
            break
    to_decide = [row["state"] for row in home.ok("sync", "--status", "--json").data]
    here = [
        (start[:-3], end[:-3] if end != "running" else end, description)
        for start, end, _, description in home.entries()
    ]
    if not to_decide:
        assert here == home.there()
    projects = [row["project"] for row in home.ok("projects", "--json").data]
    return home.there(), here, to_decide, projects


@pytest.mark.parametrize("name", SCENES)
def test_a_command_on_an_account_has_happened_once_or_not_after_a_power_failure(
    name: str, site: Site, recorder: Recorder, fast_path: Path
) -> None:
    scene, folder = SCENES[name], fast_path / "home"
    with cable_to(site.port) as cable:
        made = site.home(fast_path / "made", site.key(name))
        made.environ["CLOCKEYE_API_URL"] = cable.url
        prepared(made, cable, scene)
        there = Home(site, folder, made.key, env=True)
        there.environ["CLOCKEYE_API_URL"] = cable.url
        account = Account(site, cable)
        copy(made.home, folder)
        environ = {name: made.environ[name] for name in ACCOUNT}
        recording = recorder.record(folder, scene.args, made.now, environ=environ)
        cable.repair()
        assert Answered() in recording.events
        assert cut(recording, len(recording.events), "all", "all", Random(0)) == tree_of(folder)
        there.now = made.now
        after = outcome(there)
        account.put(0)
        copy(made.home, folder)
        there.now = made.now
        before = outcome(there)
        assert (before == after) == (name == "sync")
        for state in states(recording, STATES // 40, name):
            # What was asked and not yet answered has been done there, or not.
            account.put(Random(state.where).randint(state.answered, state.asked))
            put(state.tree, folder)
            there.now = made.now
            try:
                left = outcome(there)
                assert left == after or (not state.is_acknowledged and left == before)
            except AssertionError as error:
                error.add_note(state.where)
                raise
