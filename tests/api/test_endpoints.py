"""Lists are read to their end and no further; ids are quoted in paths."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.api import endpoints, wire
from clockeye_cli.api.client import Client
from clockeye_cli.api.lists import FullListing, listing
from clockeye_cli.core.safe_text import storable
from clockeye_cli.errors import (
    ClockeyeError,
    ForeignAnswerError,
    KeyMissingError,
    LimitedError,
    NoAnswerError,
    RejectedError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Handler = Callable[[httpx.Request], httpx.Response]


def client(handle: Handler, url: str = "http://127.0.0.1:1/v1") -> Client:
    return Client(url, "sk_key", {}, transport=httpx.MockTransport(handle), sleep=lambda _seconds: None)


class Always:
    """Gives the same answer to everything."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer

    def __call__(self, _request: httpx.Request) -> httpx.Response:
        return self.answer


class Pages:
    """Answers with the page that is asked for; behind the last one with the last one, for ever."""

    def __init__(self, *pages: tuple[list[str], int | None]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.query.decode())
        ids, total = self.pages[min(int(request.url.params.get("page", 1)), len(self.pages)) - 1]
        meta: dict[str, Any] = {} if total is None else {"total": total}
        return httpx.Response(200, json={"data": [{"id": one} for one in ids], "meta": meta})


@pytest.mark.parametrize(
    ("pages", "ids", "is_steady", "pages_asked"),
    [
        ([([], 0)], [], True, 1),
        ([(["a", "b"], 2)], ["a", "b"], True, 1),
        ([(["a"], 3), (["b"], 3), (["c"], 3), (["z"], 3)], ["a", "b", "c"], True, 3),
        ([(["a", "b"], 3), (["b", "c"], 3)], ["a", "b", "c"], True, 2),
        ([(["a"], None), (["b"], None), ([], None)], ["a", "b"], True, 3),
        ([(["a"], None), (["b"], None)], ["a", "b"], True, 3),
        ([(["a", "b"], 5), (["c"], 5), (["d"], 5), (["e"], 5)], ["a", "b", "c", "d", "e"], True, 4),
        ([(["a", "b"], 3), ([], 3)], ["a", "b"], False, 2),
        ([(["a"], 2), (["b"], 3), (["c"], 3)], ["a", "b", "c"], False, 3),
        ([(["a", "b"], 3), (["b"], 4), (["z"], 4)], ["a", "b"], False, 2),
        ([([], None)], [], True, 1),
        ([(["a", "b"], None)], ["a", "b"], True, 2),
        ([([str(number) for number in range(10)], 10)], [str(number) for number in range(10)], True, 2),
        ([(["a"] * 10, 1), (["b"], 1)], ["a", "b"], True, 3),
    ],
)
def test_a_list_ends_at_its_total_or_where_a_page_brings_nothing_new(
    pages: list[tuple[list[str], int | None]], ids: list[str], is_steady: bool, pages_asked: int
) -> None:
    service = Pages(*pages)
    listed = listing(client(service), "/users", {})
    assert ([row["id"] for row in listed.rows], listed.is_steady) == (ids, is_steady)
    asked = ["", *(f"page={number}" for number in range(2, pages_asked + 1))]
    assert sorted(set(service.asked) - {"per_page=200"}) == asked
    assert len(service.asked) <= pages_asked + 1


@pytest.mark.parametrize(("total", "most"), [(3, 3), (9, 6), (10**15, 6)])
def test_a_page_that_is_repeated_is_an_error_and_not_a_loop(total: int | None, most: int) -> None:
    service = Pages((["a", "b"], total))
    with pytest.raises(NoAnswerError, match="Cannot read all of /users: page 2 repeats earlier rows"):
        listing(client(service), "/users", {})
    assert 2 <= len(service.asked) <= most


def test_an_empty_page_ends_a_list_that_promised_more() -> None:
    service = Pages((["a"], 9), ([], 9))
    assert listing(client(service), "/users", {}) == FullListing([{"id": "a"}], is_steady=False, total=9)
    assert len(service.asked) <= 6


