"""The access log: what a line says, and what it never says."""

from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.errors import StorageError
from clockeye_cli.server.access_log import Answered, opened
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import opened as storage_of
from tests.server.running import running

if TYPE_CHECKING:
    from pathlib import Path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_answered_request_is_a_line_without_its_key(data: str, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    made = add_key(storage_of(data), "owner")
    with running(data, log=str(log)) as server:
        with server.client(made.key) as client:
            client.get("/users", headers={"X-Forwarded-For": "203.0.113.9"})
            client.get(f"/projects?api_key={made.key}")
            client.get(f"/{made.key}")
        with server.client() as client:
            client.get("/users")
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(b"\x1b[31m rubbish\r\n\r\n")
            answer = b""
            while part := connection.recv(4096):  # closed once it is logged
                answer += part
            assert answer.startswith(b"HTTP/1.0 400")
    assert made.key not in log.read_text()
    assert made.key.removeprefix(f"{made.id}_") not in log.read_text()
    # A line is written after its answer was sent, so those of quick clients may change places.
    logged = {(line["path"], line["status"]): line for line in lines(log)}
    assert len(logged) == len(lines(log)) == 5
    listed, query = logged["/v1/users", 200], logged["/v1/projects", 400]
    assert listed | {"time": "", "seconds": 0, "bytes": 0} == {
        "time": "",
        "client": "127.0.0.1",
        "forwarded_for": "203.0.113.9",
        "method": "GET",
        "path": "/v1/users",
        "query": "",
        "status": 200,
        "bytes": 0,
        "seconds": 0,
        "key_id": made.id,
    }
    assert listed["time"].endswith("Z")
    assert listed["bytes"] > 0
    assert query["query"] == f"api_key={made.id}"
    assert (f"/v1/{made.id}", 404) in logged
    assert logged["/v1/users", 401]["key_id"] is None
    assert logged["", 400]["method"] == ""
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_was_moved_away_is_begun_anew(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    write = opened(str(log))
    for path in ("/v1/users", "/v1/projects"):
        write(Answered(0, "127.0.0.1", "", "GET", path, "", 200, 2, 0.001, ""))
        os.rename(log, tmp_path / path.rpartition("/")[2])
    assert [line["path"] for line in lines(tmp_path / "users")] == ["/v1/users"]
    assert [line["path"] for line in lines(tmp_path / "projects")] == ["/v1/projects"]


def test_a_log_that_cannot_be_written_is_an_error_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Cannot write the log"):
        opened(str(tmp_path / "missing" / "access.log"))


def test_standard_output_carries_the_log(data: str) -> None:
    add_key(storage_of(data), "owner")  # without a key, the greeting has a second line
    with running(data, log="-") as server:
        with server.client() as client:
            client.get("/users")
        assert server.process.stdout is not None
        assert json.loads(server.process.stdout.readline())["path"] == "/v1/users"
