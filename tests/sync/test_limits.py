"""The service's limits: never a request too many, and hardly a second wasted; in time of our own."""

from __future__ import annotations

from datetime import UTC, date
from email.utils import formatdate
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.server.limits import Allowance, Limiter, Limits
from clockeye_cli.store import outbox
from clockeye_cli.sync.pull import pull
from clockeye_cli.sync.push import push
from clockeye_cli.sync.waiting import Waiting
from tests.sync.service import NOON, URL, Clock, Service, account_of
from tests.system.real_parts import folder_in_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clockeye_cli.store.state import Store
    from clockeye_cli.sync.account import Account

DAY = date(2026, 11, 20)
HOUR = 3600.0


class Time:
    """It passes while somebody sleeps or a request is under way. The service's clock may be another one."""

    def __init__(self, now: float = NOON + 0.37, *, ahead: float = 0.0) -> None:
        self.now = now
        self.ahead = ahead
        self.slept: list[float] = []

    def here(self) -> float:
        return self.now

    def there(self) -> float:
        return self.now + self.ahead

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class FixedWindows:
    """The three windows as many services count them: each begins on the hour, and then all is free again."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._used: dict[tuple[int, int], int] = {}

    def take(self, _key: str) -> Allowance:
        now = self._clock()
        windows = [
            (limit, width, int(now // width))
            for limit, width in zip(self._limits, (60, 3600, 86_400), strict=True)
        ]
        left = {
            (limit, (number + 1) * width): limit - self._used.get((width, number), 0)
            for limit, width, number in windows
        }
        (limit, reset), remaining = min(left.items(), key=lambda item: item[1])
        if remaining <= 0:
            return Allowance(limit, 0, reset, int(reset - now) + 1)
        for _limit, width, number in windows:
            self._used[width, number] = self._used.get((width, number), 0) + 1
        return Allowance(limit, remaining - 1, reset)


class Limited:
    """A service that counts.

    Args:
        time: When it is.
        windows: How it counts.
        seconds: A request takes there and back.
    """

    def __init__(self, time: Time, windows: Limiter | FixedWindows, *, seconds: float = 0.0) -> None:
        self.service = Service()
        self.time = time
        self.refused = 0
        self.times: list[float] = []
        self.refusals: list[dict[str, str]] = []
        self.says: dict[str, str] | None = None
        self.on_its_way: Callable[[], object] = lambda: None
        self._windows = windows
        self._seconds = seconds

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.time.now += self._seconds / 2
        self.on_its_way()
        if self.refusals:
            return httpx.Response(429, headers=self.refusals.pop())
        allowance = self._windows.take("key")
        date = formatdate(int(self.time.there()), usegmt=True)
        if allowance.retry_after:
            self.refused += 1
            answer = httpx.Response(429, headers={"Retry-After": str(allowance.retry_after)})
        else:
            self.times.append(self.time.now)
            answer = self.service.handle(request)
        said = dict([("Date", date), *allowance.headers()]) if self.says is None else self.says
        answer.headers.update(said)
        self.time.now += self._seconds / 2
        return answer

    def account(self, folder: Path, *, patience: float | None = None, name: str = "work") -> Account:
        """A process that works on it."""
        made = account_of(self.service, folder, Clock(NOON), name)
        waiting = Waiting(made.store, patience=patience, wall=self.time.here, sleep=self.time.sleep)
        client = Client(
            URL,
            "key",
            {},
            before=waiting.before,
            after=waiting.after,
            transport=httpx.MockTransport(self),
            sleep=self.time.sleep,
        )
        return made._replace(client=client)


def queue(store: Store, count: int) -> None:
    with store.write(["import"], UTC) as write:
        for number in range(count):
            start = NOON - 10_000_000 + number * 600
            write.change(
                None, TimeEntry(f"te_{number:012}", f"Work {number}", None, start, start + 300, True)
            )


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of commits would wait for the disk."""
    with folder_in_memory() as folder:
        yield folder


