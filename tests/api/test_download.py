"""Downloads: one connection for all files of a server, and none for a file that another server has."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.api.download import Downloads
from clockeye_cli.errors import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server:
    """A server that keeps connections open; its files are all paths that end in `.png`."""

    def __init__(self) -> None:
        self.connections = 0
        self.paths: list[str] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                server.connections += 1
                super().setup()

            def do_GET(self) -> None:
                server.paths.append(self.path)
                body = self.path.encode()
                self.send_response(200 if self.path.endswith(".png") else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def servers() -> Iterator[tuple[Server, Server]]:
    pair = Server(), Server()
    yield pair
    for server in pair:
        server.close()


def test_all_files_of_a_server_come_over_one_connection(servers: tuple[Server, Server]) -> None:
    one, other = servers
    with Downloads({}) as downloads:
        for number in range(5):
            for server in servers:
                assert downloads.get(f"{server.origin}/{number}.png") == f"/{number}.png".encode()
    assert (one.connections, other.connections) == (1, 1)
    assert len(one.paths) == len(other.paths) == 5


def test_a_file_that_is_missing_leaves_the_connection_open(servers: tuple[Server, Server]) -> None:
    server, _ = servers
    with Downloads({}) as downloads:
        with pytest.raises(NoAnswerError, match="answered with status 404"):
            downloads.get(f"{server.origin}/gone")
        downloads.get(f"{server.origin}/here.png")
    assert (server.connections, server.paths) == (1, ["/gone", "/here.png"])
