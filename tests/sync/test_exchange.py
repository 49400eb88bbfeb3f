"""A whole exchange: its turn behind another sender, its second look, and what is left over."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.errors import NeverArrivedError, UnreachableError
from clockeye_cli.store import outbox, remote
from clockeye_cli.store import pulled as pulled_days
from clockeye_cli.store.outbox import Row
from clockeye_cli.sync.exchange import read_last_weeks, remaining, send_all
from clockeye_cli.sync.lock import sender_lock
from clockeye_cli.sync.pause import is_paused, pause_after
from tests.sync.service import Clock, Service, account_of

if TYPE_CHECKING:
    from pathlib import Path

    from clockeye_cli.sync.account import Account

NOON = 1_795_000_000 - 1_795_000_000 % 3600
TODAY = datetime.fromtimestamp(NOON, UTC).date()
ENTRY = TimeEntry("te_aaaaaaaaaaaa", "Fix the bug", None, NOON - 3600, NOON - 1800, True)


class Time:
    """A clock on the wall and one that counts up, which move when somebody sleeps, and only then."""

    def __init__(self) -> None:
        self.wall = Clock(NOON)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.wall.now += int(seconds)

    def monotonic(self) -> float:
        return sum(self.slept)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def account(service: Service, tmp_path: Path, time: Time) -> Account:
    made = account_of(service, tmp_path, time.wall)
    with made.store.write(["test"], UTC) as write:
        write.change(None, ENTRY)
    return made


def sent(account: Account, time: Time) -> int:
    return send_all(account, sleep=time.sleep, monotonic=time.monotonic)


def test_what_waits_is_sent_without_waiting(account: Account, service: Service, time: Time) -> None:
    assert sent(account, time) == 1
    assert [description for description, _, _ in service.mine()] == ["Fix the bug"]
    assert time.slept == []


@pytest.mark.parametrize(("fault", "arrives"), [("drop_before", False), ("drop_after", True)])
def test_what_may_have_arrived_is_looked_for_twice_before_it_is_sent_again(
    account: Account, service: Service, time: Time, fault: str, arrives: bool
) -> None:
    service.faults = [fault]
    assert sent(account, time) == 0
    assert sent(account, time) == 1
    assert len(service.mine()) == 1
    posts = [request for request in service.requests if request.startswith("POST")]
    assert len(posts) == (1 if arrives else 2)
    assert time.slept == ([] if arrives else [account.settle])


@pytest.mark.parametrize("jump", [-86_400, 86_400])
def test_a_clock_that_jumps_makes_no_wait_longer_than_a_look_needs(
    account: Account, service: Service, time: Time, jump: int
) -> None:
    service.faults = ["drop_before"]
    sent(account, time)
    with account.store.exchange() as connection:
        (row,) = outbox.rows(connection)
        outbox.put(connection, row._replace(looks=1, looked_at=NOON))
    time.wall.now += jump
    sent(account, time)
    assert time.slept == ([account.settle] if jump < 0 else [])


def test_why_it_stopped_is_raised_and_the_rest_waits(account: Account, service: Service, time: Time) -> None:
    service.faults = ["refuse"] * 3
    with pytest.raises(NeverArrivedError):
        sent(account, time)
    with account.store.read() as connection:
        assert [row.state for row in outbox.rows(connection)] == ["queued"]


def lock_of(account: Account) -> str:
    return account.store.path.removesuffix(".db") + ".sender.lock"


def test_another_sender_is_waited_for_a_minute_and_no_longer(account: Account, time: Time) -> None:
    with sender_lock(lock_of(account)), pytest.raises(UnreachableError) as refused:
        sent(account, time)
    assert refused.value.code == "busy"
    assert 60 <= sum(time.slept) < 61


def test_after_another_sender_it_is_our_turn(account: Account, service: Service, time: Time) -> None:
    with ExitStack() as other:
        assert other.enter_context(sender_lock(lock_of(account)))

        def sleep(seconds: float) -> None:
            time.sleep(seconds)
            if len(time.slept) == 3:
                other.close()

        assert send_all(account, sleep=sleep, monotonic=time.monotonic) == 1
    assert time.slept == [0.1, 0.1, 0.1]
    assert len(service.mine()) == 1


def test_the_last_weeks_are_read_and_the_account_is_reached_again(account: Account, service: Service) -> None:
    service.add("Yesterday", NOON - 90_000, NOON - 86_400)
    pause_after(account.store, NeverArrivedError("no network"), NOON)
    assert is_paused(account.store, NOON)
    pulled = read_last_weeks(account, TODAY)
    assert (pulled.changed, pulled.removed, pulled.is_steady) == (1, 0, True)
    assert not is_paused(account.store, NOON)
    days = [(TODAY - timedelta(days=number)).isoformat() for number in (36, 35, 0)]
    with account.store.read() as connection:
        read_at = [pulled_days.days(connection, day, day, MINE)[0].get(day) for day in days]
        assert list(remote.project_ids(connection)) == ["prj_web"]
    assert read_at == [None, NOON, NOON]


def test_what_came_meanwhile_is_not_left_over_unless_a_person_decides(account: Account) -> None:
    rows = [
        Row(1, "create", ENTRY.local_id, "queued"),
        Row(2, "create", "te_new", "queued"),
        Row(3, "create", "te_refused", "rejected"),
    ]
    with account.store.exchange() as connection:
        for row in rows:
            outbox.put(connection, row)
    with account.store.read() as connection:
        assert remaining(connection, {(1, ENTRY.local_id)}) == [rows[0], rows[2]]
        assert remaining(connection, set()) == [rows[2]]
