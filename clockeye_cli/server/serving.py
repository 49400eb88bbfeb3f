"""`clockeye serve`: run the application in waitress until a signal stops it."""

from __future__ import annotations

import logging
import re
import time
from contextlib import closing

from waitress.channel import ClientDisconnected

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.server import access_log
from clockeye_cli.server.addresses import Addresses, client_host, is_loopback
from clockeye_cli.server.app import create_app
from clockeye_cli.server.demo import TEAM, prepare_demo
from clockeye_cli.server.faults import Faults, read_rules
from clockeye_cli.server.keys import list_keys
from clockeye_cli.server.places import opened
from clockeye_cli.server.serving_file import alone
from clockeye_cli.server.waitress_server import listen, listening

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from wsgiref.types import WSGIApplication

    from clockeye_cli.server.limits import Limits
    from clockeye_cli.server.storage import Storage

TLS_PORT = 8443
"""A port for a TLS proxy that needs no privileges."""


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
        demo = [f"Key: {self.key}", f"Log in: `{login_line(self.key, self.url)}`"] if self.key else []
        return [f"ClockEye API: {self.url} (documented at {self.docs})", *demo, *self.notices]


def login_line(key: str, url: str) -> str:
    """The shell command that logs in to the demo as its owner, with or without a keyring on that computer."""
    return (
        f"printf %s {key} | CLOCKEYE_API_URL={url} clockeye auth login"
        f" --with-key --user {TEAM[0][1]} --insecure-storage"
    )


def serve(
    *,
    data: str,
    host: str,
    port: int,
    limits: Limits | None,
    demo: bool,
    faults: str,
    public_urls: Sequence[str],
    log: str,
    announce: Callable[[Greeting], None],
) -> None:
    """Serve the API until SIGTERM or SIGINT.

    Args:
        data: The SQLite file, created if missing, or the URL of a PostgreSQL database.
        host: Address to listen on.
        port: Port to listen on; 0 for any free port.
        limits: Limits per key; None for no limits.
        demo: Fill the file with a demo team if it is new, and create a key.
        faults: A file of rules (see `faults`); empty for none.
        public_urls: Origins under which a proxy serves the API.
        log: A file for the access log, `-` for standard output; empty for none.
        announce: Called once the server listens.

    Raises:
        UsageError: An address, URL or rule is invalid.
        ClashError: The port is in use, another server serves the file, or it contains data that is not from
            a demo.
        StorageError: The file, or that of the log, cannot be used.
    """
    rules = read_rules(faults) if faults else []
    Addresses(public_urls)
    write_log = access_log.opened(log) if log else None
    with closing(listen(host, port)) as listener:
        storage = opened(data)
        with alone(data):
            # The key of an earlier demo is revoked only now, when this one is sure to serve.
            demo_key = prepare_demo(storage, now=int(time.time())) if demo else ""
            application = create_app(data, limits=limits, public_urls=public_urls)
            served: WSGIApplication = application
            if rules:
                served = Faults(application, rules, drop=ClientDisconnected)
            logging.getLogger("waitress").setLevel(logging.ERROR)
            try:
                with listening(served, listener, host, limits, write_log) as server:
                    announce(_greeting(host, server.effective_port, storage, demo_key, public_urls))
                    server.run()
            finally:
                application.close()


def _greeting(host: str, port: int, storage: Storage, demo_key: str, public_urls: Sequence[str]) -> Greeting:
    name = client_host(host)
    name = f"[{name}]" if ":" in name else name
    base = f"http://{name}:{port}"
    notices = [] if is_loopback(host) else _behind_tls(name, port, public_urls)
    if not any(key.revoked_at is None for key in list_keys(storage)):
        notices.append("No keys yet; `clockeye serve keys add NAME` creates one.")
    return Greeting(f"{base}/v1", f"{base}/docs", demo_key, notices)


def _behind_tls(name: str, port: int, public_urls: Sequence[str]) -> list[str]:
    """What to run in front of this server, so that keys do not travel unencrypted."""
    secure = [url for url in public_urls if url.startswith("https:")]
    url = secure[0].rstrip("/") if secure else f"https://{name}:{TLS_PORT}"
    # Only for a public name on port 443 does Caddy get a certificate that other computers trust.
    is_public = re.fullmatch(r"https://[^:\[\]]*\.[a-z]+", url) is not None
    caddy = f"caddy reverse-proxy --from {url} --to 127.0.0.1:{port}" if is_public else _caddy(url, port)
    return [
        "Anyone who can reach this address can try keys, and keys are sent unencrypted."
        f" To use TLS, restart with `--host 127.0.0.1 --public-url {url}`, and run one of these in front:",
        f"  `{caddy}`",
        f"  nginx: location / {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $http_host; }}",
    ]


def _caddy(url: str, port: int) -> str:
    """A shell command that runs Caddy with a certificate of its own and without privileges."""
    options = r"{\nauto_https disable_redirects\nskip_install_trust\n}"
    site = rf"{url} {{\ntls internal\nreverse_proxy 127.0.0.1:{port}\n}}"
    return rf"printf '{options}\n{site}\n' | caddy run --adapter caddyfile --config -"
