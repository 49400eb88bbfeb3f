"""The client on real sockets: what arrived and what did not, proxies, gzip, TLS."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.api.client import Client
from clockeye_cli.api.connections import MOST_BYTES, Connections
from clockeye_cli.api.download import Downloads
from clockeye_cli.api.lists import listing
from clockeye_cli.errors import ClockeyeError, NeverArrivedError, NoAnswerError
from tests.authority import Authority
from tests.tcp_server import answer, free_port, listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = "sk_live_0123456789"
OK = answer(b'{"data": []}')


def client(url: str, environ: dict[str, str] | None = None, *, seconds: float = 15) -> Client:
    return Client(url, KEY, environ or {}, deadline=time.monotonic() + seconds, sleep=lambda _seconds: None)


def post(url: str, environ: dict[str, str] | None = None, *, seconds: float = 15) -> object:
    with client(url, environ, seconds=seconds) as used:
        return used.request("POST", "/time-entries", body={"a": 1}).content


def fetch(url: str, environ: dict[str, str], *, most: int = MOST_BYTES, may_be_here: bool = True) -> bytes:
    with Downloads(environ, may_be_here=may_be_here) as downloads:
        return downloads.get(url, most=most)


def failure(act: Callable[[], object]) -> ClockeyeError:
    with pytest.raises(ClockeyeError) as caught:
        act()
    assert KEY not in str(caught.value)
    return caught.value


def test_a_whole_answer_is_read() -> None:
    with listening(answer(b'{"data": {"id": "te_1"}}', status="201 Created")) as server:
        assert post(server.url) == {"data": {"id": "te_1"}}
    assert server.requests[0].startswith(b"POST /v1/time-entries HTTP/1.1\r\n")
    assert server.requests[0].endswith(b'\r\n\r\n{"a": 1}')


def test_a_refused_connection_never_arrived() -> None:
    assert type(failure(lambda: post(f"http://127.0.0.1:{free_port()}/v1"))) is NeverArrivedError


def test_a_name_that_nobody_has_never_arrived() -> None:
    assert type(failure(lambda: post("https://api.invalid/v1"))) is NeverArrivedError


def reset(connection: socket.socket, _request: bytes) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def half(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(answer(b'{"data": ', length=500))


@pytest.mark.parametrize(
    "act",
    [
        b"",
        reset,
        half,
        b"HTTP/1.1 201 Cre",
        b"HTTP/1.1 201 Created\r\nContent-Le",
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2",
        answer(b"not gzip", "Content-Encoding: gzip"),
        answer(gzip.compress(b'{"data": [1, 2, 3]}')[:-12], "Content-Encoding: gzip"),
        answer(gzip.compress(gzip.compress(b"{}")), "Content-Encoding: gzip, gzip"),
        answer(b"{}", "Content-Encoding: zstd"),
    ],
)
def test_a_change_without_a_whole_answer_may_have_arrived_and_is_sent_once(
    act: bytes | Callable[[socket.socket, bytes], None],
) -> None:
    with listening(act) as server:
        assert type(failure(lambda: post(server.url))) is NoAnswerError
    assert len(server.requests) == 1


def test_a_connection_that_is_closed_before_the_request_may_have_taken_it() -> None:
    with listening(b"", reads=False) as server:
        assert type(failure(lambda: post(server.url))) is NoAnswerError
    assert len(server.requests) == 1


def test_a_read_that_broke_off_is_read_again() -> None:
    with listening(half, b"", OK) as server, client(server.url) as used:
        assert used.request("GET", "/users").content == {"data": []}
    assert len(server.requests) == 3


def test_a_service_that_hangs_costs_the_deadline_and_no_more() -> None:
    let_go = threading.Event()

    def hang(_connection: socket.socket, _request: bytes) -> None:
        let_go.wait(20)

    with listening(hang) as server:
        began = time.monotonic()
        error = failure(lambda: post(server.url, seconds=0.5))
        took = time.monotonic() - began
        let_go.set()
    assert type(error) is NoAnswerError
    assert 0.4 < took < 10


WHERE_IT_DRIPS = {
    "the body": answer(b"", length=100_000),
    "a header": b"HTTP/1.1 200 OK\r\nX-Slow: ",
    "the status": b"HTTP/1.1 2",
    "before the status": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\nX-Slow: ",
}


@pytest.mark.parametrize("is_tls", [False, True])
@pytest.mark.parametrize("where", WHERE_IT_DRIPS)
@pytest.mark.parametrize("has_deadline", [True, False])
def test_a_service_that_drips_costs_the_deadline_and_no_more(
    where: str, tmp_path: Path, *, has_deadline: bool, is_tls: bool
) -> None:
    let_go = threading.Event()

    def drip(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(WHERE_IT_DRIPS[where])
        while not let_go.wait(0.05):
            connection.sendall(b"0")

    def download(url: str, environ: dict[str, str]) -> object:
        with contextlib.closing(Connections(environ)) as connections:
            return connections.send("GET", url, longest=0.5)

    authority = Authority(tmp_path) if is_tls else None
    environ = {"CLOCKEYE_CA_FILE": authority.file} if authority else {}
    with listening(drip, tls=authority.context if authority else None) as server:
        url = server.url.replace("http:", "https:") if is_tls else server.url
        began = time.monotonic()
        error = failure(lambda: post(url, environ, seconds=0.5) if has_deadline else download(url, environ))
        took = time.monotonic() - began
        let_go.set()
    assert type(error) is NoAnswerError
    assert "did not finish its answer in time" in error.message
    assert took < 5


def test_a_proxy_that_drips_costs_the_deadline_and_no_more() -> None:
    let_go = threading.Event()

    def drip(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\nX-Slow: ")
        while not let_go.wait(0.05):
            connection.sendall(b"0")

    with listening(drip) as proxy:
        environ = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}"}
        began = time.monotonic()
        failure(lambda: post("https://api.invalid/v1", environ, seconds=0.5))
        took = time.monotonic() - began
        let_go.set()
    assert took < 5


def test_ten_mib_decoded_are_read_and_a_byte_more_is_not() -> None:
    whole = gzip.compress(b'"' + b"a" * (MOST_BYTES - 2) + b'"')
    more = gzip.compress(b'"' + b"a" * (MOST_BYTES - 1) + b'"')
    with listening(answer(whole, "Content-Encoding: gzip")) as server:
        assert len(str(post(server.url))) == MOST_BYTES - 2
    for bomb in (answer(more, "Content-Encoding: gzip"), answer(b"[" + b" " * MOST_BYTES + b"]")):
        with listening(bomb) as server:
            assert "more than 10 MiB" in failure(lambda url=server.url: post(url)).message  # type: ignore[misc]


def test_a_gzip_bomb_in_an_error_is_not_read_either() -> None:
    bomb = gzip.compress(b"a" * (20 * MOST_BYTES))
    with listening(answer(bomb, "Content-Encoding: gzip", status="400 Bad Request")) as server:
        assert "more than 10 MiB" in failure(lambda: post(server.url)).message


def test_a_download_has_no_key_follows_no_redirect_and_has_its_own_cap() -> None:
    with listening(answer(b"\x89PNG" + b"a" * 96)) as server:
        url = f"{server.url}/a.png?token=t"
        assert fetch(url, {}, most=100) == b"\x89PNG" + b"a" * 96
        assert failure(lambda: fetch(url, {}, most=99)).exit_code == 5
    assert server.requests[0].startswith(b"GET /v1/a.png?token=t HTTP/1.1\r\n")
    assert b"authorization" not in server.requests[0].lower()
    with (
        listening(OK) as target,
        listening(answer(b"", f"Location: {target.url}", status="302 Found")) as server,
    ):
        assert "status 302" in failure(lambda: fetch(server.url, {})).message
    assert target.requests == []


def test_a_service_elsewhere_has_no_business_with_what_listens_here() -> None:
    with listening(OK) as server:
        assert failure(lambda: fetch(server.url, {}, may_be_here=False)).code == "bad_url"
    assert server.requests == []


def test_a_download_from_nobody_never_arrived() -> None:
    assert type(failure(lambda: fetch(f"http://127.0.0.1:{free_port()}/a.png", {}))) is NeverArrivedError


def test_a_redirect_is_not_followed_and_the_key_stays_with_its_origin() -> None:
    with listening(OK) as target, listening(answer(b"", f"Location: {target.url}", status="307 X")) as server:
        assert f"redirects to {target.url};" in failure(lambda: post(server.url)).message
    assert (len(server.requests), target.requests) == (1, [])


PROXY_NAMES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def test_no_proxy_is_used_for_this_computer_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(OK) as proxy, listening(OK) as server:
        environ = dict.fromkeys(PROXY_NAMES, f"http://127.0.0.1:{proxy.port}")
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        assert post(server.url, environ) == {"data": []}
        assert fetch(server.url, environ) == b'{"data": []}'
        failure(lambda: post(f"https://127.0.0.1:{free_port()}/v1", environ))
    assert (len(server.requests), proxy.requests) == (2, [])


FORBIDDING = answer(b"", status="403 Forbidden")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("scheme", ["http://", ""])
def test_https_goes_through_the_proxy_which_never_sees_the_key(name: str, scheme: str) -> None:
    with listening(FORBIDDING) as proxy:
        environ = {name: f"{scheme}me:hunter2@127.0.0.1:{proxy.port}", "NO_PROXY": "other.invalid"}
        error = failure(lambda: post("https://api.invalid/v1", environ))
    assert type(error) is NeverArrivedError
    assert error.message.startswith(
        f"Cannot reach https://api.invalid:443 through the proxy 127.0.0.1:{proxy.port}: "
    )
    assert "hunter2" not in error.message
    assert len(proxy.requests) == 3
    for request in proxy.requests:
        assert request.startswith(b"CONNECT api.invalid:443 HTTP/1.1\r\n")
        assert KEY.encode() not in request


@pytest.mark.parametrize(
    ("host", "no_proxy", "is_proxied"),
    [
        ("api.invalid", "*", False),
        ("api.invalid", "other.example, api.invalid", False),
        ("api.invalid", ".invalid", False),
        ("api.invalid", "*.invalid", False),
        ("api.invalid", "API.INVALID", False),
        ("api.invalid", "api.invalid:443", False),
        ("api.invalid", "api.invalid:8443", True),
        ("api.invalid", "pi.invalid", True),
        ("api.invalid", ",", True),
        ("notapi.invalid", "api.invalid", True),
    ],
)
def test_no_proxy_names_hosts_and_their_domains(host: str, no_proxy: str, is_proxied: bool) -> None:
    with listening(FORBIDDING) as proxy:
        environ = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}", "no_proxy": no_proxy}
        failure(lambda: post(f"https://{host}/v1", environ))
    assert bool(proxy.requests) is is_proxied


@pytest.mark.parametrize("name", ["CLOCKEYE_CA_FILE", "SSL_CERT_FILE"])
def test_an_own_authority_is_trusted_where_its_file_is_named(name: str, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with listening(OK, tls=authority.context) as server:
        url = f"https://127.0.0.1:{server.port}/v1"
        assert post(url, {name: authority.file}) == {"data": []}
        assert json.loads(fetch(url, {name: authority.file})) == {"data": []}


def test_an_own_authority_is_trusted_where_its_folder_is_named(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    (tmp_path / "empty").mkdir()
    environ = {
        "SSL_CERT_DIR": os.pathsep.join([str(tmp_path / "empty"), authority.hashed_in(tmp_path / "c")])
    }
    with listening(OK, tls=authority.context) as server:
        url = f"https://127.0.0.1:{server.port}/v1"
        assert post(url, environ) == {"data": []}
        assert json.loads(fetch(url, environ)) == {"data": []}
        refused = failure(lambda: post(url, {"SSL_CERT_DIR": str(tmp_path / "empty")}))
        assert type(refused) is NeverArrivedError
        # CLOCKEYE_CA_FILE is for clockeye alone, and replaces what is for every program.
        other = tmp_path / "other"
        other.mkdir()
        own = {"CLOCKEYE_CA_FILE": Authority(other).file}
        assert type(failure(lambda: post(url, environ | own))) is NeverArrivedError


@pytest.mark.parametrize("scheme", ["https", "HTTPS", "Https"])
def test_a_certificate_that_nobody_vouches_for_gets_no_request(scheme: str, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with listening(OK, tls=authority.context) as server:
        url = f"{scheme}://127.0.0.1:{server.port}/v1"
        error = failure(lambda: post(url))
        assert type(failure(lambda: fetch(url, {}))) is NeverArrivedError
    assert type(error) is NeverArrivedError
    assert error.message.endswith(": certificate verify failed: unable to get local issuer certificate.")
    assert (
        error.hint == "Set CLOCKEYE_CA_FILE to the certificates to trust, and check that the clock is right."
    )
    assert server.requests == []


def test_a_list_is_read_for_as_long_as_its_pages_come_each_in_time() -> None:
    """A service that takes one request after the other, for longer in all than any single one may take."""
    numbers = iter(range(6))  # the first page is asked for twice

    def slow(connection: socket.socket, _request: bytes) -> None:
        time.sleep(0.4)
        rows = [{"id": f"te_{next(numbers)}"}]
        connection.sendall(answer(json.dumps({"data": rows, "meta": {"total": 5}}).encode()))

    with listening(slow) as server, Client(server.url, KEY, {}, patience=1.5) as used:
        assert len(listing(used, "/time-entries", {}).rows) == 5


def test_a_list_whose_pages_stop_coming_is_given_up() -> None:
    let_go = threading.Event()

    def hang(_connection: socket.socket, _request: bytes) -> None:
        let_go.wait(20)

    first = answer(b'{"data": [{"id": "te_1"}], "meta": {"total": 2}}')
    with listening(first, hang) as server, Client(server.url, KEY, {}, patience=0.5) as used:
        error = failure(lambda: listing(used, "/time-entries", {}))
        let_go.set()
    assert type(error) is NoAnswerError
    assert len(server.requests) == 2
