"""Injected failures: what a client sees, and what was stored anyway."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.errors import UsageError
from clockeye_cli.server.faults import Rule, read_rules
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened
from tests.server.running import running

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(*rules: object) -> str:
        path = tmp_path / "faults.json"
        path.write_text(json.dumps(rules), encoding="utf-8")
        return str(path)

    return write


def created(data: str, faults: str) -> tuple[list[httpx.Response | type[Exception]], list[str]]:
    """The outcomes of creating two projects; then the names of the projects that exist."""
    key = add_key(opened(data), "owner").key
    outcomes: list[httpx.Response | type[Exception]] = []
    with running(data, faults=faults) as server, server.client(key) as client:
        for name in ("one", "two"):
            try:
                outcomes.append(client.post("/projects", json={"name": name}))
            except httpx.TransportError as error:
                outcomes.append(type(error))
        names = [project["name"] for project in client.get("/projects").json()["data"]]
    return outcomes, names


@pytest.mark.parametrize(("do", "kept"), [("drop_before", ["two"]), ("drop_after", ["one", "two"])])
def test_a_connection_is_dropped_before_or_after_the_commit(
    data: str, written: Any, do: str, kept: list[str]
) -> None:
    (first, second), names = created(data, written({"method": "POST", "path": "/projects", "do": do}))
    assert first is httpx.RemoteProtocolError
    assert isinstance(second, httpx.Response)
    assert second.status_code == 201
    assert names == kept


@pytest.mark.parametrize(("do", "kind"), [("refuse", "application/json"), ("status", "text/html")])
def test_a_request_is_refused_by_the_service_or_by_somebody_in_between(
    data: str, written: Any, do: str, kind: str
) -> None:
    (first, _), names = created(data, written({"method": "POST", "do": do, "status": 409}))
    assert isinstance(first, httpx.Response)
    assert (first.status_code, first.headers["Content-Type"]) == (409, kind)
    assert (do == "refuse") == (first.text.startswith('{"error": {"code": "refused"'))
    assert names == ["two"]


def test_a_body_is_cut_off(data: str, written: Any) -> None:
    (first, _), names = created(data, written({"method": "POST", "do": "truncate"}))
    assert first is httpx.RemoteProtocolError
    assert names == ["one", "two"]


def test_a_status_with_html(data: str, written: Any) -> None:
    (first, second), names = created(
        data, written({"path": "/proj*", "do": "status", "status": 502, "nth": 2})
    )
    assert isinstance(first, httpx.Response)
    assert isinstance(second, httpx.Response)
    assert [first.status_code, second.status_code] == [201, 502]
    assert second.headers["Content-Type"] == "text/html"
    assert "<h1>502 Bad Gateway</h1>" in second.text
    assert names == ["one"]


def test_odd_limits(data: str, written: Any) -> None:
    headers = {"Retry-After": "soon", "X-RateLimit-Reset": "-1"}
    (first, second), names = created(
        data, written({"method": "POST", "do": "limit", "headers": headers, "times": 0})
    )
    for answer in (first, second):
        assert isinstance(answer, httpx.Response)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "soon"
        assert answer.headers["X-RateLimit-Reset"] == "-1"
        assert "X-RateLimit-Limit" not in answer.headers
    assert names == []


def test_an_answer_comes_late(data: str, written: Any) -> None:
    began = time.monotonic()
    (first, _), names = created(data, written({"method": "POST", "do": "late", "seconds": 0.7}))
    assert time.monotonic() - began > 0.7
    assert isinstance(first, httpx.Response)
    assert first.status_code == 201
    assert names == ["one", "two"]


def test_which_request_is_affected() -> None:
    rule = Rule("late", method="GET", path="/time-entries/*", nth=2, times=2)
    assert [rule.applies(seen) for seen in range(1, 6)] == [False, True, True, False, False]
    assert rule.fits("GET", "/time-entries/te_1")
    assert not rule.fits("PUT", "/time-entries/te_1")
    assert not rule.fits("GET", "/time-entries")
    assert Rule("late", times=0).applies(1000)


@pytest.mark.parametrize(
    "rule",
    [
        1,
        {},
        {"do": "explode"},
        {"do": "late", "when": 1},
        {"do": "late", "seconds": -1},
        {"do": "late", "nth": 0},
        {"do": "late", "times": True},
        {"do": "status", "status": 42},
        {"do": "limit", "headers": {"Retry-After": 5}},
        {"do": "limit", "headers": {"Retry-After": "5\r\nX: y"}},
    ],
)
def test_rules_that_are_none(written: Any, rule: object) -> None:
    with pytest.raises(UsageError, match="rule 2"):
        read_rules(written({"do": "late"}, rule))


@pytest.mark.parametrize("text", ["", "{}", "[", "\ufeff[]"])
def test_files_that_hold_no_rules(tmp_path: Path, text: str) -> None:
    path = tmp_path / "faults.json"
    with pytest.raises(UsageError):
        read_rules(str(path))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        read_rules(str(path))
