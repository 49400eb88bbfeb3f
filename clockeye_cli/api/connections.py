"""HTTP connections that stay open, and their errors; the only file that imports httpx.

Redirects are not followed; proxies and certificates come from the environment; answers are limited.
"""

from __future__ import annotations

import re
import time
from functools import cached_property

import httpx

from clockeye_cli.api import backend
from clockeye_cli.api.certificates import trusted
from clockeye_cli.api.closing import Closing
from clockeye_cli.api.early import CONNECT_SECONDS
from clockeye_cli.api.proxies import proxy_for
from clockeye_cli.core.api_key import redacted
from clockeye_cli.core.origin import checked
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NeverArrivedError, NoAnswerError, UsageError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from clockeye_cli.api.early import EarlyConnection
    from clockeye_cli.api.proxies import Proxy

MOST_BYTES = 10 * 1024 * 1024
ANSWER_SECONDS, LONGEST_SECONDS = 30.0, 120.0
LEAST_SECONDS = 0.1
"""A request gets at least this long, however close the deadline is."""

CODINGS = ("identity", "gzip", "x-gzip", "deflate", "")

NEVER_ARRIVED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What httpx raises before a byte of the request can have reached the service."""

Transport = httpx.BaseTransport


class Response(NamedTuple):
    """An answer, whatever its status.

    Attributes:
        status: The HTTP status.
        headers: By name, in any case.
        body: Decoded.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Route(NamedTuple):
    """How requests reach an address: the connections, the proxy they go through, and who names it."""

    http: httpx.Client
    proxy: httpx.Proxy | None
    variable: str


