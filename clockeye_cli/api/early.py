"""A connection that is being made while the HTTP library is loaded.

Loading takes 60 to 120 ms, a TLS handshake with a server in another country as long; together they take as
long as the longer one. Nothing is sent over it before the library has taken it over.
"""

from __future__ import annotations

import socket
import ssl
import threading

from clockeye_cli.api.certificates import trusted
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""The first one with a value counts."""

CONNECT_SECONDS = 4.0
HTTPS_PORT = 443


class EarlyConnection:
    """A connection with TLS, made by a thread of its own.

    Args:
        host: The server.
        port: Its port.
        context: Whose certificates are trusted.
    """

    def __init__(self, host: str, port: int, context: ssl.SSLContext) -> None:
        self.host, self.port, self.context = host, port, context
        self._socket: ssl.SSLSocket | None = None
        self._error: OSError | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._connect, daemon=True)
        self._thread.start()

    def take(self, seconds: float | None) -> ssl.SSLSocket | None:
        """The connection, once; None if it has to be made anew.

        Raises:
            TimeoutError: It takes longer than this.
            OSError: It cannot be made.
        """
        self._thread.join(seconds)
        if self._thread.is_alive():
            self.close()
            raise TimeoutError("timed out")
        if self._error:
            raise self._error
        taken, self._socket = self._socket, None
        return taken if taken and _is_open(taken) else None

    def close(self) -> None:
        """Close it, unless it was taken."""
        self._is_closed = True
        if self._socket:
            self._socket.close()

    def _connect(self) -> None:
        try:
            plain = socket.create_connection((self.host, self.port), CONNECT_SECONDS)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self._socket = self.context.wrap_socket(plain, server_hostname=self.host)
            finally:
                plain.close()  # does nothing if the other has taken it over
        except OSError as error:
            self._error = error
        except (ValueError, OverflowError):
            pass  # no host or port: the library says so
        if self._is_closed:
            self.close()


def _is_open(connection: ssl.SSLSocket) -> bool:
    """Whether the server still holds it open: it may not wait for as long as a keyring is being unlocked."""
    connection.settimeout(0)
    try:
        connection.recv(1)  # also reads what TLS itself may have sent, which would look like an answer
    except ssl.SSLWantReadError:
        return True
    except OSError:
        pass
    connection.close()
    return False


def begin(url: str, environ: Mapping[str, str]) -> EarlyConnection | None:
    """Begin to connect to an API; None if the client has to do that itself.

    It has to through a proxy, without TLS, and where it will refuse the settings.

    Args:
        url: The API's base URL.
        environ: HTTPS_PROXY, ALL_PROXY; what `certificates.trusted` reads.
    """
    # Only what needs no parser of URLs, whose import alone takes 5 ms.
    scheme, _, rest = url.partition("://")
    host, colon, port = rest.partition("/")[0].partition(":")
    is_plain = host.isascii() and host.replace("-", "a").replace(".", "a").isalnum() and host == host.lower()
    is_proxied = any(environ.get(name) for name in PROXY_VARIABLES)
    if scheme != "https" or not is_plain or is_proxied or (colon and not port.isdecimal()):
        return None
    try:
        context = trusted(environ)
    except UsageError:
        return None  # the client reports it
    context.set_alpn_protocols(["http/1.1"])
    return EarlyConnection(host, int(port or HTTPS_PORT), context)
