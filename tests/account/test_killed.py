"""Killed at its writes and sends, a command on an account leaves each entry there once.

Tried are all calls that open or use the network, print, or commit (SQLite commits by removing its journal),
and of those in between every few: `tests/system/test_killed.py` shows for each single one that the store is
as before or as after.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.store import projects
from clockeye_cli.store.state import Store
from tests.account.cable import Cable, cable_to
from tests.account.killing import ACCOUNT, kills
from tests.account.world import Home, Site, site_in
from tests.system.real_parts import COMMAND, environment, folder_in_memory
from tests.system.under_strace import KILLED, Sabotage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with folder_in_memory() as folder, site_in(folder) as found:
        yield found


def a_home(site: Site, folder: Path, name: str) -> Home:
    """A computer that knows its account."""
    home = site.home(folder / "made", site.key(name))
    home.ok("projects")
    return home


def synced(home: Home) -> Counter[str]:
    """What there is after a sync or two, the same on both sides."""
    if home.later().run("sync").code:
        home.later().ok("sync")
    there = Counter(row["description"] for row in home.rows())
    here = home.ok("log", "--all", "--json").data
    assert Counter(row["description"] for row in here if row["ended_at"]) == there
    return there


def empty(home: Home) -> None:
    for row in home.rows():
        home.remove(row["id"])


def test_a_stop_that_is_killed(site: Site, killer: Sabotage, fast_path: Path) -> None:
    made = a_home(site, fast_path, "stop")
    made.environ["CLOCKEYE_SYNC_TIMER"] = "false"
    made.ok("start", "Work", "-p", "web")
    made.later()

    def look(there: Home, acknowledged: bool) -> None:
        has_happened = not there.ok("status", "--json").data
        assert has_happened or not acknowledged
        assert synced(there) == Counter({"Work": int(has_happened)} if has_happened else {})

    assert kills(killer, made, ("stop",), lambda: empty(made), look) > 10


def test_a_process_in_the_background_that_is_killed(site: Site, killer: Sabotage, fast_path: Path) -> None:
    made = a_home(site, fast_path, "background")
    site.stop()
    for number in (1, 2):
        made.ok("add", f"Work {number}", "-p", "web", "--from", f"{number}:00", "--for", "1h")
    site.start()
    made.later()

    def look(there: Home, _acknowledged: bool) -> None:
        assert synced(there) == Counter(["Work 1", "Work 2"])

    assert kills(killer, made, ("background",), lambda: empty(made), look) > 10


@pytest.mark.parametrize(
    ("args", "after"), [(("edit", "last", "-d", "New"), ["New"]), (("delete", "last", "-y"), [])]
)
def test_a_change_that_is_killed(
    site: Site, killer: Sabotage, fast_path: Path, args: tuple[str, ...], after: list[str]
) -> None:
    made = a_home(site, fast_path, args[0])

    def fresh() -> None:
        empty(made)
        made.later().ok("add", "Old", "--from", "9", "--to", "10", "-p", "web", "--overlap")
        made.later().ok("log", "--all")

    def look(there: Home, acknowledged: bool) -> None:
        found = synced(there)
        assert found in (Counter(after), Counter(["Old"]))
        assert not acknowledged or found == Counter(after)

    assert kills(killer, made, args, fresh, look) > 10


def test_a_sync_that_is_killed(site: Site, killer: Sabotage, fast_path: Path) -> None:
    made = a_home(site, fast_path, "sync")
    made.ok("add", "Old", "--from", "8", "--to", "9", "-p", "web")
    (old,) = made.rows()
    site.stop()
    made.later().ok("edit", "last", "-d", "Changed")
    for _ in range(2):  # that are equal, and are two
        made.ok("add", "Same", "--from", "9", "--to", "10", "-p", "web", "--overlap")
    site.start()
    made.later()

    def fresh() -> None:
        for row in made.rows():
            if row["id"] != old["id"]:
                made.remove(row["id"])
        made.put(old["id"], description="Old")

    def look(there: Home, _acknowledged: bool) -> None:
        assert synced(there) == Counter(["Changed", "Same", "Same"])

    assert kills(killer, made, ("sync",), fresh, look) > 20


def test_a_decision_that_is_killed(site: Site, killer: Sabotage, fast_path: Path) -> None:
    made = a_home(site, fast_path, "resolve")
    made.ok("add", "Old", "--from", "8", "--to", "9", "-p", "web")
    (old,) = made.rows()
    site.stop()
    made.later().ok("edit", "last", "-d", "Mine")
    site.start()
    made.put(old["id"], description="Theirs")
    assert made.later().run("sync").code == 6
    made.later()

    def look(there: Home, acknowledged: bool) -> None:
        there.later().run("sync")
        if there.ok("sync", "--status", "--json").data:
            assert not acknowledged
            there.later().ok("sync", "resolve", "last", "--keep", "mine")
        assert synced(there) == Counter(["Mine"])

    def fresh() -> None:
        made.put(old["id"], description="Theirs")

    assert kills(killer, made, ("sync", "resolve", "last", "--keep", "mine"), fresh, look) > 10


MANY = 1_000


def test_a_thousand_entries_and_a_sync_that_is_killed_again_and_again(site: Site, fast_path: Path) -> None:
    with cable_to(site.port) as cable:
        home = site.home(fast_path, site.key("thousand"))
        home.environ["CLOCKEYE_API_URL"] = cable.url
        home.ok("projects")
        queue_many(home)
        for post, has_arrived in ((1, False), (2, True), (300, False), (400, True), (200, False)):
            assert killed_at(home, cable, post, has_arrived=has_arrived) == KILLED
        cable.repair()
        process = begun(home, "sync")
        assert process.wait(timeout=300) == 0
        home.ok("sync")
        words = ("api", "/time-entries", "--paginate", "-f", "user_id=" + home.key.user_id, "-X", "GET")
        there = Counter(row["description"] for row in home.ok(*words).json["data"])
        assert there == Counter(f"Entry {number}" for number in range(MANY))
        assert len(home.ok("log", "--all", "--json").data) == MANY


def queue_many(home: Home) -> None:
    """As commands do that find no network, but in one transaction."""
    store = Store(str(home.home / "env.db"), lambda: home.now, to_account=True)
    with store.write(["test"], UTC) as write:
        (project,) = projects.every(write.connection)
        for number in range(MANY):
            start = home.now - 86_400 * 20 + number * 600
            entry = TimeEntry(f"te_{number:012}", f"Entry {number}", project.id, start, start + 300, True)
            write.change(None, entry)
    store.close()


def killed_at(home: Home, cable: Cable, post: int, *, has_arrived: bool) -> int:
    """Kill a sync at its so manieth POST; the exit code."""
    process = begun(home, "sync")
    seen = 0

    def count(request: bytes, passing: bytes) -> bytes:
        nonlocal seen
        seen += request.startswith(b"POST")
        if seen < post:
            return passing
        process.kill()
        process.wait()
        return b""

    cable.repair()
    if has_arrived:
        cable.answer = count
    else:
        cable.ask = count
    return process.wait(timeout=300)


def begun(home: Home, *args: str) -> subprocess.Popen[bytes]:
    more = {name: home.environ[name] for name in (*ACCOUNT, "CLOCKEYE_SYNC_SETTLE")}
    return subprocess.Popen(
        [*COMMAND, *args],
        env=environment(home.home) | more,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
