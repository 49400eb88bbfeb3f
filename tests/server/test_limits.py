"""Three sliding windows, exact at their edges, across a restart, in the headers of every response."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.server.database import Database
from clockeye_cli.server.limits import UNLIMITED, Allowance, Limiter, Limits, parse_limits
from clockeye_cli.server.usage import load, save, steady_clock
from tests.server.raw import sql
from tests.server.served import NOON, Api, Clock, Team

if TYPE_CHECKING:
    from pathlib import Path


def taken(limiter: Limiter, clock: Clock, at: float) -> Allowance:
    clock.now = NOON + at
    return limiter.take("key_a")


def test_a_window_slides_and_is_exact_at_its_edge() -> None:
    clock = Clock()
    limiter = Limiter(Limits(2, 100, 1000), clock)
    assert taken(limiter, clock, 0) == Allowance(2, 1, int(NOON) + 60)
    assert taken(limiter, clock, 20) == Allowance(2, 0, int(NOON) + 60)
    assert taken(limiter, clock, 59.75) == Allowance(2, 0, int(NOON) + 60, retry_after=1)
    assert taken(limiter, clock, 60).retry_after == 0
    assert taken(limiter, clock, 79).retry_after == 1
    assert taken(limiter, clock, 80).retry_after == 0


@pytest.mark.parametrize(
    ("limits", "seconds"), [(Limits(3, 9, 9), 60), (Limits(9, 3, 9), 3600), (Limits(9, 9, 3), 86_400)]
)
def test_each_window_refuses_until_its_oldest_request_leaves_it(limits: Limits, seconds: int) -> None:
    clock = Clock()
    limiter = Limiter(limits, clock)
    for at in (0, 1, 2):
        assert taken(limiter, clock, at).retry_after == 0
    assert taken(limiter, clock, 3).retry_after == seconds - 3
    assert taken(limiter, clock, seconds - 0.5).retry_after == 1
    assert taken(limiter, clock, seconds).retry_after == 0


def test_refused_requests_do_not_count() -> None:
    clock = Clock()
    limiter = Limiter(Limits(1, 100, 100), clock)
    assert [taken(limiter, clock, at).retry_after for at in (0, 10, 30, 59, 60)] == [0, 50, 30, 1, 0]


def test_the_headers_are_about_the_window_that_is_nearest_to_its_end() -> None:
    clock = Clock()
    limiter = Limiter(Limits(10, 12, 100), clock)
    for _ in range(9):
        limiter.take("key_a")
    assert taken(limiter, clock, 61) == Allowance(12, 2, int(NOON) + 3600)


def test_keys_do_not_share_their_windows() -> None:
    limiter = Limiter(Limits(1, 1, 1), Clock())
    assert limiter.take("key_a").retry_after == 0
    assert limiter.take("key_b").retry_after == 0


def test_the_reference_s_limits_are_exact() -> None:
    clock = Clock()
    limiter = Limiter(Limits(), clock)
    assert all(limiter.take("key_a").retry_after == 0 for _ in range(100))
    assert limiter.take("key_a") == Allowance(100, 0, int(NOON) + 60, retry_after=60)


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    api = Api(str(tmp_path / "server.db"))
    database = Database(api.data)
    key = api.key("owner")
    before = Limiter(Limits(3, 50, 500), api.clock)
    for at in (0, 10):
        api.clock.now = NOON + at
        before.take(key.id)
    save(database, before)
    api.clock.now = NOON + 20
    before.take(key.id)
    save(database, before)
    after = Limiter(Limits(3, 50, 500), api.clock)
    load(database, after)
    assert after.take(key.id) == before.take(key.id) == Allowance(3, 0, int(NOON) + 60, retry_after=40)


def test_what_no_window_holds_any_more_is_not_kept(tmp_path: Path) -> None:
    api = Api(str(tmp_path / "server.db"))
    database = Database(api.data)
    key = api.key("owner")
    limiter = Limiter(Limits(), api.clock)
    for at in (0, 86_400, 86_500):
        api.clock.now = NOON + at
        limiter.take(key.id)
        save(database, limiter)
    assert sql(api.data, "SELECT count(*) FROM recent_requests") == [(2,)]


def test_times_from_the_future_count_from_now() -> None:
    clock = Clock()
    limiter = Limiter(Limits(1, 10, 10), clock)
    limiter.restore("key_a", [NOON + 5000])
    assert limiter.take("key_a").retry_after == 60


def test_lower_limits_after_a_restart() -> None:
    limiter = Limiter(Limits(2, 10, 10), Clock())
    limiter.restore("key_a", [NOON - 50, NOON - 40, NOON - 30, NOON - 20])
    assert limiter.take("key_a").retry_after == 30


def test_the_clock_follows_the_wall_forward_and_never_back() -> None:
    wall, steady = [1000.0], [0.0]
    clock = steady_clock(lambda: wall[0], lambda: steady[0])
    readings = []
    for wall[0], steady[0] in ((1010, 10), (500, 20), (510, 30), (9000, 40), (9010, 50)):
        readings.append(clock())
    assert readings == [1010, 1020, 1030, 9000, 9010]


@pytest.mark.parametrize("text", ["", "100", "1,2", "0,1,2", "a,b,c", "-1,2,3", "1,2,3,4", "1, 2,3", "²,1,1"])
def test_limits_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="for --limits"):
        parse_limits(text)


def test_limits_as_they_are_typed() -> None:
    assert parse_limits("100,5000,50000") == Limits()
    assert parse_limits("off") is None


def test_every_answer_has_the_three_headers(team: Team) -> None:
    team.api.open("5,50,500")
    key = team.keys["owner"]
    some = team.api.client(key.key)
    answers = [
        some.get("/users"),
        some.get("/time-entries/te_none"),
        some.post("/projects", json={}),
        team.api.client().get("/users"),
        team.api.client("wrong").get("/users"),
        some.get("/nowhere"),
        some.request("TRACE", "/users"),
        some.get("/users", headers={"Host": "evil.example"}),
        some.get("http://127.0.0.1/docs"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 400, 401, 401, 404, 405, 400, 200]
    limits = [
        [answer.headers[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")]
        for answer in answers
    ]
    reset = str(int(NOON) + 60)
    assert limits == [["5", remaining, reset] for remaining in "432555555"]


def test_a_request_too_many(team: Team) -> None:
    team.api.open("2,50,500")
    some = team.api.client(team.keys["owner"].key)
    assert [some.get("/users").status_code for _ in range(2)] == [200, 200]
    team.api.clock.now += 20.5
    answer = some.get("/users")
    assert answer.status_code == 429
    assert answer.json() == {
        "error": {"code": "rate_limit_exceeded", "message": "Rate limit exceeded", "details": {}}
    }
    assert answer.headers["Retry-After"] == "40"
    assert answer.headers["X-RateLimit-Remaining"] == "0"


def test_without_limits_the_headers_say_so(team: Team) -> None:
    assert team.owner.get("/users").headers["X-RateLimit-Remaining"] == str(UNLIMITED)