@pytest.mark.parametrize(
    ("count", "windows", "seconds", "ahead"),
    [
        (1_500, Limiter, 0.08, HOUR),
        (300, Limiter, 0.0, -HOUR),
        (300, FixedWindows, 0.08, HOUR),
        (300, FixedWindows, 0.0, -HOUR),
    ],
    ids=["1500", "sliding", "fixed", "fixed and near"],
)
def test_a_queue_is_sent_as_fast_as_the_limit_allows_and_never_faster(
    count: int, windows: type[Limiter | FixedWindows], seconds: float, ahead: float, quick: Path
) -> None:
    time = Time(ahead=ahead)
    service = Limited(time, windows(Limits(), time.there), seconds=seconds)
    account = service.account(quick)
    queue(account.store, count)
    began = time.now
    pushed = push(account)
    assert (pushed.delivered, pushed.stopped, service.refused) == (count, None, 0)
    assert len(service.service.entries) == count
    assert time.now - began <= 1.02 * ((count // 100 - 1) * 60 + 100 * seconds)


def test_the_hour_counts_too(quick: Path) -> None:
    time = Time()
    service = Limited(time, Limiter(Limits(100, 150, 50_000), time.there), seconds=0.01)
    account = service.account(quick)
    queue(account.store, 200)
    began = time.now
    assert (push(account).delivered, service.refused) == (200, 0)
    assert time.now - began <= 1.02 * HOUR


def test_two_processes_that_send_and_read_at_the_same_time_share_what_is_left(quick: Path) -> None:
    time = Time()
    service = Limited(time, Limiter(Limits(), time.there), seconds=0.02)
    sender, reader = service.account(quick), service.account(quick)
    queue(sender.store, 300)
    turns = iter(range(10**6))

    def read() -> None:
        """Another command, while each seventh request of the sender is on its way."""
        service.on_its_way, again = (lambda: None), service.on_its_way
        if next(turns) % 7 == 0:
            pull(reader, DAY, DAY, whose=MINE)
        service.on_its_way = again

    service.on_its_way = read
    assert (push(sender).delivered, service.refused) == (300, 0)
    assert len(service.times) > 340


def test_pages_that_are_read_four_at_a_time_keep_within_the_limit(quick: Path) -> None:
    time = Time()
    service = Limited(time, Limiter(Limits(30), time.there), seconds=0.01)
    service.service.per_page = 1
    for number in range(100):
        service.service.add(str(number), NOON - (number + 1) * 600, NOON - number * 600)
    assert pull(service.account(quick), None, None, whose=MINE).changed == 100
    assert service.refused == 0


ODD = [
    {"Retry-After": "7"},
    {"Retry-After": "soon", "X-RateLimit-Reset": "-1"},
    {"X-RateLimit-Reset": "9"},
    {"X-RateLimit-Reset": "1e400", "X-RateLimit-Limit": "many", "X-RateLimit-Remaining": "few"},
    {"X-RateLimit-Reset": str(NOON * 1000), "X-RateLimit-Limit": "0", "X-RateLimit-Remaining": "0"},
    {"X-RateLimit-Reset": str(NOON + 3600 + 20), "Date": formatdate(NOON + 3600, usegmt=True)},
    {"X-RateLimit-Reset": str(NOON - 3600 + 20), "Date": formatdate(NOON - 3600, usegmt=True)},
    {},
]


@pytest.mark.parametrize(("headers", "waited"), list(zip(ODD, [7, 60, 10, 60, 60, 21, 21, 60], strict=True)))
def test_after_a_refusal_it_waits_as_long_as_the_service_means_and_goes_on(
    headers: dict[str, str], waited: float, quick: Path
) -> None:
    time = Time(float(NOON))
    service = Limited(time, Limiter(Limits(), time.there))
    account = service.account(quick)
    queue(account.store, 3)
    service.refusals = [headers]
    assert push(account).delivered == 3
    assert time.slept == [waited]


@pytest.mark.parametrize("headers", ODD)
def test_whatever_each_answer_says_everything_is_delivered(headers: dict[str, str], quick: Path) -> None:
    time = Time(float(NOON))
    service = Limited(time, Limiter(Limits(), time.there))
    service.says = headers
    account = service.account(quick)
    queue(account.store, 5)
    assert push(account).delivered == 5
    assert sum(time.slept) <= 5 * 60


def test_an_interactive_command_leaves_the_rest_queued(quick: Path) -> None:
    time = Time()
    service = Limited(time, Limiter(Limits(), time.there))
    account = service.account(quick, patience=5)
    queue(account.store, 120)
    pushed = push(account)
    assert (pushed.delivered, service.refused, time.slept) == (100, 0, [])
    assert pushed.stopped is not None
    assert pushed.stopped.code == "rate_limited"
    with account.store.read() as connection:
        assert {row.state for row in outbox.rows(connection)} == {"queued"}
