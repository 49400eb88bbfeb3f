"""A real server in a process of its own, on a free port of this computer."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPT = """
import json, sys
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.server.limits import parse_limits
from clockeye_cli.server import serving, waitress_server
options = json.loads(sys.argv[1])
waitress_server.REQUEST_SECONDS = options.pop("request_seconds")
options["limits"] = parse_limits(options["limits"])
try:
    serving.serve(**options, announce=lambda greeting: print(*greeting.lines(), sep="\\n", flush=True))
except ClockeyeError as error:
    sys.exit(f"{error.code}: {error.message}")
"""


class Running(NamedTuple):
    """A server that listens.

    Attributes:
        base: `http://127.0.0.1:PORT/v1`.
        greeting: The lines that it printed.
    """

    process: subprocess.Popen[str]
    base: str
    port: int
    greeting: list[str]

    def client(self, key: str = "", **options: Any) -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.base, headers=headers, trust_env=False, timeout=30, **options)


def start(data: str, **options: Any) -> subprocess.Popen[str]:
    """Start a server with the options of `serve`; limits as they are typed."""
    defaults = {
        "data": data,
        "host": "127.0.0.1",
        "port": 0,
        "limits": "off",
        "demo": False,
        "faults": "",
        "public_urls": [],
        "log": "",
        "request_seconds": 30,
    }
    command = [sys.executable, "-W", "error", "-c", SCRIPT, json.dumps(defaults | options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextlib.contextmanager
def running(data: str, **options: Any) -> Iterator[Running]:
    """A server that listens until the block ends."""
    process = start(data, **options)
    try:
        yield _listening(process, lines=3 if options.get("demo") else 1)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _listening(process: subprocess.Popen[str], lines: int) -> Running:
    assert process.stdout is not None
    greeting = [process.stdout.readline().strip() for _ in range(lines)]
    assert greeting[0], process.communicate()[1]
    base = greeting[0].split()[2]
    return Running(process, base, int(base.split(":")[2].split("/")[0]), greeting)