class Slow:
    """Nine pages of one row, which all wait for each other until so many are asked for at the same time.

    Args:
        together: How many.
        remaining: What it says about how many requests are left.
    """

    def __init__(self, together: int, remaining: int = 99) -> None:
        self.barrier = threading.Barrier(together)
        self.remaining = remaining
        self.most = self.now = 0
        self.asked: list[int] = []
        self.failing: dict[int, list[int]] = {}
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        page = int(request.url.params.get("page", 1))
        with self._lock:
            self.asked.append(page)
            self.now += 1
            self.most = max(self.most, self.now)
        if page > 1:
            self.barrier.wait(timeout=20)
        with self._lock:
            self.now -= 1
            status = self.failing[page].pop() if self.failing.get(page) else 200
        headers = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": str(self.remaining)}
        content = {"data": [{"id": f"row {page}"}], "meta": {"total": 9}}
        if status != 200:
            content = {"error": {"code": "told", "message": "told to"}}
        return httpx.Response(status, json=content, headers=headers)


def test_the_other_pages_are_read_four_at_a_time_and_their_rows_keep_their_order() -> None:
    service = Slow(together=4)
    listed = listing(client(service), "/users", {})
    assert listed == FullListing([{"id": f"row {page}"} for page in range(1, 10)], is_steady=True, total=9)
    assert (service.most, sorted(service.asked)) == (4, [1, *range(1, 10)])


def test_where_the_service_takes_only_few_more_pages_are_read_one_by_one() -> None:
    service = Slow(together=1, remaining=20)
    assert listing(client(service), "/users", {}).is_steady
    assert (service.most, service.asked) == (1, [1, *range(1, 10)])


def test_a_page_that_fails_on_the_way_is_tried_again() -> None:
    service = Slow(together=1)
    service.failing = {4: [502, 500]}
    assert listing(client(service), "/users", {}).is_steady
    assert service.asked.count(4) == 3


@pytest.mark.parametrize(
    ("statuses", "error"), [([403], KeyMissingError), ([404], RejectedError), ([500] * 3, NoAnswerError)]
)
def test_a_page_that_cannot_be_read_ends_the_reading_of_the_others(
    statuses: list[int], error: type[ClockeyeError]
) -> None:
    service = Slow(together=1)
    service.failing = {2: statuses}
    with pytest.raises(error):
        listing(client(service), "/users", {})
    assert max(service.asked) <= 5


def test_waiting_and_noting_stay_in_the_thread_that_asks() -> None:
    threads: list[int] = []
    service = Slow(together=4)
    with Client(
        "http://127.0.0.1:1/v1",
        "sk_key",
        {},
        before=lambda: threads.append(threading.get_ident()),
        after=lambda _limits: threads.append(threading.get_ident()),
        transport=httpx.MockTransport(service),
    ) as used:
        listing(used, "/users", {})
    assert threads == [threading.get_ident()] * 20


def test_a_limit_that_is_too_far_away_ends_the_reading() -> None:
    service = Slow(together=1)
    allowed = iter([None, None, None])

    def before() -> None:
        if next(allowed, "no") == "no":
            raise LimitedError("No more.", wait=60)

    with (
        Client(
            "http://127.0.0.1:1/v1", "sk_key", {}, before=before, transport=httpx.MockTransport(service)
        ) as used,
        pytest.raises(LimitedError, match=r"No more\."),
    ):
        listing(used, "/users", {})
    assert set(service.asked) <= {1, 2, 3}


def test_rows_with_a_field_called_data_are_rows() -> None:
    rows = [{"id": "a", "data": None}, {"id": "b", "data": {"x": 1}}]
    listed = listing(
        client(lambda _: httpx.Response(200, json={"data": rows, "meta": {"total": 2}})), "/x", {}
    )
    assert listed.rows == rows


def test_rows_without_an_id_are_counted_and_the_others_read() -> None:
    rows = [{"id": "a"}, {"name": "x"}, {"id": None}, {"id": ""}, "text", None, {"id": 5}]
    content = {"data": rows, "meta": {"total": 7}}
    listed = listing(client(lambda _: httpx.Response(200, json=content)), "/x", {})
    assert listed == FullListing([{"id": "a"}, {"id": 5}], is_steady=True, nameless=5, total=7)


def test_progress_is_reported_after_each_page() -> None:
    told: list[tuple[int, int | None]] = []
    service = Pages((["a"], 2), (["b"], 2))
    listing(client(service), "/x", {}, lambda rows, total: told.append((rows, total)))
    assert told == [(1, 2), (2, 2)]


