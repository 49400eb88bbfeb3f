"""Hostile bodies, queries and names are rejected in the API's error format, and nothing is stored."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.server.raw import sql
from tests.server.served import STORAGES, Api, Team, place

if TYPE_CHECKING:
    from collections.abc import Iterator


CONTROLS = ["\x00", "\x01", "\x08", "\x0b", "\r", "\x1b[31m", "\x7f", "\x80", "\x9f", "\ud800"]
SQL = [
    "' OR 1=1 --",
    "'; DROP TABLE time_entries; --",
    '" UNION SELECT secret_hash FROM api_keys --',
    "%",
    "\\",
]
FIELDS = ("project_id", "description", "start_time", "end_time", "billable", "user_id")


def refused(answer: Any) -> dict[str, str]:
    """The details of a 400 in the reference's form."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["Content-Type"] == "application/json"
    error = answer.json()["error"]
    assert set(answer.json()) == {"error"}
    assert set(error) == {"code", "message", "details"}
    assert error["code"] == "invalid_request"
    details: dict[str, str] = error["details"]
    return details


@pytest.fixture(scope="module", params=STORAGES)
def everybody(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    """One team for all tests on a storage, with an entry."""
    with closing(Api(place(request.param, tmp_path_factory.mktemp("data")))) as api:
        team = Team(api)
        team.add("owner")
        yield team


@pytest.fixture
def unchanged(everybody: Team) -> Iterator[Team]:
    """The team of requests that are refused: whatever they ask for, nothing changes."""
    before = stored(everybody)
    yield everybody
    assert stored(everybody) == before


def stored(team: Team) -> list[object]:
    """All that the API shows."""
    return [team.owner.get(path).json() for path in ("/time-entries", "/projects", "/users")]


BODIES: dict[str, bytes] = {
    "empty": b"",
    "broken": b'{"project_id": ',
    "two": b"{}{}",
    "single quotes": b"{'a': 1}",
    "no object": b"[1]",
    "null": b"null",
    "no number": b'{"duration": NaN}',
    "infinity": b'{"billable": -Infinity}',
    "long number": b'{"billable": ' + b"1" * 5000 + b"}",
    "deep": b'{"description": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000,
    "duplicate": b'{"description": "a", "description": "b"}',
    "duplicate below": b'{"description": {"a": 1, "a": 2}}',
    "no UTF-8": b'{"description": "\xff"}',
    "UTF-16": '{"description": "a"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "too long": b'{"description": "' + b"a" * (1024 * 1024) + b'"}',
    "unknown field": b'{"projectid": "prj_1"}',
    "hostile field": b'{"</script>\\u0000": 1}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_that_is_no_entry(unchanged: Team, method: str, body: bytes) -> None:
    (entry,) = unchanged.owner.get("/time-entries").json()["data"]
    path = "/time-entries" if method == "POST" else f"/time-entries/{entry['id']}"
    refused(unchanged.owner.request(method, path, content=body, headers={"Content-Type": "application/json"}))


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "value", [1, 1.5, -1, [], {}, ["a"], [[1]], True, "true", 1e300, "", " ", "x" * 10_001]
)
def test_a_value_of_a_wrong_type(unchanged: Team, field: str, value: object) -> None:
    if (field == "billable" and value is True) or (
        field == "description" and isinstance(value, str) and len(value) < 9
    ):
        return
    body = json.dumps(unchanged.entry(**{field: value}))
    headers = {"Content-Type": "application/json"}
    details = refused(unchanged.owner.post("/time-entries", content=body, headers=headers))
    assert details["field"] == field


HOSTILE = [
    (field, text)
    for field in FIELDS
    for text in (*CONTROLS, *SQL)
    if not (field == "description" and text in SQL)
]


@pytest.mark.parametrize(("field", "text"), HOSTILE)
def test_hostile_text_in_a_field(unchanged: Team, field: str, text: str) -> None:
    value = unchanged.entry(user_id=unchanged.user("owner"))[field]
    for hostile in (text, f"{value}{text}"):
        body = json.dumps(unchanged.entry(**{field: hostile}))
        answer = unchanged.owner.post(
            "/time-entries", content=body, headers={"Content-Type": "application/json"}
        )
        assert refused(answer)["field"] == field
        assert text not in answer.text


@pytest.mark.parametrize("name", [*CONTROLS, "", "   ", "a\nb", "x" * 201])
def test_hostile_text_in_a_project_s_name(unchanged: Team, name: str) -> None:
    body = json.dumps({"name": name})
    refused(unchanged.owner.post("/projects", content=body, headers={"Content-Type": "application/json"}))


def test_a_project_s_name_is_taken_whatever_its_case(team: Team) -> None:
    for name in ("Website", "WEBSITE", "ｗebsite", " website "):
        assert refused(team.owner.post("/projects", json={"name": name}))["reason"] == "taken"
    assert team.owner.post("/projects", json={"name": "' OR 1=1 --"}).status_code == 201


@pytest.mark.parametrize(
    "time",
    [
        "2024-01-15T09:00:00",
        "2024-01-15",
        "2024-01-15 09:00:00Z",
        "20240115T090000Z",
        "2024-01-15T09:00Z",
        "2024-02-30T09:00:00Z",
        "2024-01-15T24:00:00Z",
        "2024-01-15T09:00:00+24:00",
        "2024-01-15T09:00:00+0100",
        "2024-01-15T09:00:00 +01:00",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "10000-01-01T00:00:00Z",
        "٢٠٢٤-01-15T09:00:00Z",
        "2024-01-15T09:00:00Z\n",
        "now",
    ],
)
def test_times_that_are_none(unchanged: Team, time: str) -> None:
    assert refused(unchanged.owner.post("/time-entries", json=unchanged.entry(start_time=time))) == {
        "field": "start_time",
        "reason": "format",
    }


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"end_time": "2024-01-15T08:59:59Z"}, "end_time", "before_start"),
        ({"project_id": "prj_none"}, "project_id", "unknown"),
        ({"project_id": "te_abc"}, "project_id", "format"),
        ({"user_id": "usr_none"}, "user_id", "unknown"),
        ({"project_id": None}, "project_id", "required"),
        ({"start_time": None}, "start_time", "required"),
        ({"id": "te_mine"}, "id", "unknown"),
    ],
)
def test_entries_that_cannot_be(unchanged: Team, changes: dict[str, Any], field: str, reason: str) -> None:
    answer = unchanged.owner.post("/time-entries", json=unchanged.entry(**changes))
    assert refused(answer) == {"field": field, "reason": reason}


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=1.0",
        "page=",
        "page=1&page=2",
        "page=%D9%A1",
        "page=99999999999999999999",
        "per_page=0",
        "per_page=201",
        "user_id=ann",
        "user_id=usr_'%20OR%201=1",
        "project_id=prj_%00",
        "start_date=2024-1-1",
        "start_date=2024-02-30",
        "start_date=20240115",
        "start_date=2024-01-15T09:00:00Z",
        "start_date=2024-01-16&end_date=2024-01-15",
        "project=prj_1",
        "page",
        "page=%FF",
        "&&",
    ],
)
def test_queries_that_are_not_understood(unchanged: Team, query: str) -> None:
    refused(unchanged.owner.get(f"/time-entries?{query}"))


