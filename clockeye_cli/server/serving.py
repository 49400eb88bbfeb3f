"""`clockeye serve`: run the application in waitress until a signal stops it."""

from __future__ import annotations

import logging
import time

from waitress.channel import ClientDisconnected

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.server.addresses import is_loopback
from clockeye_cli.server.app import create_app
from clockeye_cli.server.database import Database
from clockeye_cli.server.demo import TEAM, prepare_demo
from clockeye_cli.server.faults import Faults, read_rules
from clockeye_cli.server.keys import list_keys
from clockeye_cli.server.waitress_server import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from wsgiref.types import WSGIApplication

    from clockeye_cli.server.limits import Limits
    from clockeye_cli.server.waitress_server import Server


class Greeting(NamedTuple):
    """What to tell the user once the server listens.

    Attributes:
        url: The base URL of the API.
        docs: The URL of its documentation.
        key: The demo's key; empty without a demo.
        notices: Further lines.
    """

    url: str
    docs: str
    key: str
    notices: list[str]

    def lines(self) -> list[str]:
        """The greeting as lines for people."""
        demo = [f"Key: {self.key}", f"Log in: {login_line(self.key, self.url)}"] if self.key else []
        return [f"ClockEye API: {self.url} (documented at {self.docs})", *demo, *self.notices]


def login_line(key: str, url: str) -> str:
    """The shell command that logs in to the demo as its owner."""
    return f"printf %s {key} | CLOCKEYE_API_URL={url} clockeye auth login --with-key --user {TEAM[0][1]}"


def serve(
    *,
    data: str,
    host: str,
    port: int,
    limits: Limits | None,
    demo: bool,
    faults: str,
    public_urls: Sequence[str],
    announce: Callable[[Greeting], None],
) -> None:
    """Serve the API until SIGTERM or SIGINT.

    Args:
        data: The SQLite file; created if missing.
        host: Address to listen on.
        port: Port to listen on; 0 for any free port.
        limits: Limits per key; None for no limits.
        demo: Fill the file with a demo team if it is new, and create a key.
        faults: A file of rules (see `faults`); empty for none.
        public_urls: Origins under which a proxy serves the API.
        announce: Called once the server listens.

    Raises:
        UsageError: An address, URL or rule is invalid.
        ClashError: The port is in use, or the file contains data that is not from a demo.
        StorageError: The file cannot be used.
    """
    rules = read_rules(faults) if faults else []
    database = Database(data)
    demo_key = prepare_demo(database, now=int(time.time())) if demo else ""
    application = create_app(data, limits=limits, public_urls=public_urls)
    served: WSGIApplication = application
    if rules:
        served = Faults(application, rules, drop=ClientDisconnected)
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        with listening(served, host, port, limits) as server:
            announce(_greeting(server, database, demo_key))
            server.run()
    finally:
        application.close()


def _greeting(server: Server, database: Database, demo_key: str) -> Greeting:
    host = server.effective_host
    base = f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}"
    notices = []
    if not is_loopback(host):
        notices.append(
            "Anyone who can reach this address can try keys, and keys are sent unencrypted."
            " Put a TLS proxy in front (--public-url), or listen on 127.0.0.1."
        )
    if not any(key.revoked_at is None for key in list_keys(database)):
        notices.append("No keys yet: clockeye serve keys add NAME")
    return Greeting(f"{base}/v1", f"{base}/docs", demo_key, notices)
