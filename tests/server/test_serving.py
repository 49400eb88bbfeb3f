"""The server as a process: false lengths, slow clients, signals, a kill under load, a restart."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.server.keys import add_key
from clockeye_cli.server.places import is_url, opened
from tests.server.raw import sql
from tests.server.running import Running, running, start
from tests.server.wire import answered, ask, connected, request

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1024 * 1024


class Served:
    """A running server, an owner's key and a project."""

    def __init__(self, server: Running, key: str) -> None:
        self.server = server
        self.port = server.port
        self.key = key
        self.client = server.client(key)
        self.project: str = self.client.post("/projects", json={"name": "Load"}).json()["data"]["id"]

    def body(self, **changes: Any) -> bytes:
        times = {"start_time": "2024-01-15T09:00:00Z", "end_time": "2024-01-15T12:30:00Z"}
        return json.dumps({"project_id": self.project, **times, **changes}).encode()

    def post(self, body: bytes, **headers: str) -> bytes:
        given = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return request(self.port, "POST", "/v1/time-entries", given | headers, body)

    def total(self) -> int:
        total: int = self.client.get("/time-entries").json()["meta"]["total"]
        return total


@pytest.fixture
def served(data: str) -> Iterator[Served]:
    key = add_key(opened(data), "owner").key
    with running(data) as server:
        served = Served(server, key)
        yield served
        served.client.close()


def length(body: bytes, more: int = 0) -> dict[str, str]:
    return {"Content-Length": str(len(body) + more)}


def test_a_whole_body_is_taken(served: Served) -> None:
    body = served.body()
    assert ask(served.port, served.post(body, **length(body))).status == 201
    chunks = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x}\r\n".encode() + body[5:] + b"\r\n0\r\n\r\n"
    assert ask(served.port, served.post(chunks, **{"Transfer-Encoding": "chunked"})).status == 201


def test_bodies_that_lie_about_their_length(served: Served) -> None:
    body = served.body()
    chunked = {"Transfer-Encoding": "chunked"}
    lies = [
        (served.post(body, **length(body, 10)), True),
        (served.post(body, **length(body, -10)), False),
        (served.post(body, **{"Content-Length": "-1"}), False),
        (served.post(body, **{"Content-Length": "1e3"}), False),
        (served.post(body, **{"Content-Length": "99999999999999999999"}), False),
        (served.post(body, **{"Content-Length": f"{len(body)}, {len(body) + 1}"}), False),
        (served.post(body), False),
        (served.post(b"zz\r\n" + body, **chunked), False),
        (served.post(b"5\r\n" + body, **chunked), False),
        (served.post(b"fff\r\n" + body, **chunked), True),
        (served.post(body, **length(body), **{"Transfer-Encoding": "gzip, chunked"}), False),
    ]
    for sent, then_stop_sending in lies:
        answer = ask(served.port, sent, then_stop_sending=then_stop_sending)
        assert answer.status == 400, sent
        assert answer.error()["code"] == "invalid_request"
    assert served.total() == 0


@pytest.mark.parametrize("size", [MIB + 1, 3 * MIB])
def test_a_body_over_1_mib_is_refused(served: Served, size: int) -> None:
    body = served.body(description="a")
    body += b" " * (size - len(body))
    assert ask(served.port, served.post(body, **length(body))).error()["code"] == "invalid_request"
    assert served.total() == 0


def test_a_body_of_1_mib_is_not(served: Served) -> None:
    body = served.body()
    body += b" " * (MIB - len(body))
    assert ask(served.port, served.post(body, **length(body))).status == 201


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"get / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
        b"GET /docs HTTP/1.0\r\n\r\n",
        b"GET /docs HTTP/1.1\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
        b"GET /docs HTTP/1.1\r\nX: " + b"a" * 17_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_in_the_reference_s_form(served: Served, sent: bytes) -> None:
    answer = ask(served.port, sent)
    assert answer.status == 400
    assert answer.error()["code"] == "invalid_request"
    assert "server" not in answer.headers