@pytest.mark.parametrize(
    "path", ["te_none", "te_'%20OR%20'1'='1", "%00", "..", "te_" + "a" * 5000, "%2e%2e%2f"]
)
def test_ids_of_nothing(unchanged: Team, path: str) -> None:
    answer = unchanged.owner.get(f"/time-entries/{path}")
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "not_found", "message": "Resource not found", "details": {}}}


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=latin-1",
    ],
)
def test_a_form_is_refused(unchanged: Team, kind: str) -> None:
    answer = unchanged.owner.post(
        "/projects", content=b'{"name": "From a form"}', headers={"Content-Type": kind}
    )
    assert refused(answer)["field"] == "Content-Type"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1:81",
        "127.0.0.1.evil.example",
        "localhost:8080",
        "127.0.0.1@evil.example",
        "10.0.0.1",
        "",
        "[::1",
        ":",
        "0.0.0.0",
        "[fe80::1%'x]",
    ],
)
def test_a_foreign_host_is_refused(unchanged: Team, host: str) -> None:
    assert refused(unchanged.owner.get("/users", headers={"Host": host})) == {
        "field": "Host",
        "reason": "foreign",
    }


@pytest.mark.parametrize(
    ("host", "scheme", "message"),
    [
        ("time.example.com", "", "--public-url http://time.example.com"),
        ("Time.Example.com:8443", "https", "--public-url https://time.example.com:8443"),
        ("10.0.0.1:8080", "gopher", "--public-url http://10.0.0.1:8080"),
        ("a b", "", "Host header not allowed"),
        ("\x1b[31m.example", "", "Host header not allowed"),
        ("a@b.example", "https", "Host header not allowed"),
    ],
)
def test_a_foreign_host_is_named_with_the_option_that_allows_it(
    team: Team, host: str, scheme: str, message: str
) -> None:
    headers = {"Host": host, "X-Forwarded-Proto": scheme}
    text = team.owner.get("/users", headers=headers).json()["error"]["message"]
    assert text.endswith(message)
    if "--public-url" in message:
        team.api.open("off", public_urls=[text.split()[-1]])
        client = team.api.client(team.keys["owner"].key)
        assert client.get("/users", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:80", "localhost", "LOCALHOST:80", "[::1]:80"])
def test_the_own_names_are_known(unchanged: Team, host: str) -> None:
    assert unchanged.owner.get("/users", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:81", "https://127.0.0.1", "file://"]
)
def test_a_foreign_origin_is_refused(unchanged: Team, origin: str) -> None:
    answer = unchanged.owner.post("/projects", json={"name": "Mine"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.json()["error"]["details"] == {"field": "Origin", "reason": "foreign"}


def test_a_public_url_is_one_more_name(team: Team) -> None:
    team.api.open("off", public_urls=["https://Time.example.com/", "http://other.example:8080"])
    some = team.api.client(team.keys["owner"].key)
    own = {"Host": "time.example.com", "Origin": "https://time.example.com"}
    assert some.get("/users", headers=own).status_code == 200
    assert some.get("/users", headers=own | {"Host": "time.example.com:443"}).status_code == 200
    assert some.get("/users", headers=own | {"Origin": "http://time.example.com"}).status_code == 403
    assert some.get("/users", headers={"Host": "other.example:8080"}).status_code == 200
    for host in ("time.example.com:8443", "other.example", "evil.example"):
        refused(some.get("/users", headers={"Host": host}))


def test_a_storage_that_fails_is_a_500_that_leaks_nothing(
    team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    sql(team.api.data, "ALTER TABLE projects RENAME TO gone")
    answer = team.owner.get("/projects")
    assert answer.status_code == 500
    assert answer.json() == {
        "error": {"code": "internal_error", "message": "Internal server error", "details": {}}
    }
    assert "no such table" in caplog.text or 'relation "projects" does not exist' in caplog.text
    assert team.keys["owner"].key not in caplog.text