class Connections(Closing):
    """Connections that stay open until `close`; requests to the same origin share them.

    Args:
        environ: HTTPS_PROXY, ALL_PROXY and NO_PROXY; what `certificates.trusted` reads.
        headers: Sent with each request.
        secret: Masked in errors; empty for none.
        transport: Carries the requests in tests.
        early: A connection that is already being made, for the first request to its origin.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        headers: Mapping[str, str] | None = None,
        secret: str = "",
        transport: Transport | None = None,
        early: EarlyConnection | None = None,
    ) -> None:
        self._environ = environ
        self._headers = {"Accept-Encoding": "gzip, deflate", **(headers or {})}
        self._secret = secret
        self._transport = transport
        self._early = early
        self._routes: dict[tuple[bool, Proxy | None], _Route] = {}

    def close(self) -> None:
        """Close them all."""
        for route in self._routes.values():
            route.http.close()
        if self._early:
            self._early.close()

    def prepare(self, url: str) -> None:
        """Prepare for requests to this address, so that a mistake in the environment shows up at once.

        Raises:
            UsageError: The address is not safe, the certificates cannot be read, or the proxy is wrong.
        """
        self._route(checked(url).url)

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = MOST_BYTES,
        until: float | None = None,
        longest: float = LONGEST_SECONDS,
    ) -> Response:
        """Send one request, once, and read its answer.

        Args:
            method: GET, POST, PUT or DELETE.
            url: `https://…`; `http` only for this computer itself.
            params: The query.
            content: The body.
            headers: Additional headers.
            most: The maximum size of the decoded answer, in bytes.
            until: A monotonic time after which the answer is given up; None for ANSWER_SECONDS of silence.
            longest: Seconds after which it is given up without such a time, however steadily it comes.

        Raises:
            UsageError: What `prepare` raises, or the address is invalid.
            NeverArrivedError: The request did not arrive.
            NoAnswerError: The request may have arrived, but the answer is missing, too large or too slow.
        """
        base = checked(url.partition("?")[0])
        route = self._route(base.url)
        seconds = longest if until is None else max(LEAST_SECONDS, seconds_left(until))
        end = time.monotonic() + seconds
        backend.begin_exchange(end)
        timeout = httpx.Timeout(min(ANSWER_SECONDS, seconds), connect=min(CONNECT_SECONDS, seconds))
        try:
            with route.http.stream(
                method, url, params=params, content=content, headers=headers, timeout=timeout
            ) as response:
                return _read(response, base.origin, most, end)
        except NEVER_ARRIVED as error:
            raise _unreached(base.origin, route, error) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise UsageError(f"Invalid address {base.url[:80]!r}: {_reason(error)}.") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            is_late = isinstance(error, httpx.TimeoutException)
            if is_late and backend.exchange.has_begun and time.monotonic() >= end:
                raise _unfinished(base.origin) from None
            # Not `from error`: httpx quotes the answer, which may contain the key if the service echoes it.
            raise NoAnswerError(
                f"No answer from {base.origin}: {redacted(_reason(error), self._secret)}.",
                hint="Check the network.",
                is_late=is_late,
            ) from None

    def _route(self, url: str) -> _Route:
        is_tls, proxy = url.startswith("https:"), proxy_for(url, self._environ)
        if (is_tls, proxy) not in self._routes:
            parsed = _parsed(proxy) if proxy else None
            http = self._opened(is_tls=is_tls, proxy=parsed)
            self._routes[is_tls, proxy] = _Route(http, parsed, proxy.variable if proxy else "")
        return self._routes[is_tls, proxy]

    def _opened(self, *, is_tls: bool, proxy: httpx.Proxy | None) -> httpx.Client:
        return httpx.Client(
            # httpx would send even requests to this computer itself, with the key, through HTTP_PROXY.
            trust_env=False,
            follow_redirects=False,
            headers=self._headers,
            transport=self._transport or self._carrier(is_tls=is_tls, proxy=proxy),
        )

    def _carrier(self, *, is_tls: bool, proxy: httpx.Proxy | None) -> Transport:
        verify = self._certificates if is_tls else False
        transport = httpx.HTTPTransport(verify=verify, trust_env=False, proxy=proxy)
        # httpx has no public way to give httpcore a backend. Should one of them rename this, the early
        # connection is not used, and only the pieces of an answer have a limit.
        early = self._early if is_tls and proxy is None else None
        transport._pool._network_backend = backend.Backend(early)  # noqa: SLF001 (see above)
        return transport

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return self._early.context if self._early else trusted(self._environ)


def seconds_left(until: float | None) -> float:
    """Seconds until a monotonic time; ANSWER_SECONDS for None."""
    return ANSWER_SECONDS if until is None else until - time.monotonic()


def _read(response: httpx.Response, origin: str, most: int, until: float) -> Response:
    """The answer, decoded: at most `most` bytes, and until a monotonic time."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in CODINGS:  # gzip in gzip would grow to gigabytes in one step
        raise NoAnswerError(f"{origin} sent an answer in an unexpected encoding.")
    raw = bytearray()
    for chunk in response.iter_bytes():
        raw += chunk
        if len(raw) > most:
            raise NoAnswerError(f"{origin} sent more than {most // 1024**2} MiB.")
        if time.monotonic() > until:
            raise _unfinished(origin)
    response.stream = httpx.ByteStream(b"")  # the one that was read refers to the response: a cycle
    return Response(response.status_code, response.headers, bytes(raw))


def _unfinished(origin: str) -> NoAnswerError:
    return NoAnswerError(f"{origin} did not finish its answer in time.", is_late=True)


def _unreached(origin: str, route: _Route, error: Exception) -> NeverArrivedError:
    proxy = route.proxy
    through = f" through the proxy {proxy.url.host}:{proxy.url.port or ''}".rstrip(":") if proxy else ""
    hint = "Check the network."
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        hint = "Set CLOCKEYE_CA_FILE to the certificates to trust, and check that the clock is right."
    elif proxy:
        hint = f"Check the network and {route.variable}."
    return NeverArrivedError(f"Cannot reach {origin}{through}: {_reason(error)}.", hint=hint)


def _reason(error: Exception) -> str:
    text = re.sub(r"^\[(SSL: \w+|Errno -?\d+)\] | \(_ssl\.c:\d+\)$", "", str(error).rstrip("."))
    return text.rstrip(".") or type(error).__name__


def _parsed(proxy: Proxy) -> httpx.Proxy:
    address = proxy.address if "://" in proxy.address else f"http://{proxy.address}"
    try:
        parsed = httpx.Proxy(address)
        is_usable = parsed.url.scheme in ("http", "https") and bool(parsed.url.host)
    except (ValueError, httpx.InvalidURL):
        is_usable = False
    if not is_usable:  # not repeated: it may hold a password
        raise UsageError(f"{proxy.variable} is not a valid address.", hint="Write it as http://HOST:PORT.")
    return parsed