def test_a_path_that_is_no_utf_8_is_not_found(served: Served) -> None:
    sent = request(
        served.port, "GET", "/v1/time-entries/te_%FF%00", {"Authorization": f"Bearer {served.key}"}
    )
    assert ask(served.port, sent).status == 404


def test_200_slow_clients_do_not_keep_a_normal_one_waiting(served: Served) -> None:
    with contextlib.ExitStack() as stack:
        for number in range(200):
            connection = stack.enter_context(connected(served.port))
            whole = served.post(served.body(), **length(served.body()))
            connection.sendall(whole[: 20 + number])
        for _ in range(5):
            began = time.perf_counter()
            assert served.client.get("/time-entries").status_code == 200
            assert time.perf_counter() - began < 0.5


def test_a_slow_client_is_cut_off_with_an_answer(data: str) -> None:
    with (
        running(data, request_seconds=1) as server,
        connected(server.port) as whole,
        connected(server.port) as trickle,
        connected(server.port) as idle,
    ):
        whole.sendall(b"POST /v1/projects HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
        until = time.monotonic() + 15
        trickle.settimeout(0.2)
        answer = b""
        while not answer and time.monotonic() < until:
            trickle.sendall(b"G")
            with contextlib.suppress(TimeoutError):
                answer = trickle.recv(4096)
        assert answer.startswith(b"HTTP/1.0 400")
        assert answered(whole).error()["code"] == "invalid_request"
        assert idle.recv(1) == b""


def test_a_port_in_use_is_a_clear_error(data: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start(data, port=port)
        _, stderr = process.communicate(timeout=30)
    assert process.returncode == 1
    assert stderr.strip() == f"port_in_use: Port {port} on 127.0.0.1 is already in use."


def test_a_port_in_use_does_not_revoke_the_key_of_the_demo_that_uses_it(data: str) -> None:
    with running(data, demo=True) as server:
        key = server.greeting[1].split()[1]
        for other in (data, f"{data}.other"):
            process = start(other, demo=True, port=server.port)
            assert "port_in_use" in process.communicate(timeout=30)[1]
        with server.client(key) as client:
            assert client.get("/users").status_code == 200


@pytest.mark.parametrize("data", ["file"], indirect=True)
def test_a_second_server_of_the_same_file_is_refused(data: str) -> None:
    with running(data, demo=True) as server:
        key = server.greeting[1].split()[1]
        process = start(data, demo=True)
        assert process.communicate(timeout=30)[1].strip() == (
            f"data_in_use: Another server already serves {data}."
        )
        with server.client(key) as client:
            assert client.get("/users").status_code == 200
        server.process.kill()
        server.process.wait()
        with running(data, demo=True):
            pass


def test_the_limit_headers_are_spelled_as_in_the_reference(served: Served) -> None:
    for sent in (request(served.port, "GET", "/v1/users", {}), b"rubbish\r\n\r\n"):
        with connected(served.port) as connection:
            connection.sendall(sent)
            head = connection.recv(65_536).partition(b"\r\n\r\n")[0]
        for name in (b"X-RateLimit-Limit", b"X-RateLimit-Remaining", b"X-RateLimit-Reset"):
            assert b"\r\n" + name + b": " in head


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_what_is_in_flight_end(data: str, tmp_path: Any, number: int) -> None:
    key = add_key(opened(data), "owner").key
    faults = tmp_path / "faults.json"
    faults.write_text('[{"method": "POST", "path": "/projects", "do": "late", "seconds": 1}]')
    with (
        running(data, faults=str(faults)) as server,
        connected(server.port) as slow,
        connected(server.port) as half,
    ):
        body = b'{"name": "In flight"}'
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", **length(body)}
        whole = request(server.port, "POST", "/v1/projects", headers, body)
        slow.sendall(whole)
        until_stored(data, 1)
        half.sendall(whole[:-5])
        httpx.get(f"{server.base}/users", trust_env=False)  # by now the server has read the half one too
        server.process.send_signal(number)
        half.sendall(whole[-5:])
        assert answered(slow).status == 201
        assert answered(half).error()["details"]["reason"] == "taken"
        assert server.process.wait(30) == 0
        with pytest.raises(OSError, match="refused"):
            connected(server.port)


def until_stored(data: str, count: int) -> None:
    """Wait until as many projects are on disk."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if sql(data, "SELECT count(*) FROM projects")[0][0] >= count:
            return
    raise AssertionError("the request did not arrive")


def test_a_kill_under_load_loses_nothing_that_was_answered(data: str) -> None:
    key = add_key(opened(data), "owner").key
    answered_ids: list[str] = []
    enough = threading.Event()

    def load(served: Served) -> None:
        with contextlib.suppress(httpx.TransportError), served.server.client(key) as client:
            for _ in range(10_000):
                answer = client.post(
                    "/time-entries", content=served.body(), headers={"Content-Type": "application/json"}
                )
                assert answer.status_code == 201
                answered_ids.append(answer.json()["data"]["id"])
                if len(answered_ids) > 100:
                    enough.set()

    with running(data) as server:
        served = Served(server, key)
        threads = [threading.Thread(target=load, args=(served,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        server.process.kill()
        for thread in threads:
            thread.join()
        served.client.close()
    with running(data) as server, server.client(key) as client:
        for entry_id in answered_ids:
            assert client.get(f"/time-entries/{entry_id}").status_code == 200
        total = client.get("/time-entries").json()["meta"]["total"]
    assert len(answered_ids) <= total <= len(answered_ids) + len(threads)


@pytest.mark.parametrize("ending", ["terminate", "kill"])
def test_limits_are_kept_over_a_restart(data: str, ending: str) -> None:
    key = add_key(opened(data), "owner").key
    with running(data, limits="5,50,500") as server:
        with server.client(key) as client:
            assert [client.get("/users").status_code for _ in range(4)] == [200] * 4
        if ending == "kill":
            until_saved(data)  # a second at most
        getattr(server.process, ending)()
        server.process.wait(30)
    with running(data, limits="5,50,500") as server, server.client(key) as client:
        assert [client.get("/users").status_code for _ in range(2)] == [200, 429]


def until_saved(data: str) -> None:
    """Wait until the requests are counted on disk: a file is written once a second."""
    counted = "count(*)" if is_url(data) else "sum(length(times)) / 8"
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if sql(data, f"SELECT {counted} FROM recent_requests") == [(4,)]:
            return
    raise AssertionError("the counts were not saved")


def test_other_addresses_are_warned_of(data: str) -> None:
    with running(data, host="0.0.0.0") as server:
        assert server.process.stdout is not None
        assert "keys are sent unencrypted" in server.process.stdout.readline()
        # The address that is printed is one that a client can use.
        assert httpx.get(server.greeting[0].split()[-1][:-1], trust_env=False).status_code == 200


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.1", "a b"])
def test_an_address_of_another_computer_is_refused(data: str, host: str) -> None:
    process = start(data, host=host)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 1
    assert stderr.startswith(f"usage: Cannot listen on {host}:0: ")


def test_the_line_about_a_first_key(data: str) -> None:
    with running(data) as server:
        assert server.process.stdout is not None
        assert (
            server.process.stdout.readline() == "No keys yet; `clockeye serve keys add NAME` creates one.\n"
        )


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_request_with_two_lengths_is_refused_and_what_follows_is_not_answered(
    served: Served, version: str
) -> None:
    hidden = request(served.port, "GET", "/v1/users", {"Authorization": f"Bearer {served.key}"})
    headers = {"Transfer-Encoding": "chunked", "Content-Length": str(len(hidden) + 5)}
    first = request(served.port, "POST", "/v1/time-entries", headers).replace(
        b"HTTP/1.1", f"HTTP/{version}".encode()
    )
    with connected(served.port) as connection:
        connection.sendall(first + b"0\r\n\r\n" + hidden)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    assert answer.count(b"HTTP/1.") == 1
    assert b" 400 Bad Request" in answer
    assert b"both Content-Length and Transfer-Encoding" in answer


def test_1_000_idle_connections_do_not_keep_the_next_one_out(served: Served) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(1_010):
            stack.enter_context(connected(served.port))
        assert ask(served.port, request(served.port, "GET", "/v1/users", {})).status == 401
