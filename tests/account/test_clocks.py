"""A computer whose clock is an hour off: its entries are its own, and waits are by the service's clock."""

from __future__ import annotations

import re
import time
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.store.state import Store
from clockeye_cli.sync.pause import note_skew
from tests.account.world import BERLIN, Home, Site
from tests.system.real_parts import ROOT, Ended, clockeye

if TYPE_CHECKING:
    from pathlib import Path

SHIFTED = """
import time
real = time.time
time.time = lambda: real() + {seconds}
"""


@pytest.fixture(params=[-3600, 3600], ids=["behind", "ahead"])
def shift(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What puts every process's clock off, as PYTHONPATH."""
    folder = tmp_path / "shift"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(SHIFTED.format(seconds=request.param))
    return f"{folder}:{ROOT}"


def ran(home: Home, shift: str, *args: str) -> Ended:
    given = {
        name: home.environ[name] for name in ("CLOCKEYE_API_KEY", "CLOCKEYE_API_URL", "CLOCKEYE_SYNC_SETTLE")
    }
    return clockeye(home.home, *args, PYTHONPATH=shift, **given)


def test_nothing_is_lost_doubled_or_removed(own_site: Site, tmp_path: Path, shift: str) -> None:
    home = own_site.home(tmp_path / "home", own_site.key("ann"))
    assert ran(home, shift, "add", "Mine", "--for", "30m", "-p", "web").code == 0
    assert ran(home, shift, "edit", "last", "-d", "Edited").code == 0
    there = home.post("There", *(f"{moment(-minutes)}" for minutes in (200, 100)))

    def here() -> list[str]:
        ended = ran(home, shift, "log", "--all", "-o", "tsv", "--columns", "description")
        assert ended.code == 0, ended
        return sorted(ended.out.splitlines()[1:])

    assert here() == ["Edited", "There"]
    home.remove(there)
    assert ran(home, shift, "sync").code == 0
    assert here() == ["Edited"]
    assert [row["description"] for row in home.rows()] == ["Edited"]


def moment(minutes: int) -> str:
    """So many minutes from now, in Berlin."""
    return f"{datetime.fromtimestamp(time.time() + minutes * 60, BERLIN):%Y-%m-%d %H:%M:%S}"


def test_a_limit_is_waited_for_by_the_service_s_clock(own_site: Site, tmp_path: Path, shift: str) -> None:
    home = own_site.home(tmp_path / "home", own_site.key("ann"))
    assert ran(home, shift, "projects").code == 0
    own_site.stop()
    own_site.start(limits="3,1000,1000")
    for _ in range(5):
        ended = ran(home, shift, "api", "/users")
        if ended.code:
            break
    assert ended.code == 5
    found = re.search(r"retry in (\d+) s", ended.err)
    assert found, ended
    # A minute and one second more; the service's end and its `Date` are whole seconds, rounded apart.
    assert 5 < int(found[1]) <= 62
    added = ran(home, shift, "add", "Mine", "--for", "30m", "-p", "web")
    assert (added.code, added.err) == (0, "Stored here; 1 change is waiting to be sent to the account.\n")


@pytest.mark.parametrize(("skew", "words"), [(3_600, "1h behind"), (-120, "2m ahead of")])
def test_a_clock_that_differs_from_the_service_s_is_said_once(home: Home, skew: int, words: str) -> None:
    home.ok("log")
    store = Store(str(home.home / "env.db"), lambda: home.now)
    with closing(store):
        note_skew(store, 30.0)
        assert "clock" not in home.later().ok("log", "--offline").err
        note_skew(store, skew)
        note_skew(store, skew)
        said = home.ok("log", "--offline").err
        assert said.count(f"This computer's clock is {words} the service's.") == 1
        note_skew(store, skew)
        assert "clock" not in home.ok("log", "--offline").err
        note_skew(store, 0.0)
        note_skew(store, skew)
        assert words in home.ok("log", "--offline").err


def test_a_computer_with_a_wrong_clock_is_warned_by_its_first_answer(home: Home, shift: str) -> None:
    told = [ran(home, shift, "log", "--refresh").err.count("This computer's clock is") for _ in range(2)]
    assert told == [1, 0]
