"""Limits are shared through the store, and waited for only as long as there is patience."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.api.pace import RateLimits
from clockeye_cli.errors import LimitedError
from clockeye_cli.store.state import Store
from clockeye_cli.sync.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Wall:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[list[Store]]:
    opened = [Store(str(tmp_path / "work.db"), lambda: 1_795_000_000, to_account=True) for _ in range(2)]
    yield opened
    for store in opened:
        store.close()


def waiting(store: Store, wall: Wall, patience: float | None) -> Waiting:
    return Waiting(store, patience=patience, wall=wall, sleep=wall.sleep)


def test_where_nothing_is_known_nothing_is_waited_for(stores: list[Store], wall: Wall) -> None:
    waiting(stores[0], wall, 0).before()
    assert wall.slept == []


def test_what_one_process_was_told_another_waits_for(stores: list[Store], wall: Wall) -> None:
    waiting(stores[0], wall, None).after(RateLimits(100, 0, 30.0))
    wall.now += 10
    other = waiting(stores[1], wall, None)
    other.before()
    other.after(RateLimits(100, 99, 60.0))
    other.before()
    assert wall.slept == [20.0]


def test_an_interactive_command_waits_five_seconds_in_all_and_then_gives_up(
    stores: list[Store], wall: Wall
) -> None:
    first, second = waiting(stores[0], wall, 5), waiting(stores[1], wall, None)
    second.after(RateLimits(100, 0, 3.0))
    first.before()
    second.after(RateLimits(100, 0, 3.0))
    with pytest.raises(LimitedError, match="retry in 3 s") as limited:
        first.before()
    assert (limited.value.wait, limited.value.exit_code, limited.value.code) == (3.0, 5, "rate_limited")
    assert wall.slept == [3.0]


@pytest.mark.parametrize(("wait", "slept"), [(5.0, [5.0]), (5.1, None)])
def test_five_seconds_are_waited_and_more_are_not(
    wait: float, slept: list[float] | None, stores: list[Store], wall: Wall
) -> None:
    waiting(stores[0], wall, None).after(RateLimits(100, 0, wait))
    used = waiting(stores[1], wall, 5)
    if slept is None:
        with pytest.raises(LimitedError):
            used.before()
    else:
        used.before()
    assert wall.slept == (slept or [])


def test_while_requests_are_left_nothing_is_waited_for(stores: list[Store], wall: Wall) -> None:
    waiting(stores[0], wall, None).after(RateLimits(100, 1, 30.0))
    waiting(stores[1], wall, 0).before()
    assert wall.slept == []


def test_plenty_again_ends_the_wait_that_was_noted(stores: list[Store], wall: Wall) -> None:
    used = waiting(stores[0], wall, None)
    used.after(RateLimits(100, 0, 30.0))
    used.after(RateLimits(100, 99, 60.0))
    waiting(stores[1], wall, 0).before()
    assert wall.slept == []


def test_a_clock_that_went_back_does_not_make_anybody_wait_for_days(stores: list[Store], wall: Wall) -> None:
    waiting(stores[0], wall, None).after(RateLimits(100, 0, 30.0))
    wall.now -= 86_400
    waiting(stores[1], wall, 0).before()
    assert wall.slept == []
