"""Lists are asked for as the service has shown to take it, and read whole from services of every kind."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.api.lists import listing
from clockeye_cli.api.long_lists import steady_listing
from clockeye_cli.core.dialect import Dialect
from clockeye_cli.errors import RejectedError
from clockeye_cli.store.listed_rows import ListedRows
from tests.other_service import KEY, SWITCHES, OtherService, Refused

if TYPE_CHECKING:
    from clockeye_cli.api.lists import FullListing

NOON = 1_795_172_400
LISTS = [
    "plain",
    "cap_100_is_400",
    "unknown_parameters_are_400",
    "filters_are_ignored",
    "per_page_is_ignored",
    "bare_entries",
    "no_total",
    "total_of_page",
    "total_too_large",
]
FILTERS = {"start_date": "2026-11-01", "end_date": "2026-11-30", "user_id": None}


class Asked:
    """A service in memory, the queries that it gets, and a client with a dialect that lasts."""

    def __init__(self, *switches: str, rows: int = 60) -> None:
        self.service = OtherService(*switches)
        for number in range(rows):
            self.service.add(f"Entry {number}", NOON - number * 60, NOON)
        self.queries: list[str] = []
        self.client = Client("http://127.0.0.1:1/v1", KEY, {}, transport=httpx.MockTransport(self.handle))

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.queries.append(request.url.query.decode())
        body = json.loads(request.content) if request.content else None
        query = dict(request.url.params)
        try:
            status, content = self.service.answer(request.method, request.url.path, query, body)
        except Refused as refused:
            status, content = refused.status, self.service.error(refused)
        if content is None and status == HTTPStatus.OK:
            return httpx.Response(HTTPStatus.NO_CONTENT)
        return httpx.Response(status, json=content)

    def read(self, path: str = "/time-entries") -> FullListing:
        """Read a list; `queries` are those that it took."""
        self.queries.clear()
        return listing(self.client, path, {})


@pytest.mark.parametrize("switch", sorted(one for one in SWITCHES if "put_" not in one and "run" not in one))
@pytest.mark.parametrize("rows", [0, 1, 3, 50, 51, 100, 101, 205])
def test_every_list_is_read_whole_and_so_it_is_the_next_time(switch: str, rows: int) -> None:
    asked = Asked(switch, rows=rows)
    for _ in range(3):
        kept = ListedRows()
        listed = steady_listing(asked.client, "/time-entries", FILTERS, kept, lambda _rows, _total: None)
        assert {str(row["id"]) for row in kept} == set(asked.service.entries)
        assert listed.is_steady
        assert len(listing(asked.client, "/projects", {}).rows) == 1
        asked.service.add("More", NOON, NOON)


@pytest.mark.parametrize(
    ("switch", "first", "then"),
    [
        ("plain", ["", "per_page=200"], ["per_page=200"]),
        ("cap_100_is_silent", ["", "per_page=200"], ["per_page=100"]),
        ("cap_100_is_400", ["", "per_page=200", "per_page=100"], ["per_page=100"]),
        ("per_page_is_ignored", ["", "per_page=200", "page=2"], ["", "page=2"]),
        ("unknown_parameters_are_400", ["", "per_page=200", "per_page=100", "page=2"], ["", "page=2"]),
        ("bare_entries", ["", "page=2"], ["", "page=2"]),
        ("no_total", ["", "page=2", "per_page=200", "page=2&per_page=200"], ["per_page=200"]),
    ],
)
def test_the_first_request_is_plain_and_what_was_learned_is_used(
    switch: str, first: list[str], then: list[str]
) -> None:
    asked = Asked(switch)
    asked.read()
    assert asked.queries == first
    asked.read()
    assert asked.queries[: len(then)] == then
    assert len(asked.queries) <= len(first)


def test_of_a_row_that_moved_to_a_later_page_only_the_later_version_is_kept() -> None:
    pages = [
        [{"id": "a", "v": 1}, {"id": "b", "v": 1}],
        [{"id": "b", "v": 2}, {"id": "c", "v": 2}],
        [{"id": "a", "v": 3}, {"id": "b", "v": 3}],
    ]

    def handle(request: httpx.Request) -> httpx.Response:
        rows = dict(enumerate(pages, 1)).get(int(request.url.params.get("page", 1)), [])
        return httpx.Response(200, json={"data": [] if "per_page" in request.url.params else rows})

    client = Client("http://127.0.0.1:1/v1", KEY, {}, transport=httpx.MockTransport(handle))
    rows = ListedRows()
    steady_listing(client, "/time-entries", {}, rows, lambda _rows, _total: None)
    kept = [{"id": "c", "v": 2}, {"id": "a", "v": 3}, {"id": "b", "v": 3}]
    assert ([*rows], rows.unlisted(["a", "b", "c", "d"])) == (kept, {"d"})
    assert [*rows] == kept  # as often as they are needed


def test_a_list_that_fits_on_a_page_is_one_request() -> None:
    asked = Asked(rows=49)
    asked.read()
    assert asked.queries == [""]


def test_a_list_without_pages_is_asked_for_once_when_that_is_known() -> None:
    asked = Asked("bare_lists")
    asked.read("/projects")
    assert asked.queries == ["", "page=2"]
    asked.read("/projects")
    assert asked.queries == [""]


def test_what_a_service_refuses_that_it_granted_before_is_learned_anew() -> None:
    asked = Asked()
    asked.read()
    asked.service.switches = {"cap_100_is_400"}
    asked.client.learn(asked.client.dialect.with_list("/time-entries", page_size=200))
    assert len(asked.read().rows) == 60
    assert asked.queries == ["per_page=200", "", "per_page=200", "per_page=100"]
    assert asked.client.dialect.of("/time-entries").page_size == 100


@pytest.mark.parametrize("before", LISTS)
def test_a_service_that_reads_lists_otherwise_from_one_day_to_the_next_is_learned_anew(before: str) -> None:
    for after in LISTS:
        asked = Asked(before, rows=60)
        for switch in (before, after):
            asked.service.switches = {switch}
            for _ in range(2):
                rows = ListedRows()
                listed = steady_listing(
                    asked.client, "/time-entries", FILTERS, rows, lambda _rows, _total: None
                )
                assert {str(row["id"]) for row in rows} == set(asked.service.entries), after
                assert listed.is_steady, after
        again = Asked(after, rows=60)
        again.client.learn(asked.client.dialect.without_refusals())
        again.read()
        learned = Asked(after, rows=60)
        learned.read()
        refused = [each.client.dialect.of("/time-entries").refused for each in (again, learned)]
        assert refused[0] == refused[1], after


def test_a_total_that_was_wrong_is_right_again_and_the_other_way_round() -> None:
    asked = Asked(rows=205)
    for switch, total in (("total_too_large", "wrong"), ("plain", "right"), ("no_meta", "none")):
        asked.service.switches = {"cap_100_is_silent", switch}
        for _ in range(2):
            steady_listing(asked.client, "/time-entries", {}, ListedRows(), lambda _rows, _total: None)
        assert asked.client.dialect.of("/time-entries").total == total


@pytest.mark.parametrize("path", ["/users", "/projects"])
def test_ids_that_were_integers_are_texts_again(path: str) -> None:
    asked = Asked("integer_ids", rows=0)
    asked.read(path)
    kind = path.strip("/s")
    learned = [asked.client.dialect.integer_ids]
    asked.service.switches = set()
    asked.read(path)
    learned.append(asked.client.dialect.integer_ids)
    assert learned == [(kind,), ()]


@pytest.mark.parametrize("status", [403, 404, 409])
def test_other_refusals_of_a_list_are_errors_and_nothing_is_learned(status: int) -> None:
    error = {"error": {"code": "no", "message": "No per_page for you"}}
    client = Client(
        "http://127.0.0.1:1/v1",
        KEY,
        {},
        transport=httpx.MockTransport(lambda _: httpx.Response(status, json=error)),
    )
    with pytest.raises(Exception, match="No per_page for you"):
        listing(client, "/time-entries", {"start_date": "2026-11-01"})
    assert client.dialect == Dialect()


def test_a_service_that_refuses_every_request_teaches_nothing() -> None:
    error = {"error": {"code": "no", "message": "Not today"}}
    client = Client(
        "http://127.0.0.1:1/v1",
        KEY,
        {},
        transport=httpx.MockTransport(lambda _: httpx.Response(400, json=error)),
    )
    with pytest.raises(RejectedError):
        listing(client, "/time-entries", {"start_date": "2026-11-01", "end_date": "2026-11-02"})
    assert client.dialect == Dialect()
