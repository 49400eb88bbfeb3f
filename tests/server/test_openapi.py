"""The OpenAPI document matches the server, and the page matches the document."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import yaml

from clockeye_cli.server.places import is_url, opened
from clockeye_cli.server.records import StoredScreenshot
from clockeye_cli.server.resources import OPERATIONS, routes
from clockeye_cli.server.resources.time_entries import READ_ONLY, WRITABLE
from tests.server.raw import away, sql

if TYPE_CHECKING:
    import httpx

    from tests.server.served import Api, Team

ROOT = Path(__file__).parent.parent.parent
DOCUMENT: dict[str, Any] = yaml.safe_load(
    (ROOT / "clockeye_cli/server/openapi.yaml").read_text(encoding="utf-8")
)
METHODS = ("get", "post", "put", "delete")
DOCUMENTED = {
    (path, method.upper()): item[method]
    for path, item in DOCUMENT["paths"].items()
    for method in METHODS
    if method in item
}


def resolved(given: dict[str, Any]) -> dict[str, Any]:
    target: Any = DOCUMENT if "$ref" in given else given
    for step in given.get("$ref", "#").split("/")[1:]:
        target = target[step]
    return dict(target)


def parameters(path: str, method: str, where: str) -> dict[str, dict[str, Any]]:
    given = [*DOCUMENT["paths"][path].get("parameters", []), *DOCUMENTED[path, method].get("parameters", [])]
    parameters = [resolved(parameter) for parameter in given]
    return {
        parameter["name"]: resolved(parameter["schema"])
        for parameter in parameters
        if parameter["in"] == where
    }


def test_every_route_and_method_is_documented_and_the_reverse(data: str) -> None:
    served = {
        (path, method)
        for path, resource in routes(opened(data))
        for method in type(resource).operations
        if resource.is_versioned
    }
    assert served == set(DOCUMENTED)
    others = [path for path, resource in routes(opened(data)) if not resource.is_versioned]
    assert others == ["/openapi.yaml", "/docs", "/healthz", "/readyz"]
    assert all(f"`{path}`" in DOCUMENT["info"]["description"] for path in others)
    assert [server["url"] for server in DOCUMENT["servers"]] == ["/v1", "/api/v1"]


@pytest.mark.parametrize(("path", "method"), DOCUMENTED)
def test_every_parameter_body_and_permission(data: str, path: str, method: str) -> None:
    operation = OPERATIONS[type(dict(routes(opened(data)))[path]), method]
    documented = DOCUMENTED[path, method]
    assert list(operation.query) == list(parameters(path, method, "query"))
    assert re.findall(r"\{(\w+)\}", path) == list(parameters(path, method, "path"))
    assert operation.has_body == ("requestBody" in documented)
    assert (documented.get("security") == []) == (not operation.permission)
    assert re.findall(r"Requires `(.*?)`", documented["description"]) == [operation.permission] * bool(
        operation.permission
    )


def test_every_field_of_a_body() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert set(schemas["NewTimeEntry"]["properties"]) == {*WRITABLE, "user_id"}
    assert set(schemas["TimeEntryChange"]["properties"]) == {*WRITABLE, *READ_ONLY}


STATUSES = [
    (path, method, status) for (path, method), given in DOCUMENTED.items() for status in given["responses"]
]


@pytest.mark.parametrize(("path", "method", "status"), STATUSES)
def test_every_documented_status_is_answered_as_documented(
    team: Team, path: str, method: str, status: str
) -> None:
    if status == "503" and not is_url(team.api.data):
        return  # a file is never away
    answer = provoke(team, path, method, status)
    assert str(answer.status_code) == status
    documented = resolved(DOCUMENTED[path, method]["responses"][status])
    for name, header in documented["headers"].items():
        assert name in answer.headers, header
    if "application/json" in documented.get("content", {}):
        assert answer.headers["Content-Type"] == "application/json"
        schema = documented["content"]["application/json"]["schema"] | {"components": DOCUMENT["components"]}
        jsonschema_rs.validate(schema, answer.json())
    else:
        assert "".join(documented.get("content", {})) == answer.headers.get("Content-Type", "")


def provoke(team: Team, path: str, method: str, status: str) -> httpx.Response:
    """Ask so that the status comes."""
    made = team.add("owner")
    token = "t" * 43
    with team.api.database.writing() as queries:
        queries.add_screenshot(StoredScreenshot("scr_a", team.user("owner"), made["id"], 0, 50, token, b"\0"))
    missing = status == "404"
    path = path.replace("{entry_id}", "te_none" if missing else made["id"])
    path = path.replace("{token}", "none" if missing else token)
    client = team.owner
    if status == "401":
        client = team.api.client("wrong")
    if status == "403":
        client = team.api.client(team.api.key("owner", permissions=other_permission(path, method)).key)
    if status == "429":
        team.api.open("1,1,1")
        client = team.api.client(team.keys["owner"].key)
        client.get("/users")
    if status == "500":
        for table in ("time_entries", "projects", "screenshots", "users"):
            sql(team.api.data, f"ALTER TABLE {table} RENAME TO gone_{table}")
    body = {"name": "New"} if path == "/projects" else {} if method == "PUT" else team.entry()
    sent: dict[str, Any] = {"json": body} if method in {"POST", "PUT"} else {}
    with away(team.api.data) if status == "503" else contextlib.nullcontext():
        return client.request(method, path + ("?nothing=1" if status == "400" else ""), **sent)


def other_permission(path: str, method: str) -> list[str]:
    return (
        ["time_entries:write" if method == "GET" else "time_entries:read"]
        if "entries" in path
        else ["time_entries:read"]
    )


def test_other_methods_are_answered_405_with_those_that_there_are(team: Team) -> None:
    for path in {path for path, _ in DOCUMENTED}:
        allowed = [method for documented, method in DOCUMENTED if documented == path]
        for method in ("OPTIONS", "HEAD", "TRACE", "PATCH", "PUT", "DELETE", "POST", "GET"):
            if method not in allowed:
                answer = team.owner.request(
                    method, path.replace("{entry_id}", "te_a").replace("{token}", "t")
                )
                assert answer.status_code == 405
                assert answer.headers["Allow"].split(", ") == allowed


def test_the_reference_s_examples_are_the_document_s() -> None:
    entries = DOCUMENTED["/time-entries", "GET"]["responses"]["200"]["content"]["application/json"]["example"]
    error = DOCUMENT["components"]["responses"]["Invalid"]["content"]["application/json"]["example"]
    reference = """{"data":[{"id":"te_abc123","user_id":"usr_xyz789","project_id":"prj_def456",
        "description":"Working on API integration","start_time":"2024-01-15T09:00:00Z",
        "end_time":"2024-01-15T12:30:00Z","duration":12600,"billable":true}],
        "meta":{"total":150,"page":1,"per_page":50}}"""
    assert entries == json.loads(reference)
    assert error["error"]["message"] == "The project_id field is required"


def test_the_document_and_its_page_are_served_without_a_key(api: Api) -> None:
    document = api.client().get("http://127.0.0.1/openapi.yaml")
    assert document.headers["Content-Type"] == "application/yaml"
    assert yaml.safe_load(document.content) == DOCUMENT
    page = api.client().get("http://127.0.0.1/docs")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert not re.search(r"""(src|href)=["']?(https?:)?//|<script|@import|url\(""", page.text)


def test_the_page_is_made_from_the_document() -> None:
    spec = importlib.util.spec_from_file_location("make_api_page", ROOT / "docs/make_api_page.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made = maker.page(DOCUMENT)
    assert made == (ROOT / "clockeye_cli/server/docs.html").read_text(encoding="utf-8"), (
        "run: python docs/make_api_page.py"
    )
