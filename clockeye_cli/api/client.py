"""One HTTP request to ClockEye and its answer; the only file that imports httpx.

The key is put on in one place, for the one origin that it is bound to. Redirects are errors, proxies and
certificates are what the environment says and nothing else, and what comes back is read with limits.
"""

from __future__ import annotations

import json
import random
import re
import ssl
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from clockeye_cli import __version__
from clockeye_cli.api import pace
from clockeye_cli.core.origin import LOOPBACK, PORTS, checked
from clockeye_cli.errors import (
    ClockeyeError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    RejectedError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from concurrent.futures import Future
    from types import TracebackType

MOST_BYTES = 10 * 1024 * 1024
MOST_DEPTH = 64
TRIES = 3
AT_A_TIME = 4
CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 30.0
DOWNLOAD_SECONDS = 120.0
LONGEST_PAUSE = 2.0
LEAST_SECONDS = 0.1
"""Never so little is left that a request cannot even be tried."""

OK, MULTIPLE, BAD_REQUEST, SERVER_ERROR = 200, 300, 400, 500
UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TIMEOUT, EARLY, MANY = 401, 403, 404, 408, 425, 429

CODINGS = ("identity", "gzip", "x-gzip", "deflate", "")

NEVER_ARRIVED = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What httpx raises before a byte of the request can have reached the service."""


class Answer(NamedTuple):
    """What came back.

    Attributes:
        status: 2xx.
        text: The body, exactly.
        content: The same as JSON values; None for an empty one.
        limits: What the headers say about the limits.
    """

    status: int
    text: str
    content: Any
    limits: pace.Limits | None


class Client:
    """Talks to one ClockEye API with one key.

    Args:
        base_url: `https://…/v1`; `http` only to this computer itself.
        key: The API key; empty sends none.
        environ: HTTPS_PROXY and NO_PROXY, SSL_CERT_FILE, CLOCKEYE_CA_FILE.
        before: Called before each request, and may wait: the limits of the service. Where there is nobody
            who waits, a 429 is an error at once.
        after: Called with what an answer says about the limits. Like `before`, only in the thread that asks.
        patience: Seconds that one answer may take, however many there are; None for as long as it takes.
        deadline: A monotonic time after which nothing is waited for any more; None for none.
        transport: What carries requests in tests.
        sleep: Waits between two tries.

    Raises:
        UsageError: The base URL is not safe to send a key to, or the certificates cannot be read.
        KeyMissingError: The key holds what no key holds.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        environ: Mapping[str, str],
        *,
        before: Callable[[], None] | None = None,
        after: Callable[[pace.Limits], None] = lambda _limits: None,
        patience: float | None = None,
        deadline: float | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = checked(base_url)
        if not key.isascii() or not key.isprintable() or " " in key:
            # It would fail in httpx, with the key in the words of the error.
            raise KeyMissingError("That is no API key.", hint="It has no blanks and is one line.")
        self._key = key
        self._before = before
        self._after = after
        self._told: deque[pace.Limits] = deque()
        self._is_scarce = False
        self._is_slow = False
        self._sleep = sleep
        self._patience = patience
        self._deadline = deadline
        self._proxy = _proxy(self.base.url, environ)
        self._http = httpx.Client(
            # Whatever stands in the environment is taken by hand: httpx would send even what goes to this
            # computer itself, key included, through HTTP_PROXY.
            trust_env=False,
            follow_redirects=False,
            verify=_certificates(environ) if self.base.url.startswith("https:") else False,
            proxy=self._proxy,
            headers={
                "User-Agent": f"clockeye/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
            },
            transport=transport,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def request(
        self, method: str, path: str, *, params: Mapping[str, str | int] | None = None, body: Any = None
    ) -> Answer:
        """Send a request and read its answer. A GET that fails on the way is tried again, up to three times.

        Args:
            method: GET, POST, PUT or DELETE.
            path: Begins with a slash; goes after the base URL.
            params: The query.
            body: JSON values.

        Raises:
            NeverArrivedError: It did not arrive.
            NoAnswerError: It may have arrived.
            LimitedError: Too many requests.
            KeyMissingError: The key is refused, or lacks a permission.
            RejectedError: Any other refusal.
        """
        return self._tried(method, path, params, body)

    def get_several(self, path: str, queries: Iterable[Mapping[str, str | int]]) -> Generator[Answer]:
        """Send a GET for each query, four at a time; one by one where the service takes only few more.

        Also where it is slow and a person waits: if it does one thing after the other, the last of four has
        to wait for three, and each of them is waited for only so long.

        The answers come in the order of the queries. Once one has failed, or the iterator is closed, those
        that have not begun are not sent any more. Raises what `request` raises.
        """
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(AT_A_TIME)
        begun: deque[tuple[Mapping[str, str | int], None, Future[Answer]]] = deque()
        try:
            for params in queries:
                while len(begun) >= (1 if self._is_scarce or self._is_slow else AT_A_TIME):
                    yield self._tried("GET", path, *begun.popleft())
                if self._before:
                    self._before()
                begun.append(
                    (params, None, pool.submit(self._once, "GET", path, params, None, self._until()))
                )
            while begun:
                yield self._tried("GET", path, *begun.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _tried(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int] | None,
        body: Any,
        begun: Future[Answer] | None = None,
    ) -> Answer:
        """The answer of one of the tries, the first of which may have begun."""
        until: float | None = None
        for number in range(1, TRIES + 1):
            if begun is None and self._before:
                self._before()
            until = until or self._until()
            try:
                return begun.result() if begun else self._once(method, path, params, body, until)
            except LimitedError:  # nothing was done; `before` waits, or says that this takes too long
                if self._before is None or number == TRIES:
                    raise
                until = None
            except (NeverArrivedError, NoAnswerError) as error:
                is_safe = method == "GET" or isinstance(error, NeverArrivedError)
                pause = random.uniform(0, min(LONGEST_PAUSE, 0.2 * 2**number))  # noqa: S311 (jitter)
                if not is_safe or number == TRIES or _left(until) <= pause:
                    raise
                self._sleep(pause)
            finally:
                self._tell()
            begun = None
        raise AssertionError  # the last try returns or raises

    def _tell(self) -> None:
        """Hand on what the answers so far, of whichever thread, have said about the limits."""
        while self._told:
            limits = self._told.popleft()
            self._is_scarce = limits.remaining <= pace.FEW
            self._after(limits)

    def _once(
        self,
        method: str,
        path: str,
        params: Mapping[str, str | int] | None,
        body: Any,
        until: float | None,
    ) -> Answer:
        url = self.base.url + path
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        if checked(url.partition("?")[0]).origin != self.base.origin:
            raise UsageError(f"{path[:60]!r} leaves {self.base.origin}.", hint="A path begins with a slash.")
        content = None if body is None else json.dumps(body, allow_nan=False).encode()
        if content is not None or method != "GET":
            headers["Content-Type"] = "application/json"
        begun_at = time.monotonic()
        left = max(LEAST_SECONDS, _left(until))
        timeout = httpx.Timeout(min(ANSWER_SECONDS, left), connect=min(CONNECT_SECONDS, left))
        try:
            with self._http.stream(
                method, url, params=params, content=content, headers=headers, timeout=timeout
            ) as response:
                answer = self._read(response, None if until is None else begun_at + left)
        except NEVER_ARRIVED as error:
            raise _unreached(self.base.origin, self._proxy, error) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise UsageError(f"{path[:60]!r} is no path: {_reason(error)}.") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            # Not `from error`: httpx repeats what came, with the key if the service has repeated that.
            raise NoAnswerError(
                f"{self.base.origin} gave no answer: {self._redacted(_reason(error))}.",
                hint="Check the network.",
            ) from None
        if self._patience is not None:
            self._is_slow = time.monotonic() - begun_at > self._patience / AT_A_TIME / 2
        return answer

    def _until(self) -> float | None:
        """A monotonic time: until when an answer that is asked for now is waited for."""
        if self._patience is None:
            return self._deadline
        until = time.monotonic() + self._patience
        return until if self._deadline is None else min(until, self._deadline)

    def _read(self, response: httpx.Response, until: float | None) -> Answer:
        raw = _body(response, self.base.origin, MOST_BYTES, until)
        limits = pace.limits(response.headers)
        if response.status_code == MANY:  # whatever the headers count: nothing is taken until then
            wait = pace.wait_seconds(response.headers)
            limits = pace.Limits(limits.limit if limits else 0, 0, wait)
        if limits:
            self._told.append(limits)
        text = raw.decode(errors="replace")
        if OK <= response.status_code < MULTIPLE:
            return Answer(response.status_code, text, self._parsed(text), limits)
        raise self._refusal(response, text)

    def _parsed(self, text: str) -> Any:
        try:
            return parse(text) if text.strip() else None
        except ValueError as error:
            raise NoAnswerError(f"{self.base.origin} sent an answer that cannot be read: {error}.") from error

    def _refusal(self, response: httpx.Response, text: str) -> ClockeyeError:
        status = response.status_code
        code, message = (self._redacted(said) for said in _told(text))
        said = message[:500] or f"status {status}"
        if MULTIPLE <= status < BAD_REQUEST:
            target = self._redacted(response.headers.get("Location", "somewhere else"))[:200]
            return RejectedError(
                f"{self.base.origin} redirects to {target}; the key is not sent there.",
                status=status,
                hint="The address is the profile's `url`, or CLOCKEYE_API_URL at a login and without one.",
                code="redirected",
            )
        if status == UNAUTHORIZED:
            return KeyMissingError(
                f"ClockEye refuses the key: {said}.",
                hint="`clockeye auth login` takes another one.",
                code="key_refused",
            )
        if status == FORBIDDEN:
            return KeyMissingError(
                f"The key may not do this: {said}.",
                hint="Give it the permission, or use another.",
                code="forbidden",
            )
        if status == MANY:
            wait = pace.wait_seconds(response.headers)
            return LimitedError(
                f"ClockEye takes no more requests for {wait:.0f} s.", wait=wait, hint="Try again then."
            )
        if status in (TIMEOUT, EARLY) or status >= SERVER_ERROR:
            return NoAnswerError(f"{self.base.origin} failed: {said}.", hint="Try again later.")
        is_elsewhere = status == NOT_FOUND and not self.base.url.endswith("/v1")
        hint = f"ClockEye's address ends in /v1; this is {self.base.url}." if is_elsewhere else ""
        return RejectedError(f"ClockEye refuses this: {said}.", status=status, hint=hint, code=code)

    def _redacted(self, text: str) -> str:
        """What the service says, without the key that it may repeat."""
        return text.replace(self._key, "***") if self._key else text


def fetch(url: str, environ: Mapping[str, str], *, most: int = MOST_BYTES, may_be_here: bool = True) -> bytes:
    """Download a file, without any key: its address came from the service and may be anybody's.

    Args:
        url: `https://…`; `http` only to this computer itself.
        environ: HTTPS_PROXY and NO_PROXY, SSL_CERT_FILE, CLOCKEYE_CA_FILE.
        most: Bytes.
        may_be_here: Whether `http` to this computer itself is fine: a service elsewhere has no business with
            what listens here.

    Raises:
        UsageError: The address is not safe.
        NeverArrivedError: Nobody is there.
        NoAnswerError: It cannot be downloaded.
    """
    base = checked(url.partition("?")[0])
    is_tls = base.url.startswith("https:")
    if not is_tls and not may_be_here:
        raise UsageError(
            f"The address {base.origin} cannot be used: it is this computer's own.", code="bad_url"
        )
    until = time.monotonic() + DOWNLOAD_SECONDS
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    proxy = _proxy(base.url, environ)
    try:
        with (
            httpx.Client(
                trust_env=False,
                follow_redirects=False,
                verify=_certificates(environ) if is_tls else False,
                proxy=proxy,
                headers={"Accept-Encoding": "gzip, deflate"},
            ) as http,
            http.stream("GET", url, timeout=timeout) as response,
        ):
            if response.status_code != OK:
                raise NoAnswerError(f"{base.origin} gave status {response.status_code}.")
            return _body(response, base.origin, most, until)
    except NEVER_ARRIVED as error:
        raise _unreached(base.origin, proxy, error) from error
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
        raise NoAnswerError(f"{base.origin} gave no answer: {_reason(error)}.") from error


def _body(response: httpx.Response, origin: str, most: int, until: float | None) -> bytes:
    """What an answer holds, decoded: at most so many bytes, and until a monotonic time."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in CODINGS:  # gzip in gzip would grow to gigabytes in one step
        raise NoAnswerError(f"{origin} sent an answer in an encoding that was not asked for.")
    raw = bytearray()
    for chunk in response.iter_bytes():
        raw += chunk
        if len(raw) > most:
            raise NoAnswerError(f"{origin} sent over {most // 1024**2} MiB.")
        if until is not None and time.monotonic() > until:
            raise NoAnswerError(f"{origin} has not finished its answer in time.")
    return bytes(raw)


def parse(text: str) -> Any:
    """JSON values from an answer, read with care.

    Raises:
        ValueError: It is no JSON, is nested too deep, holds NaN or a key twice.
    """
    try:
        found = json.loads(
            text,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_without_doubles,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if _depth(found) > MOST_DEPTH:
        raise ValueError("it is nested too deep")
    return found


def _depth(value: Any) -> int:
    deepest, level = 0, [value]
    while level := [item for item in level if isinstance(item, dict | list)]:
        deepest += 1
        level = [part for item in level for part in (item.values() if isinstance(item, dict) else item)]
    return deepest


def _refuse_constant(word: str) -> Any:
    raise ValueError(f"it holds {word}")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("it holds a number that is too large")
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("it holds a key twice")
    return found


def _told(text: str) -> tuple[str, str]:
    """The code and the message of an error body, in either of the forms that ClockEye's pages show."""
    try:
        content = parse(text)
    except (ValueError, RecursionError):
        return "", ""
    error = content.get("error") if isinstance(content, dict) else None
    if isinstance(error, dict):
        details = error.get("details")
        reason = details.get("reason") if isinstance(details, dict) else None
        message = str(error.get("message") or reason or "")
        return str(error.get("code") or ""), message.rstrip(".")
    if isinstance(error, str):
        return str(content.get("code") or ""), error.rstrip(".")
    return "", ""


def _unreached(origin: str, proxy: httpx.Proxy | None, error: Exception) -> NeverArrivedError:
    through = f" through the proxy {proxy.url.host}:{proxy.url.port or ''}".rstrip(":") if proxy else ""
    hint = "Check the network."
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        hint = "CLOCKEYE_CA_FILE names certificates to trust; a wrong clock is another cause."
    elif proxy:
        hint = "Check the network and HTTPS_PROXY."
    return NeverArrivedError(f"{origin} cannot be reached{through}: {_reason(error)}.", hint=hint)


def _reason(error: Exception) -> str:
    text = re.sub(r"^\[(SSL: \w+|Errno -?\d+)\] | \(_ssl\.c:\d+\)$", "", str(error).rstrip("."))
    return text.rstrip(".") or type(error).__name__


def _left(until: float | None) -> float:
    """Seconds that may still be waited for an answer."""
    return ANSWER_SECONDS if until is None else until - time.monotonic()


def _certificates(environ: Mapping[str, str]) -> ssl.SSLContext:
    own = environ.get("CLOCKEYE_CA_FILE") or environ.get("SSL_CERT_FILE")
    try:
        if own:
            return ssl.create_default_context(cafile=own)
        import certifi

        return ssl.create_default_context(cafile=certifi.where())
    except OSError as error:
        raise UsageError(
            f"The certificates in {own} cannot be read: {error}.", hint="Set CLOCKEYE_CA_FILE to a PEM file."
        ) from error


def _proxy(url: str, environ: Mapping[str, str]) -> httpx.Proxy | None:
    """What HTTPS_PROXY says, unless NO_PROXY names the host; never for this computer itself."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host in LOOPBACK:
        return None
    for name in (environ.get("NO_PROXY") or environ.get("no_proxy") or "").lower().split(","):
        word, _, port = name.strip().partition(":")
        word = word.removeprefix("*.").lstrip(".")
        if word == "*" or (
            word
            and (host == word or host.endswith("." + word))
            and port in ("", str(parts.port or PORTS["https"]))
        ):
            return None
    proxy = environ.get("HTTPS_PROXY") or environ.get("https_proxy")
    if not proxy:
        return None
    try:
        found = httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
        is_usable = found.url.scheme in ("http", "https") and bool(found.url.host)
    except (ValueError, httpx.InvalidURL):
        is_usable = False
    if not is_usable:  # not repeated: it may hold a password
        raise UsageError("HTTPS_PROXY is no proxy's address.", hint="It is written http://HOST:PORT.")
    return found