def test_filters_that_are_not_given_are_not_sent() -> None:
    service = Pages(([], 0))
    endpoints.time_entries(client(service), start_date="2026-11-16", user_id="usr a&b")
    assert service.asked == ["start_date=2026-11-16&user_id=usr+a%26b"]


@pytest.mark.parametrize(
    ("entry_id", "path"),
    [
        ("te_1", "/v1/time-entries/te_1"),
        ("../users", "/v1/time-entries/..%2Fusers"),
        ("a/b", "/v1/time-entries/a%2Fb"),
        ("a?b=c#d", "/v1/time-entries/a%3Fb%3Dc%23d"),
        ("a%2Fb", "/v1/time-entries/a%252Fb"),
        ("é \n", "/v1/time-entries/%C3%A9%20%0A"),
        ("@evil.example", "/v1/time-entries/%40evil.example"),
        ("te_\udcff", "/v1/time-entries/te_%3F"),
    ],
)
def test_an_id_is_quoted_in_every_path(entry_id: str, path: str) -> None:
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        entry = {"id": storable(entry_id), "start_time": "2024-01-15T09:00:00Z"}
        return httpx.Response(200, json={"data": entry})

    with client(handle) as used:
        endpoints.time_entry(used, entry_id)
        endpoints.update_time_entry(used, entry_id, {})
        endpoints.delete_time_entry(used, entry_id)
    assert seen == [path] * 3


@pytest.mark.parametrize("entry_id", ["", ".", ".."])
def test_an_id_that_would_be_another_address_is_never_sent(entry_id: str) -> None:
    def handle(_request: httpx.Request) -> httpx.Response:
        raise AssertionError

    with client(handle) as used:
        with pytest.raises(UsageError, match="is not an id"):
            endpoints.time_entry(used, entry_id)
        with pytest.raises(UsageError, match="is not an id"):
            endpoints.update_time_entry(used, entry_id, {})
        with pytest.raises(UsageError, match="is not an id"):
            endpoints.delete_time_entry(used, entry_id)


def test_a_missing_entry_is_none_and_deleting_it_is_fine() -> None:
    for status in (404, 410):
        gone = Always(httpx.Response(status, json={"error": {"code": "not_found"}}))
        with client(gone) as used:
            assert endpoints.time_entry(used, "te_1") is None
            assert not endpoints.delete_time_entry(used, "te_1")


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_says_not_found_is_not_the_service(status: int) -> None:
    with client(lambda _: httpx.Response(status, text="<html>Not found</html>")) as used:
        with pytest.raises(ForeignAnswerError):
            endpoints.time_entry(used, "te_1")
        with pytest.raises(ForeignAnswerError):
            endpoints.delete_time_entry(used, "te_1")


def test_another_refusal_of_a_delete_is_an_error() -> None:
    refusal = httpx.Response(409, json={"message": "Locked"})
    with client(lambda _: refusal) as used, pytest.raises(RejectedError) as refused:
        endpoints.delete_time_entry(used, "te_1")
    assert refused.value.status == 409


def test_an_answer_about_another_entry_is_none() -> None:
    other = {"data": {"id": "te_2", "start_time": "2024-01-15T09:00:00Z"}}
    with client(lambda _: httpx.Response(200, json=other)) as used:
        with pytest.raises(NoAnswerError, match="the entry te_2 instead of te_1"):
            endpoints.time_entry(used, "te_1")
        with pytest.raises(NoAnswerError, match="the entry te_2 instead of te_1"):
            endpoints.update_time_entry(used, "te_1", {})


def test_a_new_entry_is_sent_as_json_and_read_back() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"data": {"id": "te_1", **json.loads(request.content)}})

    start = 1_705_309_200
    body = wire.body(
        project_id="prj_1", description="Bücher", started_at=start, ended_at=start + 60, billable=True
    )
    entry = endpoints.create_time_entry(client(handle), body)
    assert (entry.id, entry.started_at, entry.ended_at, entry.billable) == ("te_1", start, start + 60, True)
    assert (seen[0].method, seen[0].url.path, seen[0].headers["Content-Type"]) == (
        "POST",
        "/v1/time-entries",
        "application/json",
    )
    assert json.loads(seen[0].content)["end_time"] == "2024-01-15T09:01:00Z"
