"""A connection that is begun before the HTTP library is loaded carries the first request."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.api.early import begin
from clockeye_cli.errors import NeverArrivedError, NoAnswerError
from tests.authority import Authority
from tests.tcp_server import answer, free_port, listening, request_of

if TYPE_CHECKING:
    import socket
    from pathlib import Path

KEY = "sk_live_0123456789"
OK = answer(b'{"data": []}')


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def post(url: str, environ: dict[str, str], times: int = 1) -> list[object]:
    """POST over a client that is given an early connection."""
    early = begin(url, environ)
    assert early is not None
    with Client(url, KEY, environ, early=early, sleep=lambda _seconds: None) as client:
        return [client.request("POST", "/time-entries", body={"a": 1}).content for _ in range(times)]


def test_it_carries_the_first_request_and_the_next_one_has_its_own(authority: Authority) -> None:
    with listening(OK, tls=authority.context) as server:
        url = f"https://127.0.0.1:{server.port}/v1"
        assert post(url, {"CLOCKEYE_CA_FILE": authority.file}, 2) == [{"data": []}] * 2
    assert [json.loads(request.partition(b"\r\n\r\n")[2]) for request in server.requests] == [{"a": 1}] * 2


def test_an_untrusted_server_gets_no_request(authority: Authority) -> None:
    with listening(OK, tls=authority.context) as server:
        with pytest.raises(NeverArrivedError) as refused:
            post(f"https://127.0.0.1:{server.port}/v1", {})
        assert refused.value.message.endswith(
            ": certificate verify failed: unable to get local issuer certificate."
        )
    assert server.requests == []


def test_a_refused_connection_never_arrived() -> None:
    with pytest.raises(NeverArrivedError, match="Connection refused"):
        post(f"https://127.0.0.1:{free_port()}/v1", {})


def test_one_that_the_server_has_closed_meanwhile_is_made_anew(authority: Authority) -> None:
    is_connected = threading.Event()

    def hangs_up(_connection: socket.socket, _nothing: bytes) -> None:
        is_connected.set()

    def answers(connection: socket.socket, _nothing: bytes) -> None:
        request_of(connection)
        connection.sendall(OK)

    environ = {"CLOCKEYE_CA_FILE": authority.file}
    with listening(hangs_up, answers, reads=False, tls=authority.context) as server:
        url = f"https://127.0.0.1:{server.port}/v1"
        early = begin(url, environ)
        assert is_connected.wait(60)
        with Client(url, KEY, environ) as other:  # is served once the early one was closed
            other.request("GET", "/users")
        with Client(url, KEY, environ, early=early) as client:
            assert client.request("POST", "/time-entries", body={"a": 1}).content == {"data": []}
        assert len(server.requests) == 3


def test_a_break_after_the_request_has_no_answer(authority: Authority) -> None:
    with (
        listening(b"", tls=authority.context) as server,
        pytest.raises(NoAnswerError),
    ):
        post(f"https://127.0.0.1:{server.port}/v1", {"CLOCKEYE_CA_FILE": authority.file})
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("url", "environ"),
    [
        ("http://127.0.0.1:1/v1", {}),
        ("https://api.invalid/v1", {"HTTPS_PROXY": "http://127.0.0.1:1"}),
        ("https://api.invalid/v1", {"CLOCKEYE_CA_FILE": "/nowhere"}),
        ("https://user:password@api.invalid/v1", {}),
        ("https://api.invalid:x/v1", {}),
        ("https://[::1]/v1", {}),
        ("https://API.invalid/v1", {}),
        ("https:///v1", {}),
        ("", {}),
    ],
)
def test_the_client_connects_itself_where_it_needs_a_closer_look(url: str, environ: dict[str, str]) -> None:
    assert begin(url, environ) is None
