"""The client of the API: one request and its answer, or several at a time.

The key is added here and nowhere else, for the one origin that it is bound to. What is safe to repeat is
repeated, and the limits of the service are kept.
"""

from __future__ import annotations

import json
import random
import time
from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from clockeye_cli import __version__
from clockeye_cli.api import pace
from clockeye_cli.api.connections import Connections, seconds_left
from clockeye_cli.api.refusal import refusal
from clockeye_cli.api.strict_json import parse
from clockeye_cli.core.api_key import is_api_key
from clockeye_cli.core.origin import checked
from clockeye_cli.errors import (
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from concurrent.futures import Future
    from types import TracebackType

    from clockeye_cli.api.connections import Response, Transport

TRIES = 3
AT_A_TIME = 4
LONGEST_PAUSE = 2.0


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
    limits: pace.RateLimits | None


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
        after: Callable[[pace.RateLimits], None] = lambda _limits: None,
        patience: float | None = None,
        deadline: float | None = None,
        transport: Transport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = checked(base_url)
        if not is_api_key(key):
            raise KeyMissingError("That is no API key.", hint="It has no blanks and is one line.")
        self._key = key
        self._before = before
        self._after = after
        self._noted: deque[pace.RateLimits] = deque()
        self._is_scarce = False
        self._is_slow = False
        self._sleep = sleep
        self._patience = patience
        self._deadline = deadline
        self._connections = Connections(
            environ,
            headers={"User-Agent": f"clockeye/{__version__}", "Accept": "application/json"},
            secret=key,
            transport=transport,
        )
        self._connections.prepare(self.base.url)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

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
                if not is_safe or number == TRIES or seconds_left(until) <= pause:
                    raise
                self._sleep(pause)
            finally:
                self._hand_on()
            begun = None
        raise AssertionError  # the last try returns or raises

    def _hand_on(self) -> None:
        """Hand on what the answers so far, of whichever thread, have said about the limits."""
        while self._noted:
            limits = self._noted.popleft()
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
        response = self._connections.send(
            method, url, params=params, content=content, headers=headers, until=until
        )
        answer = self._answer(response)
        if self._patience is not None:
            self._is_slow = time.monotonic() - begun_at > self._patience / AT_A_TIME / 2
        return answer

    def _until(self) -> float | None:
        """A monotonic time: until when an answer that is asked for now is waited for."""
        if self._patience is None:
            return self._deadline
        until = time.monotonic() + self._patience
        return until if self._deadline is None else min(until, self._deadline)

    def _answer(self, response: Response) -> Answer:
        limits = pace.limits(response.headers)
        if response.status == HTTPStatus.TOO_MANY_REQUESTS:  # nothing is taken until then
            wait = pace.wait_seconds(response.headers)
            limits = pace.RateLimits(limits.limit if limits else 0, 0, wait)
        if limits:
            self._noted.append(limits)
        if not HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            raise refusal(self.base, response, self._key)
        text = response.body.decode(errors="replace")
        try:
            content = parse(text) if text.strip() else None
        except ValueError as error:
            raise NoAnswerError(f"{self.base.origin} sent an answer that cannot be read: {error}.") from error
        return Answer(response.status, text, content, limits)
