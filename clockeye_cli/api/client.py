"""The client of the API: sends one request, or several at a time, and reads the answers.

The key is added here and nowhere else, and only for the origin that it is bound to. Requests that are safe to
repeat are retried, and the service's rate limits are respected.
"""

from __future__ import annotations

import json
import random
import time
from collections import deque

from clockeye_cli import __version__
from clockeye_cli.api import pace
from clockeye_cli.api.answer import Answer, read_answer
from clockeye_cli.api.closing import Closing
from clockeye_cli.api.connections import Connections, seconds_left
from clockeye_cli.core.api_key import is_api_key
from clockeye_cli.core.dialect import Dialect
from clockeye_cli.core.origin import checked
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import (
    ForeignAnswerError,
    KeyMissingError,
    LimitedError,
    NeverArrivedError,
    NoAnswerError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from concurrent.futures import Future
    from typing import Any

    from clockeye_cli.api.connections import Response, Transport
    from clockeye_cli.api.early import EarlyConnection

TRIES = 3
AT_A_TIME = 4
LONGEST_PAUSE = 2.0


class Client(Closing):
    """Talks to one ClockEye API with one key.

    Args:
        base_url: `https://…/v1`; `http` only for this computer itself.
        key: The API key; empty to send none.
        environ: HTTPS_PROXY and NO_PROXY; what `certificates.trusted` reads.
        before: Called before each request; may wait for the rate limit. Without it, a 429 is an error at
            once.
        after: Called with the rate limits of an answer. Like `before`, it is only called in the thread that
            uses the client.
        patience: Seconds that each answer may take; None for no limit.
        deadline: A monotonic time after which nothing is waited for; None for no limit.
        transport: Carries the requests in tests.
        early: A connection to the API that is already being made.
        sleep: Waits between two tries.
        dialect: What the service has shown so far.
        keep: Called with the dialect when something new was learned.

    Attributes:
        dialect: How the service reads the API, as far as it has shown it.
        skew: Seconds by which the service's clock is ahead of this computer's; None while unknown.

    Raises:
        UsageError: The base URL is not safe to send a key to, or the certificates cannot be read.
        KeyMissingError: The key is not a valid API key.
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
        early: EarlyConnection | None = None,
        sleep: Callable[[float], None] = time.sleep,
        dialect: Dialect = Dialect(),  # noqa: B008 (a value)
        keep: Callable[[Dialect], None] = lambda _dialect: None,
    ) -> None:
        self.dialect = dialect
        self.skew: float | None = None
        self._keep = keep
        self.base = checked(base_url)
        if key and not is_api_key(key):
            raise KeyMissingError("This is not an API key.", hint="A key is one word on one line.")
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
            early=early,
        )
        self._connections.prepare(self.base.url)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def learn(self, dialect: Dialect) -> None:
        """Remember what the service has shown of itself."""
        if dialect != self.dialect:
            self.dialect = dialect
            self._keep(dialect)

    def request(
        self, method: str, path: str, *, params: Mapping[str, str | int] | None = None, body: Any = None
    ) -> Answer:
        """Send a request and read its answer. A GET that fails in transit is tried up to three times.

        Args:
            method: GET, POST, PUT or DELETE.
            path: Starts with a slash; appended to the base URL.
            params: The query.
            body: JSON values.

        Raises:
            NeverArrivedError: The request did not arrive.
            NoAnswerError: The request may have arrived, or somebody in between has answered.
            LimitedError: Too many requests.
            KeyMissingError: The key is refused, or lacks a permission.
            RejectedError: The service refuses the request for any other reason.
        """
        return self._tried(method, path, params, body)

    def get_several(self, path: str, queries: Iterable[Mapping[str, str | int]]) -> Generator[Answer]:
        """Send a GET for each query, four at a time; one by one when the rate limit is nearly reached.

        Also one by one when the service is slow and `patience` is limited: a service that handles one request
        at a time would let the last of four wait for the other three, and time out.

        The answers come in the order of the queries. After a failure, or once the iterator is closed, no
        further request is sent. Raises what `request` raises.
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
        """The answer of the first successful try; the first try may have begun already."""
        until: float | None = None
        for number in range(1, TRIES + 1):
            if begun is None and self._before:
                self._before()
            until = until or self._until()
            try:
                return begun.result() if begun else self._once(method, path, params, body, until)
            except LimitedError:  # nothing was done; `before` waits, or raises if that would take too long
                if self._before is None or number == TRIES:
                    raise
                until = None
            except (NeverArrivedError, NoAnswerError) as error:
                is_safe = method == "GET" or isinstance(error, NeverArrivedError)
                is_safe = is_safe and not isinstance(error, ForeignAnswerError)  # it would answer the same
                pause = random.uniform(0, min(LONGEST_PAUSE, 0.2 * 2**number))  # noqa: S311 (jitter)
                if not is_safe or number == TRIES or seconds_left(until) <= pause:
                    raise
                self._sleep(pause)
            finally:
                self._hand_on()
            begun = None
        raise AssertionError  # the last try returns or raises

    def _hand_on(self) -> None:
        """Pass the rate limits of the answers so far, from all threads, to `after`."""
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
            raise UsageError(
                f"The path {path[:60]!r} is not on {self.base.origin}.",
                hint="Give a path that starts with a slash, such as /users.",
            )
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
        """The monotonic time until which the answer to a request sent now is waited for."""
        if self._patience is None:
            return self._deadline
        until = time.monotonic() + self._patience
        return until if self._deadline is None else min(until, self._deadline)

    def _answer(self, response: Response) -> Answer:
        limits = pace.announced(response.status, response.headers)
        self.skew = pace.skew(response.headers, time.time())
        if limits:
            self._noted.append(limits)
        return read_answer(self.base, response, self._key, limits)
